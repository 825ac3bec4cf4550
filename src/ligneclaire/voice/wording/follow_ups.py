"""What stays behind, and by when it will be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ligneclaire.channels.content import Section
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.wording.equipment import BY, HOW, WHAT, told_with
from ligneclaire.voice.wording.formats import listed
from ligneclaire.voice.wording.scene import Scene


def section(scene: Scene) -> Section | None:
    """Everything that will be told later, by day, except what is said beside the equipment to return."""
    elsewhere = told_with(scene)
    days: dict[date, list[str]] = {}
    for key in TOPICS:
        if key in scene.later and key not in elsewhere:
            days.setdefault(scene.later[key], []).append(key)
    if not days:
        return None
    lines = (
        scene.texts.say("frame.later", date=scene.day(day), what=listed(_phrases(keys, scene), scene.texts))
        for day, keys in sorted(days.items())
    )
    return Section(title=scene.texts.say("titles.later"), lines=tuple(lines))


def _phrases(keys: Sequence[str], scene: Scene) -> Iterator[str]:
    """Name each topic; how and by when to return the equipment are one."""
    together = {BY, HOW} <= set(keys)
    for key in keys:
        if not (together and key == HOW):
            yield scene.texts.say(f"{WHAT}.later_ways" if together and key == BY else f"{key}.later")
