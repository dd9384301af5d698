"""What the API says of a record; every field is named here, so none appears by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from articles.models import Article, Publisher
from incidents.models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Effect,
    Incident,
    Location,
    Rendition,
    ReportedFigure,
    StatusFinding,
    Target,
)


class BoundsSerializer(serializers.Serializer[Any]):
    """The first and last day of an interval."""

    first = serializers.DateField()
    last = serializers.DateField()


class PublisherSerializer(serializers.ModelSerializer[Publisher]):
    """An outlet."""

    class Meta:
        model = Publisher
        fields = ("slug", "name", "domain", "kind", "country", "language", "reliability", "mirror")


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article."""

    publisher = PublisherSerializer(allow_null=True)
    digest = serializers.CharField(source="address_digest")

    class Meta:
        model = Article
        fields = (
            "url",
            "digest",
            "title",
            "publisher",
            "language",
            "published",
            "wire_origin",
            "marking",
        )


class CitationSerializer(serializers.ModelSerializer[Citation]):
    """The use of an article."""

    article = ArticleSerializer()

    class Meta:
        model = Citation
        fields = ("uid", "role", "credibility", "locator", "note", "article")


class LocationSerializer(serializers.ModelSerializer[Location]):
    """A place."""

    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)

    class Meta:
        model = Location
        fields = (
            "uid",
            "primary",
            "country",
            "role",
            "admin1",
            "place",
            "zone",
            "lat",
            "lon",
            "precision",
        )


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A target."""

    class Meta:
        model = Target
        fields = ("uid", "primary", "country", "sector", "target_kind", "name")


class EffectSerializer(serializers.ModelSerializer[Effect]):
    """An effect."""

    class Meta:
        model = Effect
        fields = ("uid", "kind", "low", "best", "high", "unit", "certainty", "note")


class StatusFindingSerializer(serializers.ModelSerializer[StatusFinding]):
    """A finding of whether it was a hostile act."""

    class Meta:
        model = StatusFinding
        fields = ("uid", "status", "date", "note")


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A claim of who did it or whether it was an act."""

    claimant_actor = serializers.SlugField(
        source="claimant_actor.survivor.slug", default=None, allow_null=True
    )
    accused_actor = serializers.SlugField(
        source="accused_actor.survivor.slug", default=None, allow_null=True
    )
    supersedes = serializers.UUIDField(source="supersedes.uid", default=None, allow_null=True)
    sources = serializers.SerializerMethodField()
    is_live = serializers.BooleanField()
    live_until = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (
            "uid",
            "about",
            "claimant",
            "claimant_actor",
            "claimant_kind",
            "date",
            "stance",
            "accused_actor",
            "responsible_state",
            "state_role",
            "form",
            "basis",
            "confidence_stated",
            "likelihood_term",
            "level",
            "is_live",
            "live_until",
            "supersedes",
            "sources",
        )

    def get_live_until(self, claim: Any) -> date | None:
        """Return the day on which the claim was superseded, where it was by `known_on`."""
        return None if claim.is_live else claim.live_until

    def get_sources(self, claim: Claim) -> list[str]:
        """Return the addresses of the articles the claim rests on."""
        return [citation.article.url for citation in claim.citations.all()]


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """An edition of an incident with its rows."""

    reference = serializers.CharField(source="record.public_id")
    url = serializers.SerializerMethodField()
    edition = serializers.IntegerField(source="number")
    onset = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    campaign: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    external_ids = serializers.DictField(
        source="record.external_ids", child=serializers.CharField()
    )
    last_verified = serializers.DateField(source="record.last_verified", allow_null=True)
    locations = LocationSerializer(many=True)
    targets = TargetSerializer(many=True)
    effects = EffectSerializer(many=True)
    findings = StatusFindingSerializer(many=True)
    claims = ClaimSerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Incident
        fields = (
            "reference",
            "url",
            "edition",
            "state",
            "marking",
            "title",
            "summary",
            "occurred",
            "onset",
            "end",
            "activity_span",
            "dating_note",
            "event_type",
            "other_event_types",
            "domains",
            "means",
            "status",
            "outcome",
            "severity",
            "campaign",
            "country",
            "target_country",
            "sector",
            "target_kind",
            "published_at",
            "ended_at",
            "last_verified",
            "external_ids",
            "locations",
            "targets",
            "effects",
            "findings",
            "claims",
            "citations",
        )

    @extend_schema_field(serializers.URLField())
    def get_url(self, incident: Incident) -> str:
        """Return the address of the record, or of an edition that is public no longer."""
        reference, request = incident.record.public_id, self.context.get("request")
        if incident.ended_at:
            return reverse("api-edition", args=[reference, incident.number], request=request)
        return reverse("api-incident", args=[reference], request=request)

    @extend_schema_field(BoundsSerializer)
    def get_onset(self, incident: Incident) -> dict[str, Any]:
        """Return the days on which it may have begun."""
        return {"first": incident.onset_from, "last": incident.onset_to}

    @extend_schema_field(BoundsSerializer)
    def get_end(self, incident: Incident) -> dict[str, Any]:
        """Return the days on which it may have ended; 9999-12-31 where it has not."""
        return {"first": incident.end_from, "last": incident.end_to}

    def get_status(self, incident: Incident) -> str:
        """Return the status, under `known_on` the one that was public then."""
        return str(getattr(incident, "known_status", incident.status))


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


class IncidentDetailSerializer(IncidentSerializer):
    """An edition of an incident, and the records around it."""

    merged_records = serializers.SerializerMethodField()
    related = serializers.SerializerMethodField()

    class Meta:
        model = Incident
        fields = (*IncidentSerializer.Meta.fields, "merged_records", "related")

    def get_merged_records(self, _incident: Incident) -> list[str]:
        """Return the references of records that became a part of this one."""
        merged: list[str] = self.context["merged_records"]
        return merged

    @extend_schema_field(RelatedSerializer(many=True))
    def get_related(self, _incident: Incident) -> Any:
        """Return the records that somebody found to belong together with this one."""
        return RelatedSerializer(self.context["related"], many=True, context=self.context).data


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
