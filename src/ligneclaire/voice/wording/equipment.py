"""What has to come back: what, how, until when, what happens otherwise, and that it arrived."""

from __future__ import annotations

from collections.abc import Iterator

from ligneclaire.channels.content import Todo
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Piece, Scene, happening
from ligneclaire.voice.wording.shown import plain, way

WHAT, BY, HOW = "equipment.to_return", "equipment.return_by", "equipment.return_how"
PENALTY, DAYS = "equipment.penalty", "equipment.days_after_formal_notice"
MISSING, NOTICE = "equipment.missing", "equipment.formal_notice"


def to_return(telling: Telling, scene: Scene) -> Piece:
    """What to send back, with all that is told about it, or the date by which the rest will be told."""
    todo = _todo(scene, scene.value(telling.key, telling.value), promised=tuple(_promised(scene)))
    return Piece(todo=(todo,))


def return_by(_telling: Telling, scene: Scene) -> Piece:
    """Until when to send it back; part of what to do when that is told as well."""
    reminder = MISSING in scene.told and NOTICE not in scene.told
    if WHAT in scene.told or reminder:
        return Piece()
    return Piece(todo=(_todo(scene, scene.texts.say("things.equipment")),))


def return_how(telling: Telling, scene: Scene) -> Piece:
    """How to send it back; part of what to do, or of until when, when one of these is told as well."""
    return Piece() if BY in scene.told or NOTICE in scene.told else return_by(telling, scene)


def penalty(telling: Telling, scene: Scene) -> Piece:
    """What is charged when it does not come back, after the reminder that comes first; or the formal notice says it."""
    if NOTICE in scene.told and DAYS not in scene.told:
        return Piece()
    value = scene.value(telling.key, telling.value)
    if DAYS not in scene.told:
        return Piece(unreturned=(scene.texts.say(f"{telling.key}.told", value=value),))
    reminder = _reminder(scene.told[DAYS], scene)
    return Piece(unreturned=(f"{reminder} {scene.texts.say(f'{telling.key}.after_notice', value=value)}",))


def days_after_formal_notice(telling: Telling, scene: Scene) -> Piece:
    """How long there is after the reminder; part of what is charged when that is told as well."""
    return Piece() if PENALTY in scene.told else Piece(unreturned=(_reminder(telling, scene),))


def received(telling: Telling, scene: Scene) -> Piece:
    """What arrived, and what is still to come."""
    said, rest = happening(telling, scene, on=telling.effective), _rest(telling, scene)
    if not rest:
        return Piece(happens=(said,))
    value = scene.value(MISSING, rest)
    return Piece(happens=(said.with_more(scene.texts.say(f"{telling.key}.rest", items=value)),))


def told_with(scene: Scene) -> frozenset[str]:
    """What will be told later and is said so beside what to send back."""
    return frozenset({BY, HOW} & set(scene.later)) if WHAT in scene.told else frozenset()


def _todo(scene: Scene, items: str, *, promised: tuple[str, ...] = ()) -> Todo:
    by = scene.told.get(BY)
    limit = scene.texts.say(f"{BY}.by", value=scene.value(BY, by.value)) if by else ""
    return Todo(what=" ".join((things_to_do(scene, items), *promised)), by=limit)


def things_to_do(scene: Scene, items: str) -> str:
    """What to send back, and how, where that is or was told."""
    how = scene.standing(HOW)
    if how is None:
        return scene.texts.say(f"{WHAT}.todo", items=items)
    text, known = way(str(how), scene.texts)
    return scene.texts.say(f"{WHAT}.todo_way" if known else f"{WHAT}.todo_stated", items=items, way=text)


def _rest(telling: Telling, scene: Scene) -> list[str]:
    """Name what had to come back and has not arrived, unless a reminder does."""
    wanted = scene.standing(WHAT)
    if not isinstance(wanted, list) or not isinstance(telling.value, list) or MISSING in scene.told:
        return []
    arrived = {plain(kind) for kind in telling.value}
    return [kind for kind in wanted if plain(kind) not in arrived]


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
