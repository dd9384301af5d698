"""What the API says of entries of directories; no field appears by itself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from articles.models import Article, Capture, Publisher
from incidents.models import (
    Actor,
    Campaign,
    Rendition,
    ReportedFigure,
)


class PublisherSerializer(serializers.ModelSerializer[Publisher]):
    """An outlet."""

    class Meta:
        model = Publisher
        fields = (
            "slug",
            "name",
            "domain",
            "kind",
            "country",
            "language",
            "other_languages",
            "reliability",
            "reliability_reason",
            "reliability_rated_on",
            "mirror",
        )


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article."""

    publisher = PublisherSerializer(allow_null=True)
    digest = serializers.CharField(source="address_digest")

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            "url",
            "digest",
            "title",
            "publisher",
            "language",
            "published",
            "wire_origin",
            "marking",
        )


class CaptureSerializer(serializers.ModelSerializer[Capture]):
    """A copy that is kept of an article, byte for byte."""

    captured_at = serializers.DateTimeField(source="at")
    sha256 = serializers.CharField(source="content_id")

    class Meta:
        model = Capture
        fields = ("captured_at", "verdict", "sha256")


class KeptArticleSerializer(ArticleSerializer):
    """An article with the copies that are kept of it, the newest first."""

    captures = CaptureSerializer(many=True)

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "captures")


class RelatedSerializer(serializers.Serializer[Any]):
    """Another record that belongs together with one."""

    reference = serializers.CharField(source="incident.record.public_id")
    title = serializers.CharField(source="incident.title")
    relation = serializers.CharField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField())
    def get_url(self, related: Any) -> str:
        """Return the address of the other record."""
        reference = related.incident.record.public_id
        return reverse("api-incident", args=[reference], request=self.context.get("request"))


class ActorSerializer(serializers.ModelSerializer[Actor]):
    """An actor."""

    aliases: Any = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    parents = serializers.SerializerMethodField()

    class Meta:
        model = Actor
        fields = ("slug", "name", "kind", "state", "aliases", "parents", "external_ids")

    def get_parents(self, actor: Actor) -> list[dict[str, str]]:
        """Return what the actor belongs to or works for, as far as the asker may see it."""
        visible = self.context["visible_actors"]
        return [
            {"relation": tie.relation, "slug": tie.parent.slug, "name": tie.parent.name}
            for tie in actor.parents.all()
            if tie.parent_id in visible
        ]


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A campaign."""

    class Meta:
        model = Campaign
        fields = ("slug", "name", "description", "external_ids")


class RenditionSerializer(serializers.ModelSerializer[Rendition]):
    """What one article made of a figure."""

    article = ArticleSerializer()
    value = serializers.FloatField(allow_null=True)

    class Meta:
        model = Rendition
        fields = (
            "value",
            "qualifier",
            "what",
            "area",
            "period",
            "attributed_to",
            "note",
            "article",
        )


class ReportedFigureSerializer(serializers.ModelSerializer[ReportedFigure]):
    """A figure that somebody published; no count of ours."""

    low = serializers.FloatField(allow_null=True)
    best = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    numerator_of = serializers.SerializerMethodField()
    renditions = RenditionSerializer(many=True)

    class Meta:
        model = ReportedFigure
        fields = (
            "slug",
            "low",
            "best",
            "high",
            "qualifier",
            "figure_kind",
            "what",
            "area",
            "period",
            "claimant",
            "claimant_role",
            "claimant_kind",
            "date_said",
            "attributed_to",
            "numerator_of",
            "our_question",
            "note",
            "marking",
            "renditions",
        )

    def get_numerator_of(self, figure: ReportedFigure) -> str | None:
        """Return the wider figure, as far as the asker may see it."""
        wider = figure.numerator_of
        return wider.slug if wider and wider.pk in self.context["visible_figures"] else None
