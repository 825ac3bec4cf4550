"""What was told before and is different now, or no longer holds."""

from __future__ import annotations

from ligneclaire.channels.content import Section
from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Telling, Told
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes, comparable
from ligneclaire.voice.wording.scene import Scene

ON_THE_DAY = frozenset({"line.taken_over_by", "refund.paid", "equipment.received"})


def changes(scene: Scene) -> Section | None:
    """Everything that differs from what was told, naming the earlier value."""
    lines = [(telling, line) for telling in scene.utterance.tellings if (line := change(telling, scene))]
    if not lines:
        return None
    gone = "gone" if all(telling.value is None for telling, _ in lines) else "changes"
    days = {scene.context.calendar.date_of(telling.earlier.at) for telling, _ in lines if telling.earlier}
    if len(days) == 1:
        title = scene.texts.say(f"titles.{gone}_since", date=scene.day(days.pop()))
    else:
        title = scene.texts.say(f"titles.{gone}")
    return Section(title=title, lines=tuple(line for _, line in lines))


def change(telling: Telling, scene: Scene) -> str:
    """One difference as a sentence; empty when nothing differs for the customer."""
    earlier = telling.earlier
    if earlier is None or earlier.value is None or not _differs(telling, earlier):
        return ""
    return scene.texts.say(
        f"{telling.key}.{_form(telling, earlier, scene)}",
        earlier=_with_day(telling, earlier, scene, of=earlier),
        value=_with_day(telling, earlier, scene, of=telling),
        contract=scene.contract,
        line=scene.line,
        number=scene.phone_number,
    )


def _form(telling: Telling, earlier: Told, scene: Scene) -> str:
    """Which sentence says the difference; that nothing is to be paid reads oddly as an amount."""
    form = "gone" if telling.value is None else "changed"
    told = earlier.value if telling.value is None else telling.value
    if told is False:
        return f"{form}_no"
    if TOPICS[telling.key].takes is Takes.MONEY and scene.texts.has(f"{telling.key}.{form}_none"):
        return f"{form}_none" if not Money.from_json(told).minor else form
    return form


def _differs(telling: Telling, earlier: Told) -> bool:
    takes = TOPICS[telling.key].takes
    if telling.value is None:
        return True
    if takes is Takes.EVENT or TOPICS[telling.key].each_anew:
        return False
    other_day = takes not in {Takes.DATE, Takes.FLAG} and telling.effective != earlier.effective
    return other_day or comparable(telling.value, takes) != comparable(earlier.value, takes)


def _with_day(telling: Telling, earlier: Told, scene: Scene, *, of: Telling | Told) -> str:
    """Write a value, with the day from which it counts where the days differ."""
    value = scene.value(of.key, of.value) if of.value is not None else ""
    if TOPICS[telling.key].takes is Takes.DATE or of.effective is None or telling.effective == earlier.effective:
        return value
    form = "on" if of.key in ON_THE_DAY else "from"
    return scene.texts.say(f"things.effective_{form}", value=value, date=scene.day(of.effective))
