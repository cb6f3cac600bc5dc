"""The manager's URLs (a team goes by a random id, so that none can be guessed), figures, and how
a programme stands.
"""

from django.urls import path

from leer.monitoring import deputy_views as deputies
from leer.monitoring import outcome_views as outcomes
from leer.monitoring import views
from leer.monitoring.exposure import views as exposure
from leer.monitoring.figures import views as figures
from leer.monitoring.guide import views as guide

app_name = "monitoring"
PROGRAMME = "programma/<uuid:public_id>"
STORY = "cijfers/verhaal/<slug:key>/<slug:language>"
urlpatterns = [
    path("mijn-team/", views.teams, name="teams"),
    path("mijn-team/<uuid:public_id>/", views.team, name="team"),
    path("mijn-team/<uuid:public_id>/stand.csv", views.team_csv, name="team_csv"),
    path("mijn-team/<uuid:public_id>/verloop/", views.trend, name="team_trend"),
    path("mijn-team/<uuid:public_id>/verloop.csv", views.trend_csv, name="team_trend_csv"),
    path("mijn-team/<uuid:public_id>/teams/", views.below, name="below"),
    path("mijn-team/<uuid:public_id>/duwtje/", views.nudge, name="nudge"),
    path("mijn-team/<uuid:public_id>/gespreksgids/", guide.guide, name="guide"),
    path("mijn-team/<uuid:public_id>/vervanging/", deputies.deputies, name="deputies"),
    path(
        "mijn-team/<uuid:public_id>/vervanging/<int:number>/",
        deputies.end_deputy,
        name="end_deputy",
    ),
    path("programma/", exposure.programmes, name="programmes"),
    path("programma/organisatie/", exposure.whole, name="whole"),
    path(f"{PROGRAMME}/", exposure.programme, name="programme"),
    path(f"{PROGRAMME}/rijen/", exposure.rows, name="programme_rows"),
    path(f"{PROGRAMME}/blootstelling.csv", exposure.programme_csv, name="programme_csv"),
    path(f"{PROGRAMME}/planning/", exposure.planning, name="programme_planning"),
    path("cijfers/", figures.stories, name="stories"),
    path("cijfers/vraag/<slug:key>/", figures.question, name="question"),
    path("kenmerken/", outcomes.show, name="outcomes"),
    path("kenmerken/kenmerken.csv", outcomes.download, name="outcomes_csv"),
    path(f"{STORY}/", figures.story, name="story"),
    path(f"{STORY}/<int:number>/", figures.story, name="story_version"),
    path(f"{STORY}/<int:number>/cijfers.csv", figures.story_csv, name="story_csv"),
]
