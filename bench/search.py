"""How long an adviser waits for what is found: by keys in any spelling, names, and words that few or everybody say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import quantiles
from urllib.parse import urlencode

from django.db import connection

from bench.__main__ import Figure
from bench.pages import give_account, logged_in, read_once, serving
from ligneclaire.people.queries import customers

ASKED = 60
AIM = 150  # ms
WORDS = ("resiliation", "décodeur box", "dernière facture", "huissier", "dépôt de garantie", "étiquette retour")
RARE, COMMON, NEVER = ("huissier", "huissiers"), ("technicien", "box clignote"), ("girafe box", "girafe")
SPELLINGS = ("06 39 98 {0:02} {0:02}", "+3363998{0:02}{0:02}", "0033 6 39 98 {0:02} {0:02}", "06.39.98.{0:02}.{0:02}")
KEYS = {
    "e-mail": "SELECT value FROM people_contactpoint WHERE kind = 'EMAIL' ORDER BY id LIMIT %s",
    "contract": "SELECT number FROM contracts_contract ORDER BY id LIMIT %s",
    "reference": "SELECT reference FROM cases_case ORDER BY id LIMIT %s",
}


def measure(*, world: int, at: datetime) -> list[Figure]:
    """Ask for the first results over HTTP, as somebody does who types, one after the other."""
    give_account(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM channels_message), (SELECT count(*) FROM channels_entry)")
        messages, entries = cursor.fetchone()
    size = f"{world:,} customers, {messages:,} messages, {entries:,} entries"
    with serving() as port:
        headers = {"Cookie": logged_in(port)}
        return [
            _figure(f"search by {what}, {size}, p95", texts, port, headers)
            for what, texts in _asked(world).items()
            if texts
        ]


def _asked(world: int) -> dict[str, Sequence[str]]:
    known = customers.glances({f"L-{number}" for number in range(0, world, max(1, world // ASKED))})
    names = [one.name.split()[-1] for one in known.values()]
    phones = [SPELLINGS[number % len(SPELLINGS)].format(number) for number in range(ASKED)]
    return {
        "name": names,
        "misspelled name": [_misspelled(name) for name in names],
        "telephone, four spellings": phones,
        **{what: _keys(statement) for what, statement in KEYS.items()},
        "words": _often(WORDS),
        "words that few say": _often(RARE),
        "words that everybody says": _often(COMMON),
        "words that nobody says": _often(NEVER),
    }


def _keys(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [ASKED])
        return [key for (key,) in cursor.fetchall()]


def _often(words: Sequence[str]) -> list[str]:
    return [words[number % len(words)] for number in range(ASKED)]


def _misspelled(name: str) -> str:
    middle = len(name) // 2
    return name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]


def _figure(what: str, texts: Sequence[str], port: int, headers: dict[str, str]) -> Figure:
    door, found = _p95([""] * len(texts), port, headers), _p95(texts, port, headers)
    return Figure(
        what=what,
        value=found,
        unit="ms",
        baseline=f"the aim of {AIM} ms (nothing typed: {door:.0f} ms)",
        ratio=found / AIM,
    )


def _p95(texts: Sequence[str], port: int, headers: dict[str, str]) -> float:
    taken = [read_once(port, f"/suggestions?{urlencode({'q': text})}", headers) for text in texts]
    return quantiles(taken, n=20)[-1] * 1000
