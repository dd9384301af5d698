"""The desk for articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy

from articles import dates
from articles.canonical import validate_address
from articles.desk import Settled, date_told
from articles.models import Article
from articles.services import outlet_at

from .captures import CapturePages


@admin.register(Article)
class ArticleAdmin(CapturePages, Settled[Article]):
    """Articles; the address of one that something published rests on stays what it is."""

    change_form_template = "admin/articles/article/change_form.html"
    settled_fields = (
        "title",
        "publisher",
        "language",
        "published",
        "marking",
        "derived_from",
        "wire_origin",
        "text",
    )

    list_display = ("__str__", "publisher", "published", "language", "marking", "added_at")
    list_filter = ("marking", "publisher__kind", "publisher__reliability")
    list_select_related = ("publisher",)
    search_fields = ("title", "url", "publisher__name")
    autocomplete_fields = ("publisher", "derived_from")
    readonly_fields = ("added_by", "added_at")
    ordering = ("-pk",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "url",
                    "title",
                    ("publisher", "language"),
                    "published",
                    "marking",
                    "dead_since",
                )
            },
        ),
        (
            gettext_lazy("Where it comes from"),
            {"fields": ("derived_from", "wire_origin"), "classes": ("collapse",)},
        ),
        (gettext_lazy("Text"), {"fields": ("text",), "classes": ("collapse",)}),
        (gettext_lazy("Added"), {"fields": (("added_by", "added_at"),)}),
    )

    def is_settled(self, row: Article) -> bool:
        """Tell whether something published rests on an article, or everybody reads it."""
        return row.released or super().is_settled(row)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Add, for everybody, the address of an article that something published rests on."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "url") if obj is not None and obj.released else fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find an address in whatever form it was copied; else search as ever."""
        try:
            validate_address(search_term.strip())
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)
        keys = Article.objects.at_address(search_term.strip()).values("pk")
        return queryset.filter(pk__in=keys), False

    def save_model(
        self, request: HttpRequest, obj: Article, form: forms.ModelForm[Article], change: bool
    ) -> None:
        """Note who added an article; its address tells an outlet and language not chosen."""
        if not change and isinstance(request.user, User):
            obj.added_by = request.user
            obj.publisher = obj.publisher or outlet_at(obj.url)
            obj.language = obj.language or obj.publisher.language
        super().save_model(request, obj, form, change)
        if obj.text and not change and self.has_change_permission(request, obj):
            # Reading it takes a while, in which nobody else is kept from saving.
            transaction.on_commit(partial(self.keep_typed, request, obj))

    def response_post_save_add(self, request: HttpRequest, obj: Article) -> HttpResponseRedirect:
        """Go on with the text of an article that was added, and with the draft from it."""
        if not self.has_change_permission(request, obj):
            return super().response_post_save_add(request, obj)
        return HttpResponseRedirect(reverse("admin:articles_article_captures", args=[obj.pk]))

    # How dates are understood, at every desk

    def get_urls(self) -> list[URLPattern]:
        """Add the question how a date is understood."""
        view: Callable[..., HttpResponse] = self.admin_site.admin_view(self.date_in_words)
        return [path("date-in-words/", view, name="edtf-in-words"), *super().get_urls()]

    def date_in_words(self, request: HttpRequest) -> HttpResponse:
        """Answer how the date in `text`, or the one chosen as a `shape` of parts, is understood."""
        asked = request.GET
        if "shape" not in asked:
            return JsonResponse(date_told(dates.read, asked.get("text", "").strip()))
        parts = dates.Parts(
            shape=asked["shape"],
            first=asked.get("first", "").strip(),
            last=asked.get("last", "").strip(),
            about="about" in asked,
            uncertain="uncertain" in asked,
        )
        return JsonResponse(date_told(dates.composed, parts if parts.first else None))
