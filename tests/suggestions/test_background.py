"""What an article tells beside its event: earlier cases, where it was written, whose words end."""

from __future__ import annotations

import pytest

from incidents.codebook import Stance

from .reports import suggested, values

NOW = (
    "A fire at a depot in Rotterdam on Sunday was set on purpose, police said. "
    "Nobody was hurt. The damage is large.\n\n"
)


@pytest.mark.parametrize(
    "listed",
    [
        "It is the third such case this year. In May a shop was set on fire in Utrecht, and in "
        "September a warehouse near Breda burned down.",
        "It is not the first arson. In May a shop was set on fire in Utrecht.",
    ],
)
def test_what_a_list_of_earlier_cases_tells_is_none_of_the_event(listed: str) -> None:
    found = suggested(NOW + listed)

    assert values(found.places) == ["Rotterdam"]
    assert values(found.occurred) == ["2024-12-01"]
    assert values(found.sectors) == []


def test_a_list_of_earlier_cases_ends_with_its_paragraph() -> None:
    told = "It is the third such case. \n\nThe fire was set with petrol in Utrecht too."

    assert values(suggested(NOW + told).places) == ["Rotterdam", "Utrecht"]


def test_earlier_cases_alone_give_no_place() -> None:
    found = suggested(
        "У Молдові підірвали опору лінії електропередачі поблизу кордону, "
        "повідомила поліція Молдови. Поліція Молдови затримала трьох підозрюваних. "
        "Розслідування триває.\n\nЦе не перший випадок. У вересні в Комраті "
        "невідомі підпалили підстанцію.",
        url="https://news.example.ua/a",
    )

    assert values(found.event_countries) == ["MD"]
    assert found.places == []


@pytest.mark.parametrize(
    "line",
    ["ROTTERDAM, 4 December 2024 - ", "ROTTERDAM (AP) - ", "ROTTERDAM - ", "Rotterdam — "],
)
def test_where_an_article_was_written_is_no_place_of_the_event(line: str) -> None:
    text = f"{line}A depot in Utrecht burnt after an arson attack."

    assert values(suggested(text, url="https://news.example.nl/a").places) == ["Utrecht"]


def test_a_town_is_located_by_the_sentence_that_tells_what_happened_there() -> None:
    """A pasted text begins with its title, and only then with where it was written."""
    text = (
        "Fire at a depot in Utrecht kept many awake\n\nROTTERDAM, 4 December 2024 - A depot in "
        "Utrecht burnt after an arson attack. A man from Breda was seen before the arson."
    )

    found = suggested(text, url="https://news.example.nl/a")

    assert values(found.places) == ["Utrecht", "Breda"]


def test_where_an_article_was_written_is_the_place_where_it_tells_no_other() -> None:
    text = "ROTTERDAM, 4 December 2024 - A depot in the port burnt after an arson attack."

    assert values(suggested(text, url="https://news.example.nl/a").places) == ["Rotterdam"]


def test_who_speaks_after_the_end_of_a_quotation_is_not_of_the_state_in_it() -> None:
    found = suggested(
        'Police detained two men in Lithuania after the arson. "This was ordered by Russian '
        'military intelligence," Prime Minister Inga Maier said.'
    )

    (blame,) = found.blamed
    assert blame.claimant is not None
    assert blame.claimant.value == "Inga Maier"


def test_a_group_that_claims_the_act_is_told_beside_the_state_that_is_blamed() -> None:
    found = suggested(
        "L'attacco DDoS ai siti dei porti italiani è stato rivendicato da NoName057(16). Il "
        "ministro Guido Maier ha accusato Mosca di servirsi di gruppi criminali in Italia."
    )

    (blame,), (claim,) = found.blamed, found.accused
    assert (blame.state, blame.stance) == ("RU", Stance.ASSERTS)
    assert (claim.entry, claim.claimant and claim.claimant.value) == ("NoName057(16)",) * 2
    assert found.status is None
