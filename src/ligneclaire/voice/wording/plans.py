"""A plan as people read it: each step with its date, as it was told to the customer, or as we expect it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ligneclaire.flow.states import StepState
from ligneclaire.journeys.queries.plans import PlanCard, PlanStep
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.formats import day
from ligneclaire.voice.wording.texts import Texts, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """One line of a drawing: what, when, whether it is over, goes on or is late, and for advisers whose turn it is."""

    what: str
    when: str
    state: StepState
    is_late: bool = False
    who: str = ""
    after: tuple[str, ...] = ()  # for advisers: the steps that come before


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPlan:
    """A plan with its title and its lines, in the order of the plan."""

    title: str
    is_over: bool
    subject: str
    steps: tuple[DrawnStep, ...]


def step_name(kind: str, name: str, *, language: str) -> str:
    """How people call a step."""
    return texts(language).say(f"plans.{kind}.{name}")


def for_customer(card: PlanCard, *, contract: str, calendar: Calendar, language: str) -> DrawnPlan:
    """What is over, then only dates that were told; of others, by when they must be at the latest."""
    words = texts(language)
    lines = tuple(
        DrawnStep(what=_what(card, step, words), when=_told(step, calendar, words), state=step.state)
        for step in sorted(card.steps, key=_done)
        if not step.is_inside
    )
    return _drawn(card, lines, words.say(f"plans.names.{card.kind}", contract=contract))


def for_adviser(
    card: PlanCard, *, contract: str, departments: Mapping[str, str], calendar: Calendar, language: str
) -> DrawnPlan:
    """What was told, and beside it what we expect; a step that passed its day in silence stands out."""
    words = texts(language)
    lines = tuple(
        DrawnStep(
            what=_what(card, step, words),
            when=_expected(step, calendar, words),
            state=step.state,
            is_late=step.state is StepState.OPEN and step.handed_over_at is not None,
            who=departments.get(step.department, step.department),
            after=tuple(step_name(card.kind, name, language=language) for name in step.after),
        )
        for step in card.steps
    )
    return _drawn(card, lines, words.say(f"plans.titles.{card.kind}", contract=contract))


def _done(step: PlanStep) -> tuple[bool, float]:
    """What is done comes first, by its day; the rest keeps its order."""
    if step.state is StepState.DONE and step.closed_at:
        return False, step.closed_at.timestamp()
    return True, 0.0


def _drawn(card: PlanCard, steps: tuple[DrawnStep, ...], title: str) -> DrawnPlan:
    return DrawnPlan(title=title, is_over=card.ended_at is not None, subject=card.subject, steps=steps)


def _what(card: PlanCard, step: PlanStep, words: Texts) -> str:
    return words.say(f"plans.{card.kind}.{step.name}")


def _told(step: PlanStep, calendar: Calendar, words: Texts) -> str:
    if over := _over(step, calendar, words):
        return over
    if step.promised_on:
        return words.say("plans.on", date=day(step.promised_on, words))
    return _at_latest(step.latest_on, words)


def _expected(step: PlanStep, calendar: Calendar, words: Texts) -> str:
    if over := _over(step, calendar, words):
        return over
    expected = words.say("plans.expected", date=day(step.expected_on, words))
    if step.promised_on is None:
        return expected
    told = words.say("plans.told", date=day(step.promised_on, words))
    return told if step.promised_on == step.expected_on else f"{expected}, {told}"


def _over(step: PlanStep, calendar: Calendar, words: Texts) -> str:
    if step.state is StepState.CANCELLED:
        return words.say("plans.cancelled")
    if step.closed_at is None:
        return ""
    return words.say("plans.done", date=day(calendar.date_of(step.closed_at), words))


def _at_latest(latest_on: date | None, words: Texts) -> str:
    return words.say("plans.at_latest", date=day(latest_on, words)) if latest_on else words.say("plans.to_come")
