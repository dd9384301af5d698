"""The 64 texts that cost a reader of texts most: what is repeated, by a name for what is bad in it.

A `{name}`, `{number}`, `{letter}` or `{country}` stands for another one each time.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from typing import Final

WORST: Final = {
    # Words that mean something, so that each is compared with those beside it.
    "alarm words": "sabotage arson explosives drone cyberattack ",
    "acts with their objects": "drones seen over airport, cable damaged, railway blown up ",
    "short alarms in lines": "spy\n",
    "sentences of one alarm": "Spy! ",
    "verbs of blame": "Russia accused of ordering, said to deny, accuse Russia ",
    "verbs of saying": "said told says stated ",
    "countries": "Russia ",
    "countries in a list": "Russia, China, Iran, Belarus, Estonia and Latvia; ",
    "countries as adjectives": "Russian Chinese Iranian ",
    "countries in lines": "Mali\n",
    "every country at work": "{country} ordered sabotage. ",
    "known actors": "APT28 Sandworm GRU Fancy Bear Lazarus ",
    "hackers of countries": "Russian hackers ",
    "services of states": "Russian intelligence service GRU agents ",
    "vessels": "vessel Eagle One cable ship Yi Peng tanker ",
    # Persons and claimants.
    "a minister": "minister Mark Rutte said ",
    "another minister each time": "minister Mark {name} said. ",
    "persons without an end": "minister Mark {name} said ",
    "persons accused": "Mark {name} was arrested and charged. ",
    "claimants in one sentence": "prosecutors, police, ministry and a spokesman said sabotage, ",
    "unnamed sources": "sources who asked not to be named said ",
    "capitals": "Aa ",
    "capitals in lines": "Aa\n",
    "source lines": "Source: Reuters\n",
    # Numbers and dates.
    "digits": "1",
    "a number in groups": "123 456 ",
    "numbers": "{number} attacks and {number} people arrested, ",
    "numbers in words": "two hundred thousand million ",
    "percent signs": "5% ",
    "money": "$1000 ",
    "decimals": "1.5,",
    "ordinals": "1st 2nd 3rd ",
    "days": "31.7.",
    "days of every year": "3 March {number} ",
    "months": "May March ",
    "years": "2024 ",
    "days of ISO": "2024-03-01 ",
    "days in Chinese": "2024年3月1日",
    "relative days": "yesterday on Monday last week, ",
    # Marks that end, open or join.
    "points without spaces": "a.b.",
    "abbreviations": "J. Smith U.S. Dr. ",
    "letters that end": "A! ",
    "open brackets": "([{",
    "open quotes": "“he said «",
    "newlines": "\n",
    "lines of a letter": "a\n",
    "hyphens": "a-b-c--",
    # Letters.
    "one long word": "a",
    "accents on every letter": "e\u0301",
    "ligatures that grow": "\ufdfa",
    # Languages that look at more for each word.
    "joined German": "Kabeldrohnensabotage",
    "joined German, another each time": "die {name}kabeldrohnensabotage ",
    "German nouns": "Die Drohne Bundesanwaltschaft Sabotage Flughafen Haaksbergens ",
    "Finnish towns inflected": "Tampereelle Helsingistä Rovaniemellä ",
    "towns that hardly differ": "Mari{name} ",
    "addresses": "https://a.example/x ",
    "Arabic": "وقال الوزير الروسي وبالتخريب ",
    "Hebrew in mixed directions": "וכשברוסיה drone שר ההגנה אמר Россия ",
    "Chinese": "俄罗斯外交部长王毅表示破坏无人机",
    "Chinese letters in no order": "破坏{letter}{letter}{letter}",
    "Japanese": "ロシアの無人機が空港で妨害、大臣は述べた",
    "Thai": "รัสเซียโดรนก่อวินาศกรรม",
    "Korean": "러시아 해커 공격으로 장관이 말했다 3월 ",
    "Hindi": "रूस के मंत्री ने कहा ड्रोन ",
}
LENGTHS: Final = (4096, 16384, 65536)
_COUNTRIES: Final = (
    *("Russia", "China", "Iran", "Belarus", "Estonia", "Latvia", "Lithuania", "Poland", "Germany"),
    *("France", "Spain", "Italy", "Greece", "Turkey", "Syria", "Israel", "Egypt", "Libya", "Chad"),
    *(
        "Niger",
        "Nigeria",
        "Ghana",
        "Togo",
        "Benin",
        "Kenya",
        "Uganda",
        "Rwanda",
        "Zambia",
        "Angola",
    ),
    *("Brazil", "Peru", "Chile", "Bolivia", "Cuba", "Haiti", "Mexico", "Canada", "Japan", "India"),
    *("Nepal", "Bhutan", "Vietnam", "Laos", "Cambodia", "Thailand", "Malaysia", "Indonesia"),
    *("Australia", "Fiji", "Samoa", "Tonga", "Norway", "Sweden", "Finland", "Denmark", "Iceland"),
    *("Ireland", "Portugal", "Austria", "Hungary", "Romania", "Bulgaria", "Serbia", "Croatia"),
)


def written(worst: str, length: int) -> str:
    """Return so many characters of one of the worst texts."""
    if "}" not in worst:
        return (worst * (length // len(worst) + 1))[:length]
    parts: list[str] = []
    size = 0
    names, letters, countries = _names(), _letters(), itertools.cycle(_COUNTRIES)
    for number in itertools.count(1900):
        part = worst.replace("{number}", str(number)).replace("{country}", next(countries))
        part = part.replace("{name}", next(names))
        while "{letter}" in part:
            part = part.replace("{letter}", next(letters), 1)
        parts.append(part)
        size += len(part)
        if size >= length:
            break
    return "".join(parts)[:length]


def _names() -> Iterator[str]:
    """Yield last names, none of them twice."""
    for letters in itertools.product(string.ascii_lowercase, repeat=4):
        yield "".join(letters).capitalize()


def _letters() -> Iterator[str]:
    """Yield Chinese letters, each after one that it seldom follows."""
    return (chr(0x4E00 + number * 7919 % 20_000) for number in itertools.count())
