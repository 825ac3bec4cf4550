"""What has to come back: what, how, until when, what happens otherwise, and that it arrived."""

from __future__ import annotations

from collections.abc import Iterator

from ligneclaire.channels.content import Todo
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Piece, Scene, happening
from ligneclaire.voice.wording.shown import way

WHAT, BY, HOW = "equipment.to_return", "equipment.return_by", "equipment.return_how"
PENALTY, DAYS = "equipment.penalty", "equipment.days_after_formal_notice"


def to_return(telling: Telling, scene: Scene) -> Piece:
    """What to send back, with all that is told about it, or the date by which the rest will be told."""
    todo = _todo(scene, scene.value(telling.key, telling.value), promised=tuple(_promised(scene)))
    return Piece(todo=(todo,))


def return_by(_telling: Telling, scene: Scene) -> Piece:
    """Until when to send it back; part of what to do when that is told as well."""
    if WHAT in scene.told:
        return Piece()
    return Piece(todo=(_todo(scene, scene.texts.say("things.equipment")),))


def return_how(telling: Telling, scene: Scene) -> Piece:
    """How to send it back; part of what to do, or of until when, when one of these is told as well."""
    return Piece() if BY in scene.told else return_by(telling, scene)


def penalty(telling: Telling, scene: Scene) -> Piece:
    """What is charged when it does not come back, after the reminder that comes first."""
    value = scene.value(telling.key, telling.value)
    if DAYS not in scene.told:
        return Piece(unreturned=(scene.texts.say(f"{telling.key}.told", value=value),))
    reminder = _reminder(scene.told[DAYS], scene)
    return Piece(unreturned=(f"{reminder} {scene.texts.say(f'{telling.key}.after_notice', value=value)}",))


def days_after_formal_notice(telling: Telling, scene: Scene) -> Piece:
    """How long there is after the reminder; part of what is charged when that is told as well."""
    return Piece() if PENALTY in scene.told else Piece(unreturned=(_reminder(telling, scene),))


def received(telling: Telling, scene: Scene) -> Piece:
    """What arrived."""
    return Piece(happens=(happening(telling, scene, on=telling.effective),))


def told_with(scene: Scene) -> frozenset[str]:
    """What will be told later and is said so beside what to send back."""
    return frozenset({BY, HOW} & set(scene.later)) if WHAT in scene.told else frozenset()


def _todo(scene: Scene, items: str, *, promised: tuple[str, ...] = ()) -> Todo:
    by = scene.told.get(BY)
    limit = scene.texts.say(f"{BY}.by", value=scene.value(BY, by.value)) if by else ""
    return Todo(what=" ".join((_what(scene, items), *promised)), by=limit)


def _what(scene: Scene, items: str) -> str:
    how = scene.told.get(HOW)
    if how is None:
        return scene.texts.say(f"{WHAT}.todo", items=items)
    text, known = way(str(how.value), scene.texts)
    return scene.texts.say(f"{WHAT}.todo_way" if known else f"{WHAT}.todo_stated", items=items, way=text)


def _promised(scene: Scene) -> Iterator[str]:
    how, by = scene.later.get(HOW), scene.later.get(BY)
    if how and how == by:
        yield scene.texts.say(f"{WHAT}.wait", date=scene.day(how))
        return
    if how:
        yield scene.texts.say(f"{WHAT}.wait_how", date=scene.day(how))
    if by:
        yield scene.texts.say(f"{WHAT}.wait_by", date=scene.day(by))


def _reminder(telling: Telling, scene: Scene) -> str:
    return scene.texts.say(f"{DAYS}.told", value=scene.value(DAYS, telling.value))
