"""Every plan can be walked: steps come after earlier ones, speak of topics, and have words in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ligneclaire.flow.plan import Plan
from ligneclaire.journeys.plans import CURRENT, DEFINITIONS, FAMILIES
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording.texts import LANGUAGES, texts


def faults(plan: Plan[Any]) -> Iterator[str]:
    known: list[str] = []
    for step in plan.steps:
        yield from (
            f"{plan.kind}: {step.name} comes after {name}, which is not before it"
            for name in step.after
            if name not in known
        )
        if step.tells and (step.tells not in TOPICS or TOPICS[step.tells].takes not in {Takes.DATE, Takes.SLOT}):
            yield f"{plan.kind}: {step.name} is promised by {step.tells}, which takes no date"
        known.append(step.name)
    yield from (f"{plan.kind}: {name} stands twice" for name in known if known.count(name) > 1)
    for says in plan.says:
        if says.key not in TOPICS:
            yield f"{plan.kind}: says {says.key}, which is no topic"
    for key in [*plan.triggers, *(says.key for says in plan.says), *(step.tells for step in plan.steps if step.tells)]:
        if key.partition(".")[0] not in FAMILIES:
            yield f"{plan.kind}: {key} is not among what plans listen to"


def test_steps_come_in_order_and_plans_speak_of_topics() -> None:
    assert [fault for plan in CURRENT for fault in faults(plan)] == []


def test_the_last_step_waits_for_all_others() -> None:
    unwaited = {
        plan.kind: [step.name for step in plan.steps[:-1] if step.name not in _before(plan, plan.steps[-1].name)]
        for plan in CURRENT
    }

    assert unwaited == {plan.kind: [] for plan in CURRENT}


def test_every_current_plan_is_known_by_kind_and_version() -> None:
    assert {(plan.kind, plan.version) for plan in CURRENT} <= DEFINITIONS.known.keys()
    assert len({plan.kind for plan in CURRENT}) == len(CURRENT)


def test_every_step_has_words_in_every_language() -> None:
    missing = [
        f"{language}: plans.{plan.kind}.{step.name}"
        for language in LANGUAGES
        for plan in CURRENT
        for step in plan.steps
        if not texts(language).has(f"plans.{plan.kind}.{step.name}")
    ]

    assert missing == []


def _before(plan: Plan[Any], name: str) -> set[str]:
    after = {step.name: step.after for step in plan.steps}
    found, waiting = set[str](), [name]
    while waiting:
        for earlier in after[waiting.pop()]:
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found
