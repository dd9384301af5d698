"""Who is said to have done it, and who says so."""

from __future__ import annotations

import pytest

from incidents.suggestions.directory import known

from .reports import suggested, values


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "The group calling itself Night Owl claimed the cyberattack on the ministry.",
            "Night Owl",
        ),
        (
            "Die Gruppe „Nachteule“ bekannte sich zu dem Hackerangriff auf das Ministerium.",
            "Nachteule",
        ),
        ("Le groupe « Chouette » a revendiqué la cyberattaque contre le ministère.", "Chouette"),
        ("Analysts attribute the hacking of the ministry to APT99.", "APT99"),
        ("The malware came from hackers known as Velvet Typhoon.", "Velvet Typhoon"),
    ],
)
def test_a_group_that_no_directory_knows_is_found_by_what_stands_beside_its_name(
    text: str, group: str
) -> None:
    assert group in values(suggested(text).actors)


@pytest.mark.parametrize(
    "text",
    [
        "The group posted on “Telegram” about the cyberattack.",
        "The group Telegram claimed the attack.",
        "The hackers attacked the website of the ministry.",
    ],
)
def test_a_channel_and_hackers_without_a_name_are_no_group(text: str) -> None:
    assert values(suggested(text).actors) == []


def test_a_service_that_tells_of_an_act_did_not_do_it() -> None:
    found = suggested("The SBU said that a Russian drone hit the plant in Ukraine. Sabotage began.")

    assert "SBU" not in values(found.actors)
    assert "SBU" in [claimant.value for claimant in found.claimants]


def test_somebody_of_whom_a_letter_is_told_is_accused() -> None:
    found = suggested("Police in Poland arrested Daniel K. on suspicion of sabotage for Russia.")

    assert any(name.startswith("Daniel K") for name in values(found.actors))


def test_letters_that_say_something_are_somebody_but_not_a_newsroom_or_a_union() -> None:
    told = "{0} said Russia was behind the sabotage of the railway in Poland."

    assert values(suggested(told.format("KWXB")).claimants) == ["KWXB"]
    assert not values(suggested(told.format("AFP")).claimants)
    assert not values(suggested(told.format("EU")).claimants)


def test_an_authority_keeps_the_letters_by_which_it_is_known() -> None:
    found = suggested(
        "The State Security Department (VSD) said Russia was behind the sabotage in Lithuania."
    )

    assert [claimant.value for claimant in found.claimants] == ["State Security Department (VSD)"]


def test_who_denies_for_a_state_that_is_blamed_does_not_claim() -> None:
    found = suggested(
        "Interior minister Mari Laine said Russia was behind the sabotage in Estonia. "
        "Russian spokesman Ivan Petrov said that was absurd."
    )

    assert [claimant.value for claimant in found.claimants] == ["Mari Laine"]


def test_no_name_kept_with_the_program_stands_for_two_actors() -> None:
    seen: dict[str, str] = {}
    twice = []
    for actor in known():
        for alias in {actor.name, *actor.aliases, *actor.phrases}:
            if alias in seen and seen[alias] != actor.name:
                twice.append((alias, seen[alias], actor.name))
            seen[alias] = actor.name

    assert not twice


def claimed(text: str, **more: str) -> list[str]:
    return [claimant.value for claimant in suggested(text, **more).claimants]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The State Police Office said Russia was behind the sabotage in Estonia. "
            "The SPO accuses Russia. The State Police Office said the sabotage was planned.",
            ["State Police Office"],
        ),
        (
            "Das Bundeskriminalamt teilte mit, Russland stecke hinter der Sabotage in Polen. "
            "Das BKA macht Russland verantwortlich. Die Sabotage war geplant, sagte das BKA.",
            ["Bundeskriminalamt"],
        ),
    ],
)
def test_an_authority_and_its_abbreviation_are_one_claimant(text: str, names: list[str]) -> None:
    assert claimed(text) == names


def test_who_only_denies_is_no_claimant() -> None:
    found = claimed(
        "Prime Minister Mari Laine said Russia was behind the sabotage in Estonia. "
        "Chairman Peter Holm denied the plot."
    )

    assert found == ["Mari Laine"]


def test_words_that_say_what_a_named_service_is_do_not_claim_beside_it() -> None:
    found = claimed(
        "Die Regierung sagte, die Sabotage in Polen sei vom Geheimdienst GRU geplant worden."
    )

    assert "Geheimdienst" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peadirektor KaPo Mari Laine ütles, et Venemaa on sabotaaži taga.", "Mari Laine"),
        ("Prime Minister Anna Albanese said Russia was behind the sabotage.", "Anna Albanese"),
        ("북한 공작이라고 국가당 홍길동 국방성 장관이 밝혔다.", "홍길동"),
    ],
)
def test_a_name_is_neither_joined_with_a_body_nor_lost_for_a_country(text: str, name: str) -> None:
    assert name in claimed(text)


def test_a_place_that_a_dash_joins_is_nobody_who_speaks() -> None:
    assert not claimed("According to Ridge-Marlow the sabotage was planned by Russia.")


def done_by(text: str) -> list[str]:
    return values(suggested(text).actors)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police in Spain are searching for Pavel Orlov over the sabotage.", "Pavel Orlov"),
        ("Policie pátrá po muži na pas Pavel Orlov kvůli výbuchu skladu.", "Pavel Orlov"),
        (
            "The murder of the exile in Norway was ordered by Iran's intelligence minister "
            "of Iran, Reza Karimi, according to a court document.",
            "Reza Karimi",
        ),
        ("In carcere è finito il capitano di fregata Carlo Neri per spionaggio.", "Carlo Neri"),
    ],
)
def test_who_is_wanted_or_gave_the_order_acted(text: str, name: str) -> None:
    assert name in done_by(text)


def test_the_victim_and_who_tells_of_it_did_not_act() -> None:
    found = done_by(
        "Three men were charged with the poisoning of Peter Holm. "
        "The fire was ordered by Russian services, said prime minister Mari Laine."
    )

    assert "Peter Holm" not in found
    assert "Mari Laine" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "They set the fire on the orders of a foreign intelligence service.",
            "foreign intelligence service",
        ),
        (
            "Podmetnuli su požar po nalogu strane tajne službe.",
            "strane tajne službe",
        ),
        ("Le sabotage a été commandité par un service secret étranger.", "service secret étranger"),
        (
            "The explosion was the work of criminal gangs directed by somebody abroad.",
            "criminal gangs",
        ),
    ],
)
def test_a_service_that_is_not_named_and_a_gang_that_is_led_act(text: str, name: str) -> None:
    assert name in done_by(text)


def test_a_service_is_not_told_of_twice() -> None:
    found = done_by(
        "Russian military intelligence planned the sabotage. It was ordered by GRU Unit 29155. "
        "The GRU was behind it."
    )

    assert found == ["GRU"]


def test_a_ship_and_a_group_are_known_by_their_quotation_marks_in_any_script() -> None:
    assert "海龍77" in done_by("海巡署攔下貨輪「海龍77」，懷疑其扯斷海底電纜。")
    assert "アオゾラノカラス" in done_by(
        "警察庁はハッカー集団「アオゾラノカラス」によるサイバー攻撃と発表した。"
    )


def test_a_name_keeps_its_bracket() -> None:
    found = done_by("The group NoName057(16) took down websites of ministries in Norway.")

    assert "NoName057(16)" in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Saboteurs cut the cable; the spy ship Yantar was near, police in Ireland said.",
            "Yantar",
        ),
        ("Fartyget Vezhen misstänks för sabotage mot en kabel i Östersjön.", "Vezhen"),
    ],
)
def test_a_ship_of_one_name_stands_right_behind_the_word_for_it(text: str, name: str) -> None:
    assert name in values(suggested(text).actors)


def test_in_german_a_name_close_to_an_arrest_is_who_was_arrested() -> None:
    found = suggested("Egisto Ott ist am Montag in Kärnten wegen Spionage festgenommen worden.")

    assert "Egisto Ott" in values(found.actors)


def test_who_stands_on_a_list_of_sanctions_is_accused() -> None:
    found = suggested(
        "Russia paid for propaganda in Europe. The Czech government sanctioned the businessman "
        "Viktor Example over the disinformation campaign."
    )

    assert "Viktor Example" in values(found.actors)


def test_an_actor_of_earlier_cases_alone_is_none_of_this_one() -> None:
    found = suggested(
        "Hackers attacked a hospital in Israel on Monday. The cyberattack was stopped. "
        "Police investigate. In 2020 the group Black Shadow leaked data of an insurer.",
        day="2024-12-04",
    )

    assert values(found.actors) == []


def test_before_a_comma_and_an_office_stands_a_name_in_scripts_without_capitals() -> None:
    found = suggested("ایوت کوپر، وزیر کشور بریتانیا، گفت ایران پشت این خرابکاری در بریتانیا بود.")

    assert [claimant.value for claimant in found.claimants] == ["ایوت کوپر"]


def test_officials_of_a_service_who_tell_blame_not_their_own_state() -> None:
    found = suggested(
        "According to unnamed US intelligence officials, Russia ordered the hacking of the "
        "Qatari news agency."
    )

    assert [blame.state for blame in found.blamed] == ["RU"]


def test_who_holds_an_office_speaks_where_the_office_does() -> None:
    found = suggested(
        "«Es una agresión a las fronteras», afirmó en Radio Nacional la ministra de Defensa, "
        "Margarita Robles, que ve a Rusia detrás del sabotaje.",
        url="https://news.example.es/a",
    )

    assert "Margarita Robles" in values(found.claimants)


def test_initials_without_a_space_are_somebody_too_and_a_state_is_not() -> None:
    found = suggested(
        "Police in Albania arrested M.Z., 24, who was filming an arms factory for Russia. He is "
        "wanted in the U.S. too."
    )

    assert "M.Z" in "".join(values(found.actors))
    assert all(not name.startswith("U.S") for name in values(found.actors))


def test_against_whom_a_plot_was_is_no_actor_though_an_office_stands_between() -> None:
    found = suggested(
        "An officer of Iran was charged in a murder plot against former adviser John Example."
    )

    assert "John Example" not in values(found.actors)


def test_a_large_town_of_two_words_is_nobody() -> None:
    found = suggested(
        "Police in New York said Iran ordered the arson. New York said it was an attack."
    )

    assert "New York" not in values(found.claimants)


def test_whose_age_is_told_is_somebody_though_the_charge_stands_far_off() -> None:
    found = suggested(
        "Ivan Brown, 39, once drove cars for the depot in Ohio; the indictment has him plan arson."
    )

    assert "Ivan Brown" in values(found.actors)


def test_an_authority_that_is_named_often_leaves_room_for_officials_who_speak_once() -> None:
    told = " ".join(
        f"The Security Service said that the arson attack no. {n} was sabotage." for n in range(9)
    )

    found = suggested(f"{told} Justice minister Anna Berg called it serious.")

    assert "Anna Berg" in values(found.claimants)


def test_who_claims_an_act_is_named_though_its_state_is_taken_for_a_place() -> None:
    found = suggested(
        "Сайтове на България бяха ударени от DDoS атака. Атаката идва от руския град Магнитогорск. "
        "Отговорност пое групата Killnet."
    )

    assert "Killnet" in values(found.actors)
