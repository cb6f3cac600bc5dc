"""Where the inventory of policies is, below ``/cms/``. Who may come: ``leer.access``."""

from django.urls import include, path

from cursussen.policies import screens

_policies = [
    path("", screens.Inventory.as_view(), name="list"),
    path("afspraken.csv", screens.InventoryFile.as_view(), name="file"),
    path("inlezen/", screens.BringIn.as_view(), name="import"),
    path("inlezen/voorbeeld.csv", screens.ExampleFile.as_view(), name="example"),
]
urlpatterns = [path("afspraken/", include((_policies, "policies")))]
