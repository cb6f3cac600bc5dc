"""The manager's URLs. A team goes by a random id, so that none can be guessed."""

from django.urls import path

from leer.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("mijn-team/", views.teams, name="teams"),
    path("mijn-team/<uuid:public_id>/", views.team, name="team"),
]
