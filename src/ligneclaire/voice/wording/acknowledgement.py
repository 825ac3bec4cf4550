"""What an acknowledgement of a termination says besides the news: how it came, why that day, which rights remain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ligneclaire import law
from ligneclaire.channels.content import Section
from ligneclaire.contracts.rules.reasons import Reason
from ligneclaire.law import UnknownRule
from ligneclaire.voice.rules.matter import latest_end, wished_on
from ligneclaire.voice.rules.state import Stated
from ligneclaire.voice.topics import ENDS_ON, RENOUNCED, REQUESTED, TAKEN_OVER
from ligneclaire.voice.wording.formats import moment
from ligneclaire.voice.wording.scene import Scene

NUMBER, MAILBOX, FEE = "number.kept_until", "mailbox.kept_until", "fees.early_termination"
DEPOSIT_BY, ADVANCE_BY = "refund.deposit_by", "refund.advance_by"


def request_of(scene: Scene) -> Stated | None:
    """The request that a message acknowledges: the one that tells for the first time how the contract ends."""
    request = scene.utterance.request
    return request if request and request.kind == REQUESTED and scene.is_farewell else None


def received(scene: Scene) -> Iterator[str]:
    """When and how the request came, where no other sentence says so, and how the end follows from it."""
    request = request_of(scene)
    if request is None:
        return
    if REQUESTED not in scene.told:
        at = moment(request.at, scene.context.calendar, scene.texts)
        yield scene.texts.say("acknowledgement.received", way=scene.way(request.value), moment=at)
    if ENDS_ON in scene.told:
        yield _reason(request, date.fromisoformat(str(scene.told[ENDS_ON].value)), scene)
    if reference := _reference(request):
        yield scene.texts.say("acknowledgement.reference", reference=reference)


def _reference(request: Stated) -> str:
    """The reference that a page gave to the request, which opens the page where it can be taken back."""
    match request.value:
        case {"received_by": "online", "request": str() as reference}:
            return reference
    return ""


def _reason(request: Stated, ends_on: date, scene: Scene) -> str:
    calendar = scene.context.calendar
    if wished_on(request) == ends_on:
        return scene.texts.say("acknowledgement.by_wish")
    if latest_end(request, calendar) == ends_on:
        days = (ends_on - calendar.date_of(request.at)).days
        return scene.texts.say("acknowledgement.by_notice", days=scene.count("days", days))
    return scene.texts.say("acknowledgement.by_contract")


def rights(scene: Scene) -> Section | None:
    """What the customer may do and what the law grants, unless the message says it already."""
    lines: tuple[str, ...] = ()
    if request := request_of(scene):
        lines = (
            *_take_back(scene),
            *_reason_given(request, scene),
            *_number(scene),
            *_money(scene),
            *_mailbox(scene),
            *_complaints(scene),
        )
    elif RENOUNCED in scene.told:
        lines = tuple(_complaints(scene))
    return Section(title=scene.texts.say("titles.rights"), lines=lines) if lines else None


def _take_back(scene: Scene) -> Iterator[str]:
    end = scene.told.get(ENDS_ON)
    if end is None:
        yield scene.texts.say("rights.take_back")
    elif (on := date.fromisoformat(str(end.value))) >= scene.today:
        yield scene.texts.say("rights.take_back_until", date=scene.day(on))


def _reason_given(request: Stated, scene: Scene) -> Iterator[str]:
    """TER-13: what becomes of the reason, as long as nobody has decided on it and so nothing is said of the fee."""
    given = request.value.get("reason") if isinstance(request.value, dict) else None
    if given in list(Reason) and scene.standing(FEE) is None:
        yield scene.texts.say("rights.reason")


def _number(scene: Scene) -> Iterator[str]:
    days, kept = _lawful("TER-23.port_days", scene), scene.standing(NUMBER)
    key = f"rights.number{'_kept' if kept else ''}_{scene.country}"
    if days and scene.texts.has(key) and scene.standing(TAKEN_OVER) is None:
        date_kept = scene.value(NUMBER, kept) if kept else ""
        yield scene.texts.say(key, number=scene.phone_number, days=scene.count("days", days), date=date_kept)


def _money(scene: Scene) -> Iterator[str]:
    held = scene.holding
    deposit, advance = _lawful("TER-19.deposit_days", scene), _lawful("TER-19.advance_days", scene)
    if deposit and held and held.deposit and not _says(DEPOSIT_BY, scene):
        yield scene.texts.say("rights.deposit", days=scene.count("days", deposit))
    if advance and not _says(ADVANCE_BY, scene):
        yield scene.texts.say("rights.advance", days=scene.count("days", advance))
    yield scene.texts.say("rights.mandate")


def _mailbox(scene: Scene) -> Iterator[str]:
    months = _lawful("TER-22", scene)
    if months and scene.holding and scene.holding.kind == "fixed" and not _says(MAILBOX, scene):
        yield scene.texts.say("rights.mailbox", months=scene.count("months", months))


def _complaints(scene: Scene) -> Iterator[str]:
    key = f"rights.complaints_{scene.country}"
    if scene.texts.has(key):
        yield scene.texts.say(key)


def _says(key: str, scene: Scene) -> bool:
    return scene.standing(key) is not None


def _lawful(rule: str, scene: Scene) -> int | None:
    """The days or months of a rule, in a country that has it."""
    try:
        return law.value(rule, on=scene.today, country=scene.context.operator.country).of(int)
    except UnknownRule:
        return None
