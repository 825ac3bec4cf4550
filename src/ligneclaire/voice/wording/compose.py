"""An utterance as one message in the customer's language: pure, and the only place that words what customers read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ligneclaire.cases.facts import CASE_MERGED
from ligneclaire.channels.content import Content, Section, Step, Todo
from ligneclaire.voice.rules.state import Telling, Utterance
from ligneclaire.voice.topics import CLOSED, RENOUNCED, TAKEN_OVER, TOPICS, WITHDRAWN
from ligneclaire.voice.wording import (
    acknowledgement,
    closing_bill,
    contract,
    equipment,
    fees_and_refunds,
    follow_ups,
    frame,
    kept,
    line,
    moving,
    overdue,
    port,
    subjects,
    termination,
    withdrawal,
)
from ligneclaire.voice.wording.changes import change, changes
from ligneclaire.voice.wording.context import Context
from ligneclaire.voice.wording.scene import Happening, Piece, Scene
from ligneclaire.voice.wording.texts import texts

WORDINGS: dict[str, Callable[[Telling, Scene], Piece]] = {
    "termination.requested": termination.requested,
    "termination.withdrawn": termination.withdrawn,
    "withdrawal.requested": withdrawal.requested,
    "port.failed": port.stays,
    "port.cancelled": port.stays,
    "contract.ends_on": contract.ends_on,
    "contract.goes_on": contract.goes_on,
    "line.taken_over_by": line.taken_over_by,
    "support.for_line": line.support_for_line,
    "closing_bill.date": closing_bill.planned,
    "closing_bill.amount": closing_bill.amount,
    "closing_bill.issued": closing_bill.issued,
    "fees.early_termination": fees_and_refunds.early_termination,
    "fees.formula": fees_and_refunds.formula,
    "refund.deposit": fees_and_refunds.refund,
    "refund.deposit_by": fees_and_refunds.refund_by,
    "refund.advance": fees_and_refunds.refund,
    "refund.advance_by": fees_and_refunds.refund_by,
    "refund.withdrawal": fees_and_refunds.refund,
    "refund.withdrawal_by": fees_and_refunds.refund_by,
    "refund.paid": fees_and_refunds.refund,
    "equipment.to_return": equipment.to_return,
    "equipment.return_by": equipment.return_by,
    "equipment.return_how": equipment.return_how,
    "equipment.penalty": equipment.penalty,
    "equipment.days_after_formal_notice": equipment.days_after_formal_notice,
    "equipment.received": equipment.received,
    "equipment.missing": overdue.missing,
    "equipment.formal_notice": overdue.formal_notice,
    "equipment.charged": overdue.charged,
    "number.kept_until": kept.kept_until,
    "mailbox.kept_until": kept.kept_until,
    "contract.closed": contract.closed,
    CASE_MERGED: moving.plain,
    "move.requested": moving.asked,
    "move.withdrawn": moving.stays,
    "line.requested": moving.asked,
    "fault.reported": moving.asked,
    "line.lost": moving.lost,
    "line.restored_by": moving.dated,
    "remedy.offered": moving.plain,
    "visit.to_choose": moving.to_choose,
    "visit.at": moving.dated,
    "visit.repair_at": moving.dated,
    "visit.reminder": moving.dated,
    "visit.repair_reminder": moving.dated,
    "visit.under_way": moving.dated,
    "compensation.missed_visit": moving.of_bill,
    "line.works_on": moving.dated,
    "line.works": moving.dated,
    "line.restored": moving.restored,
    "bill.issued": moving.of_bill,
    "credit.no_service": moving.of_bill,
}
ALONE = 1  # a timeline has more than one step


def compose(utterance: Utterance, context: Context) -> Content:
    """Word everything that an utterance holds, in the order in which it happens to the customer."""
    scene = Scene(utterance=utterance, context=context, texts=texts(context.language))
    pieces = {telling.key: WORDINGS[telling.key](telling, scene) for telling in scene.told.values()}
    steps, undated, sentences = _in_time(scene, pieces)
    todo = tuple(todo for piece in pieces.values() for todo in piece.todo)
    questions = _questions(scene, pieces)
    subject = subjects.subject(scene)
    content = Content(
        language=scene.texts.language,
        subject=subject,
        dated=scene.texts.say("frame.dated", date=scene.day(scene.today)),
        dated_on=scene.today,
        details=frame.details(scene, holder=acknowledgement.request_of(scene) is not None or RENOUNCED in scene.told),
        salutation=scene.texts.say(f"salutations.{frame.title_of(context.addressee)}"),
        opening=tuple(_opening(scene, pieces, sentences, is_overview=bool(todo and steps))),
        changes=changes(scene),
        todo_title=_title(scene, "todo", todo),
        todo=todo,
        steps_title=_title(scene, "steps", steps),
        steps=steps,
        sections=tuple(section for section in (undated, *_sections(scene, pieces), questions) if section),
        closing=frame.closing(
            scene,
            thanks=scene.is_farewell or WITHDRAWN in scene.told or CLOSED in scene.told,
            asked_elsewhere=questions is not None,
            dated=not termination.is_receipt(scene),
        ),
        rights=acknowledgement.rights(scene),
        contact=frame.contact(context.addressee.present, context.operator, scene.texts),
        reference=context.reference,
        labels=frame.labels(scene.texts),
        sms=subjects.plain(subject),
    )
    return replace(content, grounds=_grounds(content, scene, pieces))


def _grounds(content: Content, scene: Scene, pieces: Mapping[str, Piece]) -> tuple[tuple[str, ...], ...]:
    """Which topics each line says: those whose sentences it holds, and those that these sentences say along."""
    lines = [line.text for line in content.lines]
    found = {telling.key: _holding(lines, {change(telling, scene)}) for telling in scene.utterance.tellings}
    for key, piece in pieces.items():
        found[key] |= _holding(lines, set(piece.sentences))
    along = {key: _along(key, lines, scene, found) for key in pieces if not found[key]}
    found |= along
    return tuple(tuple(key for key, places in found.items() if n in places) for n in range(len(lines)))


def _along(key: str, lines: Sequence[str], scene: Scene, found: Mapping[str, set[int]]) -> set[int]:
    """Where a topic without sentences of its own is said: with others of its moment, where its value stands."""
    beside = set().union(*(found[other] for other in found if TOPICS[other].moment is TOPICS[key].moment))
    return _holding(lines, {scene.value(key, scene.told[key].value)}) & beside or beside


def _holding(lines: Sequence[str], sentences: set[str]) -> set[int]:
    return {n for n, line in enumerate(lines) if any(one and one in line for one in sentences)}


def _in_time(scene: Scene, pieces: dict[str, Piece]) -> tuple[tuple[Step, ...], Section | None, tuple[str, ...]]:
    """Lay out what happens: as dated steps and what has no day after them, or as sentences for one thing or no date."""
    happens = [happening for piece in pieces.values() for happening in piece.happens]
    news = [each for key, piece in pieces.items() if not change(scene.told[key], scene) for each in piece.happens]
    if news and _is_timeline(happens):
        dated = sorted((one.on, place) for place, one in enumerate(happens) if one.on)
        steps = tuple(Step(when=happens[place].when, what=happens[place].step) for _, place in dated)
        return steps, _undated(scene, happens), ()
    return (), None, tuple(happening.sentence for happening in news if happening.sentence)


def _is_timeline(happens: Sequence[Happening]) -> bool:
    return len(happens) > ALONE and any(happening.on for happening in happens)


def _undated(scene: Scene, happens: Sequence[Happening]) -> Section | None:
    """What is told without a day; under a heading of its own, so that nobody reads it as due on the day above it."""
    lines = tuple(one.step for one in happens if not one.on)
    return Section(title=scene.texts.say("titles.undated"), lines=lines) if lines else None


def _opening(scene: Scene, pieces: dict[str, Piece], sentences: tuple[str, ...], *, is_overview: bool) -> Iterator[str]:
    lead = [sentence for piece in pieces.values() for sentence in piece.lead]
    if lead:
        yield from lead
    elif scene.is_farewell:
        leaving = scene.texts.say("frame.leaving", contract=scene.contract_and_line)
        yield " ".join((leaving, *acknowledgement.received(scene)))
    else:
        about = "frame.about_ending" if scene.is_leaving else "frame.about"
        yield scene.texts.say(about, contract=scene.contract_and_line)
    if sentences:
        yield " ".join(sentences)
    if is_overview and scene.is_farewell:
        yield scene.texts.say("frame.overview")


def _sections(scene: Scene, pieces: dict[str, Piece]) -> Iterator[Section | None]:
    unreturned = tuple(sentence for piece in pieces.values() for sentence in piece.unreturned)
    if unreturned:
        yield Section(title=scene.texts.say("titles.unreturned"), lines=unreturned)
    taken_over = scene.told.get(TAKEN_OVER)
    if scene.is_farewell or (taken_over and not taken_over.earlier):
        yield frame.goes_on(scene)
    yield withdrawal.declaration(scene)
    yield follow_ups.section(scene)


def _questions(scene: Scene, pieces: dict[str, Piece]) -> Section | None:
    answers = tuple(sentence for piece in pieces.values() for sentence in piece.questions)
    if not answers:
        return None
    rest = scene.texts.say("frame.rest", phone=scene.phone(scene.context.addressee.present.phone))
    return Section(title=scene.texts.say("titles.questions"), lines=(*answers, rest))


def _title(scene: Scene, name: str, filled: tuple[Todo, ...] | tuple[Step, ...]) -> str:
    return scene.texts.say(f"titles.{name}") if filled else ""
