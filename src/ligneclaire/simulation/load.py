"""A large invented world and its news, for measuring: many households like the one of story 2."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

Json = dict[str, object]
FACTS_EACH = 20
TERRITORIES = ("75", "33", "63", "25-39")
TITLES = ("Mme", "M.", "Mme et M.")
FIRST = (
    *("Solène", "Anaïs", "Bastien", "Clémence", "Damien", "Élodie", "Florian", "Gaëlle", "Hervé", "Inès", "Jérôme"),
    *("Karine", "Léo", "Maëlys", "Noël", "Océane", "Pascal", "Quentin", "Régis", "Sabine", "Théo", "Ursule", "Valérie"),
    *("Yann", "Zoé", "Aurélie", "Benoît", "Chloé", "Denis", "Éric", "Fanny"),
)
SYLLABLES = tuple(one + other for one in "bcdfglmnprstv" for other in ("a", "e", "i", "ou", "au", "eil"))
ENDINGS = ("r", "n", "ret", "lle", "x", "court", "d")
STREETS = ("RUE DES LILAS", "COURS DE LA MARNE", "RUE BLATIN", "RUE BATTANT", "RUE OBERKAMPF")


def world(story: Mapping[str, object], *, customers: int) -> Json:
    """The operator of the stories with this many households; telephone numbers are from blocks for fiction."""
    return {**story, "customers": [_customer(number) for number in range(customers)]}


def news(*, customers: int, at: datetime, seed: int = 1) -> Iterator[Json]:
    """What departments state about all of them: twenty facts each, one customer in two with a contradiction."""
    chance = random.Random(seed)  # noqa: S311  # a load, not a secret
    for number in range(customers):
        contested = chance.random() < 0.5  # noqa: PLR2004
        for place, (source, event, data) in enumerate(_facts(at, contested=contested)):
            yield {
                "id": f"{number}-{place}",
                "at": (at - timedelta(minutes=FACTS_EACH - place)).isoformat(),
                "source": source,
                "customer": f"L-{number}",
                "contract": f"K-L-{number}",
                "event": event,
                "data": data,
            }


def _customer(number: int) -> Json:
    street, name = STREETS[number % len(STREETS)], _name(number)
    lines = {"fixed": f"+3319900{number % 10000:04d}", "mobile": f"+3363998{number % 10000:04d}"}
    return {
        "id": f"L-{number}",
        "name": name,
        "language": "fr",
        "territory": TERRITORIES[number % len(TERRITORIES)],
        "address": [name.upper(), f"{number % 200 + 1} {street}", "75011 PARIS"],
        "mobile": lines["mobile"],
        "email": f"exemple{number}@example.org",
        "since": "2010-01-04",
        "adviser": f"A-{number % 3 + 1}",
        "contracts": [
            {"id": f"K-L-{number}", "offer": "ADSL-PHONE", "line": lines["fixed"], "since": "2010-01-04"},
            {"id": f"K-M-{number}", "offer": "MOBILE-PRO", "line": lines["mobile"], "since": "2012-05-02"},
        ],
    }


def _name(number: int) -> str:
    """An invented name; as in a telephone book, many people share a surname."""
    first, second = divmod(number * 7919 % len(SYLLABLES) ** 2, len(SYLLABLES))
    surname = SYLLABLES[first] + SYLLABLES[second] + ENDINGS[(first + second) % len(ENDINGS)]
    return f"{TITLES[number % len(TITLES)]} {FIRST[number % len(FIRST)]} {surname.capitalize()}"


def _facts(at: datetime, *, contested: bool) -> Iterator[tuple[str, str, Json]]:
    ends_on = (at + timedelta(days=10)).date()
    leaves_on = ends_on.isoformat()
    yield "mailroom", "termination.requested", {"received_by": "letter"}
    yield "third-party-operators", "fact", _stated("line.taken_over_by", "other operator", effective=leaves_on)
    yield "third-party-operators", "fact", _stated("support.for_line", "other operator")
    yield "contracts", "fact", _stated("contract.ends_on", leaves_on)
    yield "billing", "fact", _stated("closing_bill.date", (ends_on + timedelta(days=13)).isoformat())
    yield "billing", "fact", _stated("refund.deposit", {"amount": "49.00", "currency": "EUR"})
    for source, days in (("equipment", 7), ("equipment-south-west", 10 if contested else 7)):
        yield source, "fact", _stated("equipment.to_return", ["box", "tv decoder"])
        yield source, "fact", _stated("equipment.penalty", {"amount": "300.00", "currency": "EUR"})
        yield source, "fact", _stated("equipment.days_after_formal_notice", days)
        yield source, "fact", _stated("equipment.return_how", "parcel")
        yield source, "fact", _stated("equipment.return_by", (ends_on + timedelta(days=15)).isoformat())
    for source in ("billing", "contracts", "equipment"):
        yield source, "fact", _stated("contact.phone", "3900")
    yield "marketing", "fact", _stated("offer.promotion", "a new box")


def _stated(key: str, value: object, **more: object) -> Json:
    return {"key": key, "value": value, **more}
