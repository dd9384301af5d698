"""When it happened: dates said in full, in part, and counted from the publication."""

from __future__ import annotations

import pytest

from .reports import suggested, values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The sabotage happened on 14 March 2024.", ["2024-03-14"]),
        ("The sabotage happened on November 3.", ["2024-11-03"]),
        ("The sabotage happened in October.", ["2024-10"]),
        ("The sabotage happened on Monday.", ["2024-12-02"]),
        ("The sabotage happened yesterday.", ["2024-12-03"]),
        ("The sabotage happened last month.", ["2024-11"]),
        ("The sabotage happened last spring.", ["2024-21"]),
        ("The sabotage happened in 2022.", ["2022"]),
        ("Der Sabotageakt geschah am 8. August in Berlin.", ["2024-08-08"]),
        ("Do dywersji doszło 15 listopada koło Warszawy.", ["2024-11-15"]),
        ("La sabotage a eu lieu en octobre à Paris.", ["2024-10"]),
        ("2024 m. gegužės 9 d. įvyko padegimas Vilniuje.", ["2024-05-09"]),
        ("12月3日に破壊工作があったと警察が発表した。", ["2024-12-03"]),
        ("Sabotaasi tapahtui 31.7.2024 Helsingissä.", ["2024-07-31"]),
    ],
)
def test_a_date_is_read_as_it_is_said(text: str, dates: list[str]) -> None:
    assert values(suggested(text).occurred) == dates


def test_a_month_of_next_week_is_a_plan_and_no_date() -> None:
    assert "2023-12-20" not in values(suggested("Sabotage is feared on 20 December.").occurred)


def test_where_no_date_is_said_the_month_of_publication_is_uncertain() -> None:
    found = suggested("Sabotage was found at the depot.").occurred

    assert values(found) == ["2024-12?"]
    assert "no date" in found[0].why


def test_without_publication_nothing_is_counted_from_it() -> None:
    assert not suggested("The sabotage happened on Monday.", day="").occurred


def test_the_day_of_publication_is_read_from_the_address() -> None:
    found = suggested("Sabotage.", day="", url="https://news.example/2024/12/26/sabotage")

    assert found.published == "2024-12-26"


def test_the_day_of_publication_is_read_from_a_stamp_in_the_address() -> None:
    found = suggested("Sabotage.", day="", url="https://news.example/sabotage-20241226211119-nt")

    assert found.published == "2024-12-26"


def test_a_day_soon_to_come_is_of_last_year_where_that_was_spoken_of() -> None:
    story = "Last year's fire at the depot was arson. The sabotage happened on 20 December."

    assert values(suggested(story).occurred)[0] == "2023-12-20"


def test_the_night_to_a_day_is_told_by_that_day() -> None:
    found = suggested("In der Nacht zum Montag brannte ein Depot; es war Brandstiftung.").occurred

    assert values(found) == ["2024-12-02"]


def test_a_year_of_two_digits_is_of_this_century() -> None:
    found = values(suggested("23年2月に破壊工作があったと警察が発表した。").occurred)

    assert found == ["2023-02"]


def test_a_dateline_is_no_date_of_the_event() -> None:
    found = suggested(
        "Oslo, 4 December 2024 - The police said that sabotage was found at the depot in October.",
        day="2024-12",
    )

    assert found.published == "2024-12-04"
    assert values(found.occurred) == ["2024-10"]


def test_a_verb_that_looks_like_a_month_is_none() -> None:
    found = suggested("Sabotage may have happened. Służby nie mają dowodów.")

    assert "2024-05" not in values(found.occurred)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The sabotage happened in the summer of 2023.", ["2023-22"]),
        ("Das Kabel wurde am Samstagabend durch Sabotage beschädigt.", ["2024-11-30"]),
        ("Kabeln skadades genom sabotage på måndagskvällen.", ["2024-12-02"]),
        ("Sabotage skadade kabeln i Sverige förra veckan.", ["2024-12~"]),
        ("The arson attacks lasted from 3 to 5 May.", ["2024-05-03/2024-05-05"]),
        ("Požáry po sabotáži hořely 3.-5. května v Praze.", ["2024-05-03/2024-05-05"]),
        ("The arson attacks on the railway went on from April to September.", ["2024-04/2024-09"]),
        ("Sabotáž zasáhla Prahu 28. 5. 2024, řekla policie.", ["2024-05-28"]),
        ("خرابکاری در راه‌آهن در ۲۷ آذر ۱۴۰۲ رخ داد و پلیس آن را تایید کرد.", ["2023-12-18"]),
        ("周一晚上，海底电缆遭到破坏。", ["2024-12-02"]),
        ("Sabotasje traff kabelen sent på kvelden i mai.", ["2024-05"]),
        ("Sabotaža na pruzi u Bosni i Hercegovini dogodila se 9. septembra.", ["2024-09-09"]),
    ],
)
def test_a_date_is_read_as_newsrooms_of_a_language_say_it(text: str, dates: list[str]) -> None:
    assert values(suggested(text).occurred) == dates


@pytest.mark.parametrize(
    "text",
    [
        "Среди пострадавших от диверсии на железной дороге есть дети, сообщила полиция.",
        "Серед постраждалих від диверсії на залізниці є діти, повідомила поліція.",
        "Sabotaż objął środki transportu na torach koło miasta.",
        "Le câble a été coupé, un sabotage selon la police française.",
        "Notele MAI despre sabotaj au fost trimise comisiei din parlament.",
        "The sabotage at the depot is expected to keep it closed until Friday.",
        "Un sabotaje dejó sin energía a una planta de cables en España.",
        "Un sabotaggio ha colpito la maggiore rete elettrica italiana.",
        "Un martor a povestit despre sabotajul de la depozitul din România.",
        "Sabotaža je uništila ogradu studentskog doma u Zagrebu.",
        "Poškozená byla středová část mostu, řekla policie o sabotáži.",
        "Sabotaasista tehdään elokuva, kertoi poliisi Helsingissä.",
    ],
)
def test_a_word_that_looks_like_a_date_is_none(text: str) -> None:
    assert values(suggested(text).occurred) == ["2024-12?"]


@pytest.mark.parametrize(
    "text",
    [
        "A depot was set on fire in May. The minister said on Tuesday that it was sabotage.",
        "A depot was set on fire in May. A court sentenced two men on Tuesday over the sabotage.",
        "A depot was set on fire in May. Similar sabotage was seen in Berlin on 3 March 2021.",
        "Oslo, 4 December 2024 (AFP) - A depot was set on fire in May by sabotage.",
    ],
)
def test_the_day_of_a_speech_a_verdict_or_an_earlier_case_is_not_that_of_the_event(
    text: str,
) -> None:
    assert values(suggested(text).occurred) == ["2024-05"]


def test_a_year_of_the_background_is_weaker_than_the_month_of_publication() -> None:
    found = suggested("Sabotage was found at the depot. He took office in 2022.").occurred

    assert values(found) == ["2024-12?"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "Sabotage damaged the bridge in March and April 2015.",
            ["2015-03", "2015-04"],
        ),
        (
            "La sabotage des câbles a eu lieu en mai et juin 2021.",
            ["2021-05", "2021-06"],
        ),
        (
            "První sabotáž na trati přišla 2. května 2014, druhá 3. června téhož roku.",
            ["2014-05-02", "2014-06-03"],
        ),
        (
            "The spying went on since March 2016, when the house was opened, until June 2019.",
            ["2016-03/2019-06"],
        ),
        ("გასული წლის 28 ოქტომბრის კიბერშეტევა დაგეგმა ჯგუფმა.", ["2023-10-28"]),
        ("海底電纜2日凌晨遭破壞。", ["2024-12-02"]),
        ("破壊工作は28日に起きた。", ["2024-11-28"]),
        ("파괴 공작이 2일 밤부터 3일 새벽까지 이어졌다.", ["2024-12-02/2024-12-03"]),
        ("Sabotage hit more than 2000 websites in May.", ["2024-05"]),
    ],
)
def test_dates_of_a_list_of_last_year_and_of_a_day_alone(text: str, dates: list[str]) -> None:
    assert sorted(values(suggested(text).occurred)) == dates


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May a depot was gutted by sabotage. The report was published on Monday.",
        "Am 3. Mai brannte nach Sabotage ein Lager. Die Regierung machte das am Montag bekannt.",
        "El 3 de mayo hubo un sabotaje. El ministro dio una rueda de prensa el lunes sobre él.",
        "3 Mayıs'ta sabotaj oldu. Savcılık pazartesi günkü açıklamasında sabotaj dedi.",
    ],
)
def test_the_day_of_what_is_published_or_decided_in_answer_is_none_of_the_event(text: str) -> None:
    assert values(suggested(text).occurred) == ["2024-05-03"]


def test_a_date_of_another_country_alone_is_one_of_the_background() -> None:
    found = suggested(
        "A cable off Norway was cut by sabotage. Norway found it damaged in May. "
        "Spain took office in the council on 3 March 2021, and a fire broke out there."
    )

    assert values(found.occurred) == ["2024-05"]


def test_where_the_verb_comes_last_a_day_beside_the_speaker_is_that_of_the_speech() -> None:
    found = suggested("5月に起きた破壊工作で、警察庁は2日、北朝鮮によるものと特定した。")

    assert values(found.occurred) == ["2024-05"]


@pytest.mark.parametrize(
    "text",
    [
        "RIGA, 7 May 2024 - More than 1100 schools in Latvia got bomb threats on Tuesday.",
        "RIGA, 7. maj 2024 - Mere end 1100 skoler i Letland fik tirsdag bombetrusler.",
        "BRATISLAVA 7. júna 2024 - Viac ako 1100 škôl na Slovensku dostalo bombové vyhrážky.",
    ],
)
def test_how_many_after_a_dateline_is_not_said_of_its_year(text: str) -> None:
    assert suggested(text, day="").published[:4] == "2024"


def test_the_same_year_is_that_of_the_sentence_before() -> None:
    found = suggested(
        "Při explozi skladu zahynuli 16. října 2014 dva lidé. "
        "Druhý sklad vybuchl 3. prosince téhož roku.",
        day="2021-04-17",
    )

    assert values(found.occurred) == ["2014-10-16", "2014-12-03"]


def test_a_month_that_is_nearer_to_come_than_past_is_rather_none_of_the_event() -> None:
    found = suggested(
        "In February saboteurs cut a cable in Poland. The sabotage campaign is aimed at the vote "
        "in June, which is to be swayed.",
        day="2024-03-29",
    )

    assert values(found.occurred) == ["2024-02"]


def test_a_year_of_the_iranian_calendar_tells_of_the_past() -> None:
    found = suggested(
        "پلیس لندن سه مرد را به اتهام جاسوسی برای ایران در بریتانیا بازداشت کرد. "
        "آنها روز شنبه در بریتانیا بازداشت شدند. به گفته پلیس، جاسوسی از روزنامه‌نگاران بود. "
        "در فروردین ۱۴۰۳ دو متهم به جاسوسی در بخارست بازداشت شدند.",
        day="2025-05-17",
    )

    assert values(found.event_countries) == ["GB"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The depot in Poland was set on fire two days ago.", "2024-12-02"),
        ("Arsonists set fire to a depot in Poland three weeks ago.", "2024-11-13~"),
        ("Two years ago arsonists set fire to a depot in Poland.", "2022"),
        ("Vor drei Wochen wurde in Leipzig ein Brandanschlag verübt.", "2024-11-13~"),
        ("Le sabotage a eu lieu à Paris il y a deux mois.", "2024-10~"),
        ("Do sabotażu w Radomiu doszło trzy tygodnie temu.", "2024-11-13~"),
        ("Диверсія у Львові сталася три тижні тому.", "2024-11-13~"),
        ("Sabotase di Jakarta terjadi tiga minggu lalu.", "2024-11-13~"),
        ("İzmir'deki sabotaj üç hafta önce gerçekleşti.", "2024-11-13~"),
        ("החבלה בחיפה אירעה לפני כשלושה שבועות.", "2024-11-13~"),
        ("3週間前に大阪で破壊工作があった。", "2024-11-13~"),
    ],
)
def test_what_was_so_long_ago_is_counted_back_as_exact_as_it_is_said(text: str, date: str) -> None:
    assert values(suggested(text).occurred) == [date]


def test_of_a_month_and_a_day_of_it_the_day_is_told() -> None:
    story = "今年2月，一艘货轮破坏海底电缆。事件发生于2月25日，海底电缆遭到破坏。"

    assert values(suggested(story).occurred) == ["2024-02-25"]


def test_a_year_that_is_told_with_the_act_is_no_lesser_date_than_the_month_of_publication() -> None:
    story = "У 2023 році команда опрацювала 5927 кібератак у Україні."

    assert values(suggested(story).occurred) == ["2023"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Policja zatrzymała sabotażystów w Radomiu. Mają 24 i 29 lat.", "05-24"),
        ("貨輪勾斷「台澎3號」海底電纜，疑為破壞。", "12-03"),
    ],
)
def test_a_name_or_a_verb_makes_no_day(text: str, wrong: str) -> None:
    assert not any(value.endswith(wrong) for value in values(suggested(text).occurred))


def test_the_year_of_a_month_counts_nobody_who_stands_behind_it() -> None:
    found = suggested("En febrero de 2023 unos hombres cometieron un sabotaje en Perú.")

    assert values(found.occurred) == ["2023-02"]
    assert found.figures == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Loni v létě žháři zapálili sklad v Praze.", "2023-22"),
        ("Im Sommer des vergangenen Jahres brannte ein Depot nach Brandstiftung.", "2023-22"),
        ("去年夏天,破坏者焚烧了一座公交车库。", "2023-22"),
        ("This summer saboteurs set fire to a depot in Prague.", "2024-22"),
    ],
)
def test_a_season_of_last_year_is_not_the_last_one(text: str, date: str) -> None:
    assert values(suggested(text).occurred)[0] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Op 3-11-2024 vlogen drones boven de luchthaven.", "2024-11-03"),
        ("Den 3/11 2022 fløj droner over lufthavnen i København.", "2022-11-03"),
        ("In 2022, some saboteurs cut cables in Germany.", "2022"),
        ("Le 14 mars 2022, une cyberattaque a visé les chemins de fer.", "2022-03-14"),
        ("През май тази година подпалвачи изгориха магазин.", "2024-05"),
        ("Drones have flown over bases in Germany since May.", "2024-05"),
    ],
)
def test_a_year_and_a_month_are_known_by_what_stands_beside(text: str, date: str) -> None:
    assert values(suggested(text).occurred)[0] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Arsonists burned down a depot in Warsaw on Monday last week.", "2024-11-25"),
        ("Am Montag vergangener Woche legten Brandstifter Feuer in Berlin.", "2024-11-25"),
        ("Am Freitag vergangener Woche legten Brandstifter Feuer in Berlin.", "2024-11-29"),
        ("上周一,伦敦一座仓库遭人纵火。", "2024-11-25"),
        ("Letzte Woche gab es Sabotage, am Montag brannte in Berlin ein Kabel.", "2024-12-02"),
    ],
)
def test_a_weekday_of_last_week_is_not_the_last_one(text: str, date: str) -> None:
    assert values(suggested(text).occurred)[0] == date
