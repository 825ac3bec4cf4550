"""Who changed what, in words and as a table of their own codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.audit.queries.changes import ChangeCard
from ligneclaire.audit.states import ChangeKind
from ligneclaire.desk.absence_forms import REASONS
from ligneclaire.desk.words import AUTHORS
from ligneclaire.kernel.actor import SYSTEM, ActorKind
from ligneclaire.people.access.roles import TRAINEE
from ligneclaire.people.queries import advisers
from ligneclaire.people.rules.days import read_day
from ligneclaire.ui.firsts import written_date
from ligneclaire.voice.wording import formats

KINDS: dict[ChangeKind, Promise] = {
    ChangeKind.OPERATOR: _("operator"),
    ChangeKind.DEPARTMENT: _("department"),
    ChangeKind.TERRITORY: _("team and territory"),
    ChangeKind.ADVISER: _("adviser"),
    ChangeKind.ABSENCE: _("absence"),
    ChangeKind.LOGIN: _("login and role"),
    ChangeKind.SECOND_FACTOR: _("second factor"),
    ChangeKind.TOKEN: _("token"),
    ChangeKind.WEBHOOK: _("what other systems are told"),
    ChangeKind.MODE: _("sending"),
}
NAMES: dict[str, Promise] = {
    "address": _("address"),
    "app": _("app for codes"),
    "archived": _("in the archive"),
    "back": _("back on"),
    "backup": _("stands in"),
    "communes": _("communes"),
    "country": _("country"),
    "currency": _("currency"),
    "duty": _("on duty"),
    "email": _("e-mail"),
    "from": _("from"),
    "issuer": _("identity provider"),
    "kinds": _("kinds of event"),
    "languages": _("languages"),
    "may": _("may"),
    "mode": _("mode"),
    "name": _("name"),
    "of": _("whose"),
    "passkey": _("passkey"),
    "passkeys": _("passkeys"),
    "paused": _("paused because"),
    "phone": _("telephone"),
    "reason": _("reason"),
    "recovery_codes": _("recovery codes"),
    "role": _("role"),
    "since": _("since"),
    "subject": _("identifier there"),
    "territories": _("territories"),
    "until": _("until"),
    "url": _("address"),
    "zone": _("time zone"),
}
VALUES: dict[tuple[str, str], Promise] = {
    ("mode", "live"): _("messages leave"),
    ("mode", "shadow"): _("trial run"),
    ("mode", "stop"): _("stopped"),
    ("role", "adviser"): _("adviser"),
    ("role", TRAINEE.name): _("adviser in training"),
    ("role", "clerk"): _("clerk"),
    ("role", "supervisor"): _("supervisor"),
    ("role", "technician"): _("technician"),
    ("languages", "en"): _("English"),
    ("languages", "fr"): _("French"),
    **{("reason", code): text for code, text in REASONS.items()},
}
DAYS = {"back", "from", "since", "until"}
COLUMNS = ("at", "by", "by_name", "kind", "about", "before", "after")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # office programs would take such a cell for a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One value that became another."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A change as people read it."""

    at: datetime
    who: str
    kind: str
    about: str
    is_new: bool
    is_gone: bool
    lines: Sequence[Line]


def rows(cards: Collection[ChangeCard], *, country: str) -> list[Row]:
    """Changes as people read them, with the names of advisers."""
    known = called([*(card.by for card in cards), *(_of_adviser(card) for card in cards)])
    return [
        Row(
            at=card.at,
            who=known.get(card.by, card.by),
            kind=str(KINDS[card.kind]),
            about=known.get(_of_adviser(card), card.about),
            is_new=card.before is None,
            is_gone=card.after is None,
            lines=_lines(card, country),
        )
        for card in cards
    ]


def names(actors: Collection[str]) -> dict[str, str]:
    """The names of those of these actors who are advisers."""
    prefix = f"{ActorKind.ADVISER}:"
    numbers = {one.removeprefix(prefix) for one in actors if one.startswith(prefix)}
    return {f"{prefix}{number}": card.name for number, card in advisers.cards(numbers).items()}


def called(actors: Collection[str]) -> dict[str, str]:
    """The same, and in words those who are no people: this system, and whoever gives commands."""
    return names(actors) | {one: _commanded(one) for one in actors if one.startswith(f"{ActorKind.SYSTEM}:")}


def _commanded(actor: str) -> str:
    if actor == str(SYSTEM):
        return str(AUTHORS["voice"])
    return gettext("%(user)s, by command") % {"user": actor.partition(":")[2]}


def as_csv(cards: Collection[ChangeCard]) -> bytes:
    """A line for each change; columns and codes stay as they are whatever the language."""
    known = names([card.by for card in cards])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for card in cards:
        cells = (card.by, known.get(card.by, ""), card.kind, card.about, _json(card.before), _json(card.after))
        writer.writerow((card.at.isoformat(), *map(_harmless, cells)))
    return text.getvalue().encode("utf-8-sig")


def _of_adviser(card: ChangeCard) -> str:
    is_adviser = card.kind in {ChangeKind.ADVISER, ChangeKind.ABSENCE}
    return f"{ActorKind.ADVISER}:{card.about}" if is_adviser else ""


def _lines(card: ChangeCard, country: str) -> list[Line]:
    before, after = card.before or {}, card.after or {}
    return [
        Line(
            name=str(NAMES.get(name, name)),
            before=_text(name, before.get(name), country),
            after=_text(name, after.get(name), country),
        )
        for name in {**before, **after}
    ]


def _text(name: str, value: object, country: str) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_text(name, one, country) for one in value)
    if name in DAYS and (day := read_day(str(value))):
        return written_date(day, "j F Y")
    if name == "phone":
        return formats.phone(str(value), country)
    return str(VALUES.get((name, str(value)), value))


def _json(values: Mapping[str, object] | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell
