"""The programme's pages where a rollout is set up and planned. What it brings is in monitoring."""

from django.urls import path

from leer.rollout.views import (
    calculating,
    correcting,
    exempting,
    planning,
    recognising,
    setting_up,
    withdrawing,
)

app_name = "rollout"
ONE = "programma/<uuid:public_id>"
ELSEWHERE = "programma/elders-gedaan"
ASSIGNED = "programma/toewijzingen"
CORRECT = "programma/verbeteringen"
urlpatterns = [
    path(f"{ELSEWHERE}/", recognising.equivalences, name="equivalences"),
    path(f"{ELSEWHERE}/<uuid:public_id>/", recognising.equivalence, name="equivalence"),
    path(f"{ELSEWHERE}/<uuid:public_id>/bewijs/", recognising.proof, name="equivalence_proof"),
    path(f"{ASSIGNED}/", withdrawing.withdrawals, name="withdrawals"),
    path(f"{ASSIGNED}/<uuid:public_id>/", withdrawing.withdrawal, name="withdrawal"),
    path(f"{CORRECT}/", correcting.corrections, name="corrections"),
    path(f"{CORRECT}/<uuid:public_id>/", correcting.correction, name="correction"),
    path("programma/nieuw/", setting_up.new, name="new"),
    path(f"{ONE}/inrichten/", setting_up.facts, name="facts"),
    path(f"{ONE}/voor-wie/", setting_up.audience, name="audience"),
    path(f"{ONE}/plaatsen/", setting_up.seats, name="seats"),
    path(f"{ONE}/belemmeringen/", setting_up.blockers, name="blockers"),
    path(f"{ONE}/vrijstellingen/", exempting.exemptions, name="exemptions"),
    path(f"{ONE}/plannen/", planning.plans, name="plans"),
    path(f"{ONE}/plannen/<int:number>/", planning.plan, name="plan"),
    path(f"{ONE}/berekening/<uuid:pk>/", calculating.calculation, name="calculation"),
    path(f"{ONE}/proef/", planning.rehearsal, name="rehearsal"),
]
