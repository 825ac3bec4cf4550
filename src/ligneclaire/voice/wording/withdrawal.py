"""The customer renounces a new contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ligneclaire import law
from ligneclaire.channels.content import Section
from ligneclaire.law import UnknownRule
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import RENOUNCED
from ligneclaire.voice.wording.formats import moment
from ligneclaire.voice.wording.scene import Piece, Scene

RULE = "WDR-03"  # the same number of days to return what was handed over (WDR-04) and to pay back
RETURNS = ("equipment.to_return", "equipment.return_by")
REFUNDS = ("refund.withdrawal", "refund.withdrawal_by")


def requested(telling: Telling, scene: Scene) -> Piece:
    """Confirm it: the contract ends at once, what was handed over comes back, what was paid is paid back."""
    told = scene.texts.say(f"{telling.key}.told", contract=scene.contract_and_line)
    return Piece(lead=(" ".join((told, *_both_ways(telling.key, scene))),))


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


def _both_ways(key: str, scene: Scene) -> Iterator[str]:
    try:
        rule = law.value(RULE, on=scene.today, country=scene.context.operator.country)
    except UnknownRule:
        return
    days = scene.count("days", rule.of(int))
    if scene.holding and scene.holding.equipment and not any(name in scene.told for name in RETURNS):
        yield scene.texts.say(f"{key}.goods", days=days)
    if not any(name in scene.told for name in REFUNDS):
        yield scene.texts.say(f"{key}.refund", days=days)


def _declared_at(telling: Telling, scene: Scene) -> datetime:
    value = telling.value if isinstance(telling.value, dict) else {}
    request = scene.utterance.request
    known = request.at if request and request.kind == RENOUNCED else scene.utterance.at
    try:
        declared = datetime.fromisoformat(str(value.get("declared_at")))
    except ValueError:
        return known
    return declared if declared.tzinfo else known
