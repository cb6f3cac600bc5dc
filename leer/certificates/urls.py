"""The URLs of certificates; people read them, so they are Dutch."""

from django.urls import path

from leer.certificates import views

app_name = "certificates"
urlpatterns = [
    path("certificaten/", views.mine, name="mine"),
    path("certificaten/nieuw/<uuid:registration>/", views.choose, name="choose"),
    path("certificaten/<uuid:public_id>/", views.one, name="one"),
    path("certificaten/<uuid:public_id>/pdf/", views.pdf, name="pdf"),
    path("certificaten/<uuid:public_id>/openen/", views.open_, name="open"),
    path("certificaten/<uuid:public_id>/sluiten/", views.close, name="close"),
    path("certificaten/<uuid:public_id>/intrekken/", views.withdraw, name="withdraw"),
    path("certificaat/<slug:token>/", views.check, name="check"),
]
