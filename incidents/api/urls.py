"""Addresses of the API, version 1."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from . import changes, editions, errors, exports, ledger, searches, views

urlpatterns = [
    path("v1/incidents/", views.IncidentsView.as_view(), name="api-incidents"),
    path("v1/incidents.csv", exports.IncidentsCsvView.as_view(), name="api-incidents-csv"),
    path("v1/incidents.ndjson", exports.IncidentsNdjsonView.as_view(), name="api-incidents-ndjson"),
    path(
        "v1/incidents.geojson",
        exports.IncidentsGeoJsonView.as_view(),
        name="api-incidents-geojson",
    ),
    path("v1/incidents.xlsx", exports.IncidentsXlsxView.as_view(), name="api-incidents-xlsx"),
    path(
        "v1/incidents.parquet",
        exports.IncidentsParquetView.as_view(),
        name="api-incidents-parquet",
    ),
    path("v1/incidents.zip", exports.IncidentsZipView.as_view(), name="api-incidents-zip"),
    path(
        "v1/incidents.csv-metadata.json",
        exports.CsvMetadataView.as_view(),
        name="api-incidents-csv-metadata",
    ),
    path("v1/incidents/<str:reference>/", views.IncidentView.as_view(), name="api-incident"),
    path(
        "v1/incidents/<str:reference>/editions/",
        editions.EditionsView.as_view(),
        name="api-editions",
    ),
    path(
        "v1/incidents/<str:reference>/editions/<int:number>/",
        editions.EditionView.as_view(),
        name="api-edition",
    ),
    path("v1/counts/", views.CountsView.as_view(), name="api-counts"),
    path("v1/counts.csv", exports.CountsCsvView.as_view(), name="api-counts-csv"),
    path("v1/counts.xlsx", exports.CountsXlsxView.as_view(), name="api-counts-xlsx"),
    path("v1/articles/", views.ArticlesView.as_view(), name="api-articles"),
    path("v1/actors/", views.ActorsView.as_view(), name="api-actors"),
    path("v1/campaigns/", views.CampaignsView.as_view(), name="api-campaigns"),
    path("v1/reported-figures/", views.ReportedFiguresView.as_view(), name="api-reported-figures"),
    path("v1/search/", searches.SearchView.as_view(), name="api-search"),
    path("v1/changes/", changes.ChangesView.as_view(), name="api-changes"),
    path("v1/codebook/", views.CodebookView.as_view(), name="api-codebook"),
    path("v1/ledger/head/", ledger.LedgerHeadView.as_view(), name="api-ledger-head"),
    path("schema/", views.DescriptionView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api-schema",
            permission_classes=[AllowAny],
            template_name="api/docs.html",
        ),
        name="api-docs",
    ),
    # Without a last slash an address is sent on to the one with it.
    re_path(r"^.*/$", errors.not_found),
]
