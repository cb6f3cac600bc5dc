"""Where the screens for stories are, below ``/cms/``. Who may come: ``leer.access``."""

from django.urls import include, path

from cursussen.stories import admin

_stories = [
    path("", admin.Stories.as_view(), name="list"),
    path("importeren/", admin.ImportStory.as_view(), name="import"),
    path("bestand/<int:pk>/", admin.ScenarioView.as_view(), name="scenario"),
    path("bestand/<int:pk>/spelen/", admin.PlayScenario.as_view(), name="play_scenario"),
    path("bestand/<int:pk>/kopieren/", admin.TakeOver.as_view(), name="take_over"),
    path("bestand/<int:pk>/exporteren/", admin.ExportScenario.as_view(), name="export_scenario"),
    path("<int:page_id>/stand/", admin.StoryState.as_view(), name="state"),
    path("<int:page_id>/vertalen/<slug:language>/", admin.Translate.as_view(), name="translate"),
    path("<int:page_id>/exporteren/", admin.ExportStory.as_view(), name="export"),
]
urlpatterns = [path("verhalen/", include((_stories, "stories")))]
