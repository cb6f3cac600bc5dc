"""The manager's URLs (a team goes by a random id, so that none can be guessed), and figures."""

from django.urls import path

from leer.monitoring import views
from leer.monitoring.figures import views as figures

app_name = "monitoring"
STORY = "cijfers/verhaal/<slug:key>/<slug:language>"
urlpatterns = [
    path("mijn-team/", views.teams, name="teams"),
    path("mijn-team/<uuid:public_id>/", views.team, name="team"),
    path("cijfers/", figures.stories, name="stories"),
    path("cijfers/vraag/<slug:key>/", figures.question, name="question"),
    path(f"{STORY}/", figures.story, name="story"),
    path(f"{STORY}/<int:number>/", figures.story, name="story_version"),
    path(f"{STORY}/<int:number>/cijfers.csv", figures.story_csv, name="story_csv"),
]
