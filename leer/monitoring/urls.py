"""The manager's URLs (a team goes by a random id, so that none can be guessed), and figures."""

from django.urls import path

from leer.monitoring import views
from leer.monitoring.figures import views as figures

app_name = "monitoring"
urlpatterns = [
    path("mijn-team/", views.teams, name="teams"),
    path("mijn-team/<uuid:public_id>/", views.team, name="team"),
    path("cijfers/", figures.stories, name="stories"),
    path("cijfers/<slug:key>/<slug:language>/", figures.story, name="story"),
    path("cijfers/<slug:key>/<slug:language>/<int:number>/", figures.story, name="story_version"),
    path(
        "cijfers/<slug:key>/<slug:language>/<int:number>/cijfers.csv",
        figures.story_csv,
        name="story_csv",
    ),
]
