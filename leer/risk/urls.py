"""The programme's pages about the risk of teams. A team goes by its random id, a version by its
number within the team: no address tells of another team.
"""

from django.urls import path

from leer.risk import views

app_name = "risk"
TEAM = "risico/team/<uuid:public_id>"
urlpatterns = [
    path("risico/", views.overview, name="overview"),
    path("risico/herzien/", views.review, name="review"),
    path("risico/voorlopig/", views.start, name="start"),
    path("risico/inlezen/", views.imports, name="imports"),
    path("risico/profielen.csv", views.export, name="export"),
    path("risico/samen/<uuid:batch>/", views.together, name="together"),
    path(f"{TEAM}/", views.team, name="team"),
    path(f"{TEAM}/voorstel/", views.propose, name="propose"),
    path(f"{TEAM}/versie/<int:number>/", views.version, name="version"),
]
