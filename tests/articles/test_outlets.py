"""Outlets: found by the domain of an article, made where there is none, and rated for a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles import merging, services
from articles.models import Publisher, PublisherDomain
from tests import make

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/publisher/"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.herald.example/a",
        "https://sport.herald.example/a",
        "https://m.herald.example/a",
        "https://herald-example.cdn.ampproject.org/c/s/herald.example/a",
        "https://herald.test/a",
        "https://en.herald.test/a",
    ],
)
def test_an_outlet_is_found_by_any_of_its_domains_and_what_lies_below_them(url: str) -> None:
    herald = make.publisher("Herald", domain="herald.example")
    PublisherDomain.objects.create(publisher=herald, domain="herald.test")

    assert services.outlet_at(url) == herald


def test_the_narrowest_domain_that_is_listed_names_the_outlet() -> None:
    make.publisher("Blogs", domain="blogs.example")
    one = make.publisher("One blog", domain="one.blogs.example")

    assert services.outlet_at("https://one.blogs.example/a") == one
    assert services.outlet_at("https://two.blogs.example/a").name == "Blogs"


def test_an_unknown_domain_makes_one_outlet_for_all_copies_of_an_address() -> None:
    made = services.outlet_at("https://m.gazette.example/a/amp")

    assert (made.name, made.domain) == ("gazette.example", "gazette.example")
    assert services.outlet_at("https://www.gazette.example/b") == made
    assert services.outlet_at("https://amp-co.example/a") != made


def test_an_article_of_a_merged_outlet_belongs_to_the_one_that_stays() -> None:
    herald = make.publisher("Herald", domain="herald.example")
    twin = make.publisher("The Herald", domain="herald.test")
    PublisherDomain.objects.create(publisher=twin, domain="herald.invalid")
    stub = services.outlet_at("https://herald-stub.example/a")
    merging.merge(herald, [twin, stub], why="One paper.")

    article, _new = services.article_at("https://herald.test/a", by=make.user(staff=True))

    assert article.publisher == herald
    assert services.outlet_at("https://herald.invalid/a") == herald
    assert services.outlet_at("https://herald-stub.example/b") == herald


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.Herald.example/news", "herald.example"),
        ("herald.example", "herald.example"),
        ("www.пример.рф", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_a_domain_is_kept_in_one_form_however_it_is_typed(typed: str, kept: str) -> None:
    outlet = Publisher(name="Herald", slug="herald", domain=typed)
    outlet.full_clean()

    assert outlet.domain == kept


@pytest.mark.parametrize("typed", ["herald", "her ald.example", "-a.example", "https://", "a..b"])
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Publisher(name="Herald", slug="herald", domain=typed).full_clean()

    assert list(refused.value.message_dict) == ["domain"]


def test_a_further_domain_is_that_of_no_other_outlet() -> None:
    make.publisher("Herald", domain="herald.example")
    row = PublisherDomain(publisher=make.publisher("Courier"), domain="herald.example")

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.message_dict) == ["domain"]


def test_state_media_are_those_of_a_state_and_languages_are_said_once() -> None:
    outlet = Publisher(
        name="Herald",
        slug="herald",
        kind="state_media_of_accused",
        language="en",
        other_languages=["en"],
    )

    with pytest.raises(ValidationError) as refused:
        outlet.full_clean()

    assert set(refused.value.message_dict) == {"country", "other_languages"}


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="no language"):
        Publisher(name="Herald", slug="herald", other_languages=["zz"]).full_clean()


# The desk


def sent(**said: str) -> dict[str, str]:
    """Return what the form for a new outlet sends."""
    rows = {f"domains-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    return {"name": "Herald", "kind": "newspaper", "reliability": "F", **rows, **said}


def test_an_outlet_has_languages_by_name_and_further_domains(admin_client: Client) -> None:
    rows = {"domains-TOTAL_FORMS": "1", "domains-0-domain": "https://www.herald.test/"}

    admin_client.post(
        f"{DESK}add/", sent(language="en", other_languages="Polish, de, polish", **rows)
    )
    herald = Publisher.objects.get()
    page = admin_client.get(f"{DESK}{herald.pk}/change/").content.decode()

    assert herald.other_languages == ["pl", "de"]
    assert 'value="Polish, German"' in page
    assert herald.domains.get().domain == "herald.test"


def test_a_language_that_nobody_knows_is_named(admin_client: Client) -> None:
    answer = admin_client.post(f"{DESK}add/", sent(other_languages="Klingonese"))

    assert "“Klingonese” is no language known here." in answer.content.decode()


def test_nobody_rates_an_outlet_without_a_reason(admin_client: Client) -> None:
    answer = admin_client.post(f"{DESK}add/", sent(reliability="B"))

    assert "Say why it is rated so." in answer.content.decode()
    assert not Publisher.objects.exists()


def test_a_new_letter_is_dated_today_unless_a_day_is_given(admin_client: Client) -> None:
    given = {"reliability": "B", "reliability_reason": "Corrects its errors."}

    admin_client.post(f"{DESK}add/", sent(**given))
    admin_client.post(
        f"{DESK}add/", sent(**given, name="Courier", reliability_rated_on="2024-02-01")
    )

    days = dict(Publisher.objects.values_list("name", "reliability_rated_on"))
    assert days == {"Courier": date(2024, 2, 1), "Herald": timezone.localdate()}
