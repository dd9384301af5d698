"""Addresses of the incidents app."""

from django.urls import include, path

from .views import details, directories, documents, histories, lists

urlpatterns = [
    path("", lists.start, name="start"),
    path("incidents/", lists.incidents, name="incidents"),
    path("incidents/<str:reference>/", details.incident, name="incident"),
    path("incidents/<str:reference>/history/", histories.history, name="history"),
    path("incidents/<str:reference>/editions/<int:number>/", histories.edition, name="edition"),
    path("countries/", directories.countries, name="countries"),
    path("countries/<str:code>/", directories.country, name="country"),
    path("actors/", directories.actors, name="actors"),
    path("actors/<str:slug>/", directories.actor, name="actor"),
    path("campaigns/", directories.campaigns, name="campaigns"),
    path("campaigns/<str:slug>/", directories.campaign, name="campaign"),
    path("outlets/", directories.outlets, name="outlets"),
    path("outlets/<str:slug>/", directories.outlet, name="outlet"),
    path("articles/", directories.articles, name="articles"),
    path("articles/<str:digest>/", directories.article, name="article"),
    path("reported-figures/", directories.reported_figures, name="reported-figures"),
    path("codebook/", documents.codebook, name="codebook"),
    path("method/", documents.method, name="method"),
    path("help/<str:name>/", documents.help_page, name="help"),
    path("api/", include("incidents.api.urls")),
]
