"""How long an adviser waits for what is found by a name, a misspelled name, a telephone number, words of messages."""

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


def measure(*, world: int, at: datetime) -> list[Figure]:
    """Ask for the first results over HTTP, as somebody does who types, one after the other."""
    give_account(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM channels_message")
        (messages,) = cursor.fetchone()
    known = customers.glances({f"L-{number}" for number in range(0, world, max(1, world // ASKED))})
    names = [one.name.split()[-1] for one in known.values()]
    asked = {
        "name": names,
        "misspelled name": [_misspelled(name) for name in names],
        "telephone": [f"06 39 98 {number:02} {number:02}" for number in range(ASKED)],
        "words": [WORDS[number % len(WORDS)] for number in range(ASKED)],
    }
    with serving() as port:
        headers = {"Cookie": logged_in(port)}
        return [
            _figure(f"search by {what}, {world:,} customers, {messages:,} messages, p95", texts, port, headers)
            for what, texts in asked.items()
        ]


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
