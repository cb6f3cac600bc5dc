"""The learner's URLs; people read them, so they are Dutch."""

from django.urls import path

from leer.delivery.views import (
    correcting,
    elsewhere,
    help,
    learning,
    own_data,
    policies,
    programme,
    quiz,
    reading,
    scenario,
)

app_name = "delivery"
urlpatterns = [
    path("", learning.home, name="home"),
    path("mijn-leren/", learning.my_learning, name="my_learning"),
    path("leren/<slug:module>/", learning.module, name="module"),
    path("leren/<slug:module>/begin/", learning.begin, name="begin"),
    path("leren/<slug:module>/bewijs/", learning.proof, name="proof"),
    path("leren/<slug:module>/elders/", elsewhere.elsewhere, name="elsewhere"),
    path("leren/<slug:module>/<slug:part>/", learning.part, name="part"),
    path("leren/<slug:module>/<slug:part>/klaar/", learning.finish, name="finish"),
    path("leren/<slug:module>/<slug:part>/start/", learning.start, name="start"),
    path("leren/<slug:module>/<slug:part>/antwoord/", quiz.answer, name="answer"),
    path("leren/<slug:module>/<slug:part>/kies/", scenario.choose, name="choose"),
    path("leren/<slug:module>/<slug:part>/opnieuw/", scenario.again, name="again"),
    path("casussen/", reading.cases, name="cases"),
    path("casussen/<slug:slug>/", reading.case, name="case"),
    path("casussen/<slug:slug>/gelezen/", reading.case_read, name="case_read"),
    path("casussen/<slug:slug>/gesprek/", reading.case_talk, name="case_talk"),
    path("afspraken/", policies.index, name="policies"),
    path("afspraken/zoeken/", policies.search, name="policy_search"),
    path("afspraken/<slug:key>/", policies.read, name="policy"),
    path("afspraken/<slug:key>/begrepen/", policies.understand, name="policy_understood"),
    path("afspraken/<slug:key>/versie/<int:number>/", policies.version, name="policy_version"),
    path("mijn-gegevens/", own_data.show, name="own_data"),
    path("mijn-gegevens/bestand/", own_data.download, name="own_data_file"),
    path("mijn-gegevens/op-een-dag/", own_data.on_a_day, name="on_a_day"),
    path("mijn-gegevens/klopt-dit/", correcting.facts, name="facts"),
    path("mijn-gegevens/klopt-dit/<uuid:sign>/", correcting.correct, name="correct"),
    path("themas/", programme.themes, name="themes"),
    path("themas/<slug:slug>/", programme.theme, name="theme"),
    path("doelen/", programme.goals, name="goals"),
    path("woordenlijst/", programme.glossary, name="glossary"),
    path("hulp/", help.everything, name="help"),
    path("hulp/<slug:slug>/", help.situation, name="help_situation"),
    path("info/<slug:key>/", reading.info, name="info"),
]
