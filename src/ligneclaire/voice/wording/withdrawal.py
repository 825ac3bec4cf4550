"""The customer renounces a new contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ligneclaire import law
from ligneclaire.channels.content import Section, Todo
from ligneclaire.law import UnknownRule
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import RENOUNCED
from ligneclaire.voice.wording.equipment import things_to_do
from ligneclaire.voice.wording.formats import moment
from ligneclaire.voice.wording.scene import Piece, Scene
from ligneclaire.voice.wording.shown import things

RULE = "WDR-03"  # the same number of days to return what was handed over (WDR-04) and to pay back
RETURNS = ("equipment.to_return", "equipment.return_by", "equipment.return_how")
REFUNDS = ("refund.withdrawal", "refund.withdrawal_by")


def requested(telling: Telling, scene: Scene) -> Piece:
    """Confirm it: the contract ends at once, what was handed over comes back, what was paid is paid back."""
    texts, days = scene.texts, _days(scene)
    lead = [texts.say(f"{telling.key}.told", contract=scene.contract_and_line)]
    if days and not any(name in scene.told for name in REFUNDS):
        lead.append(texts.say(f"{telling.key}.refund", days=days))
    return Piece(lead=(" ".join(lead),), todo=tuple(_goods(telling.key, days, scene)))


def declaration(scene: Scene) -> Section | None:
    """The declaration with its date and time, as it is on record."""
    telling = scene.told.get(RENOUNCED)
    if telling is None:
        return None
    at = _declared_at(telling, scene)
    line = scene.texts.say(
        f"{RENOUNCED}.declared",
        moment=moment(at, scene.context.calendar, scene.texts),
        name=scene.context.addressee.name,
        number=scene.number,
        way=scene.way(telling.value),
        stamp=at.astimezone(scene.context.calendar.tz).isoformat(timespec="seconds"),
    )
    return Section(title=scene.texts.say("titles.declaration"), lines=(line,))


def _goods(key: str, days: str, scene: Scene) -> Iterator[Todo]:
    """What was handed over, to be returned by the law's delay unless a day is told."""
    handed_over = scene.holding.equipment if scene.holding else ()
    if days and handed_over and not any(name in scene.told for name in RETURNS):
        items = things([one.kind for one in handed_over], scene.texts, equipment=handed_over)
        yield Todo(what=things_to_do(scene, items), by=scene.texts.say(f"{key}.within", days=days))


def _days(scene: Scene) -> str:
    """The delay of the law for both; empty in a country that has none entered."""
    try:
        return scene.count("days", law.value(RULE, on=scene.today, country=scene.context.operator.country).of(int))
    except UnknownRule:
        return ""


def _declared_at(telling: Telling, scene: Scene) -> datetime:
    value = telling.value if isinstance(telling.value, dict) else {}
    request = scene.utterance.request
    known = request.at if request and request.kind == RENOUNCED else scene.utterance.at
    try:
        declared = datetime.fromisoformat(str(value.get("declared_at")))
    except ValueError:
        return known
    return declared if declared.tzinfo else known
