"""Addresses of the incidents app."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("api/", include("incidents.api.urls")),
]
