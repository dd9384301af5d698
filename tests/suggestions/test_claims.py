"""What an article says of who accuses whom: of what kind they are, and who denies it."""

from __future__ import annotations

import pytest

from incidents.codebook import ClaimantKind, Stance
from incidents.suggestions import KnownActor
from incidents.suggestions.directory import directory

from .reports import suggested, values

BLAME = "Russia was behind the sabotage of the railway in Poland"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            f"The public prosecutor, Anna Maier, told reporters that {BLAME}.",
            ClaimantKind.PROSECUTOR_COURT,
        ),
        (
            f"Prime minister Anna Maier of Poland said that {BLAME}.",
            ClaimantKind.AFFECTED_GOVERNMENT,
        ),
        (f"Canadian minister Anna Maier said that {BLAME}.", ClaimantKind.OTHER_GOVERNMENT),
        (f"The analyst Anna Maier said that {BLAME}.", ClaimantKind.EXPERT),
        (f"Police said that {BLAME}.", ClaimantKind.SECURITY_SERVICE),
        (f"The ABW said that {BLAME}.", ClaimantKind.SECURITY_SERVICE),
        (f"ESET said that {BLAME}.", ClaimantKind.COMPANY),
        (f"A senior official said on condition of anonymity that {BLAME}.", "unnamed_official"),
        (
            "قال رئيس الوزراء البولندي دونالد توسك إن روسيا وراء تخريب السكك الحديدية في بولندا.",
            ClaimantKind.AFFECTED_GOVERNMENT,
        ),
        (
            "Der Generalbundesanwalt sagte, Russland stehe hinter der Sabotage der Bahn in Polen.",
            ClaimantKind.PROSECUTOR_COURT,
        ),
        (
            "Profesor Jan Kowalski powiedział, że za sabotażem kolei w Polsce stoi Rosja.",
            ClaimantKind.EXPERT,
        ),
    ],
)
def test_of_what_kind_somebody_is_the_office_beside_the_name_says(text: str, kind: str) -> None:
    found = suggested(text)

    assert found.blamed[0].claimant is not None
    assert found.blamed[0].claimant.kind == kind


def test_of_what_kind_somebody_is_without_an_office_is_not_said() -> None:
    found = suggested(f"Anna Maier said that {BLAME}.")

    assert [claimant.kind for claimant in found.claimants] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said it could not be ruled out that Russia was behind the sabotage.",
        "Der Minister sagte, es sei nicht ausgeschlossen, dass Russland hinter der Sabotage steht.",
        "Le ministre n'exclut pas que la Russie soit derrière le sabotage.",
        "El ministro no descarta que Rusia esté detrás del sabotaje.",
        "Minister nie wyklucza, że za sabotażem stoi Rosja.",
        "Ministr nevylučuje, že za sabotáží stojí Rusko.",
        "Министр не исключает, что за диверсией стоит Россия.",
        "Міністр не виключає, що за диверсією стоїть Росія.",
        "Ministern utesluter inte att Ryssland ligger bakom sabotaget.",
        "Ministeren utelukker ikke at Russland står bak sabotasjen.",
        "De minister zei dat niet uitgesloten is dat Rusland achter de sabotage zit.",
        "وقال الوزير إن الحكومة لا تستبعد أن تكون روسيا وراء التخريب.",
    ],
)
def test_what_cannot_be_ruled_out_is_suggested_and_not_asserted(text: str) -> None:
    found = suggested(text)

    assert [(blame.state, blame.stance) for blame in found.blamed] == [("RU", Stance.SUGGESTS)]


@pytest.mark.parametrize(
    ("denied", "who"),
    [
        ("The Russian embassy in The Hague denied any involvement.", "Russian embassy"),
        ("Moscow denied it.", "Moscow"),
        ("Russian spokesman Ivan Petrov denied any involvement.", "Ivan Petrov"),
    ],
)
def test_who_denies_for_a_state_that_is_blamed_is_told(denied: str, who: str) -> None:
    found = suggested(f"Minister Anna Maier said that {BLAME}. {denied}")

    assert [(one.state, one.claimant.value) for one in found.denials] == [("RU", who)]
    assert found.denials[0].claimant.kind == ClaimantKind.ACCUSED_STATE
    assert who not in values(found.claimants)


@pytest.mark.parametrize(
    "text",
    [
        "Die russische Botschaft in Berlin wies die Vorwürfe zurück.",
        "Ambasada Rosji w Warszawie zaprzeczyła oskarżeniom.",
        "L'ambassade de Russie a démenti toute implication.",
        "Посольство России отрицает обвинения.",
        "ونفت السفارة الروسية أي علاقة لها بالحادث.",
    ],
)
def test_an_embassy_that_denies_is_the_voice_of_its_state_in_every_language(text: str) -> None:
    blamed = {
        "Die": "Der Minister sagte, Russland stehe hinter der Sabotage der Bahn.",
        "Amb": "Minister powiedział, że za sabotażem kolei stoi Rosja.",
        "L'a": "Le ministre a dit que la Russie était derrière le sabotage du rail.",
        "Пос": "Министр сказал, что Россия стоит за диверсией на железной дороге.",
        "ونف": "قال الوزير إن روسيا وراء تخريب السكك الحديدية.",
    }[text[:3]]

    found = suggested(f"{blamed} {text}")

    assert [one.state for one in found.denials] == ["RU"]


def test_a_state_that_is_not_blamed_denies_nothing() -> None:
    found = suggested("The minister denied that the sabotage in Poland was an accident.")

    assert found.denials == []


def test_a_group_is_accused_where_no_state_is() -> None:
    text = (
        "Minister Anna Maier said the cyberattack on the waterworks in Poland was carried out by "
        "the hacker group NoName057(16)."
    )

    (one,) = suggested(text).accused

    assert (one.entry, one.stance) == ("NoName057(16)", Stance.ASSERTS)
    assert one.claimant is not None
    assert one.claimant.value == "Anna Maier"


def test_a_group_that_claims_an_act_says_so_itself() -> None:
    (one,) = suggested("NoName057(16) claimed responsibility for the DDoS attack.").accused

    assert one.claimant is not None
    assert one.claimant.kind == ClaimantKind.PERPETRATOR_PERSONA


def test_where_a_state_is_blamed_its_service_is_told_with_it() -> None:
    found = suggested("The GRU ordered the arson in Poland, police said.")

    assert [(blame.state, blame.actor) for blame in found.blamed] == [("RU", "GRU")]
    assert found.accused == []


def test_an_actor_of_the_directory_means_what_the_kept_one_of_its_names_means() -> None:
    """Its own name is told, and naming it blames its state as before."""
    known = directory([KnownActor("Main Directorate", "RU", False, ("GRU",))])

    assert known.actors["Main Directorate"].blames
    assert "ГРУ" in known.actors["Main Directorate"].aliases
    assert "GRU" not in known.actors


@pytest.mark.parametrize(
    "text",
    [
        "The depot in Rotterdam burnt after an arson attack. The Russian embassy in Utrecht denied "
        "a part in the arson.",
        "The depot in Rotterdam burnt after an arson attack. The arson is tried by the court in "
        "Utrecht.",
        "The depot in Rotterdam burnt after an arson attack. Utrecht said the arson was no fault.",
    ],
)
def test_the_seat_of_an_embassy_or_a_court_is_no_place_of_the_event(text: str) -> None:
    assert [place.value for place in suggested(text).places] == ["Rotterdam"]


def test_a_service_that_is_blamed_and_a_case_of_the_past_are_no_targets() -> None:
    service = suggested("Der russische Militärgeheimdienst steht hinter der Sabotage.")
    past = suggested(
        "A railway in Poland was sabotaged. Police arrested two men. "
        "In an earlier case in 2021 sabotage hit a hospital.",
    )

    assert "military_defence" not in values(service.sectors)
    assert values(past.sectors) == ["transport"]


def test_charges_that_are_denied_confirm_nothing() -> None:
    text = "Atak hakerów na wodociągi w Polsce. Ambasada Rosji zaprzeczyła oskarżeniom."

    assert suggested(text).status is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("W nocy z 3 na 4 lutego 2024 r. podpalono magazyn.", "2024-02-03/2024-02-04"),
        ("В ночь с 3 на 4 февраля 2024 года подожгли склад.", "2024-02-03/2024-02-04"),
        ("V noci z 3. na 4. února 2024 někdo zapálil sklad.", "2024-02-03/2024-02-04"),
        ("In der Nacht vom 3. auf den 4. Februar 2024 brannte ein Depot.", "2024-02-03/2024-02-04"),
    ],
)
def test_a_night_between_two_days_is_of_both(text: str, day: str) -> None:
    assert values(suggested(text + " Sabotage.").occurred)[0] == day


def test_ages_in_a_list_are_no_totals() -> None:
    found = suggested("Police arrested men aged 23, 31 and 44 over 12 arson attacks in Poland.")

    assert [figure.number for figure in found.figures] == [12]
