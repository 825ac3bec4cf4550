"""Equipment that did not come back in time: a reminder, a formal notice, a charge."""

from __future__ import annotations

from ligneclaire.channels.content import Todo
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.equipment import BY, MISSING, NOTICE, PENALTY, WHAT, things_to_do
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of


def missing(telling: Telling, scene: Scene) -> Piece:
    """What has not arrived yet, kindly; a formal notice says it for itself."""
    if NOTICE in scene.told:
        return Piece()
    items = scene.value(telling.key, telling.value)
    told = scene.texts.say(f"{telling.key}.told", value=items)
    todo = () if WHAT in scene.told else (Todo(what=things_to_do(scene, items), by=_limit(scene)),)
    return Piece(lead=() if change(telling, scene) else (told,), todo=todo)


def formal_notice(telling: Telling, scene: Scene) -> Piece:
    """The last day to return what is missing, and what is charged otherwise."""
    texts, value = scene.texts, scene.day(date_of(telling))
    items = _missing(scene) or texts.say("things.equipment")
    told = texts.say(f"{telling.key}.told", items=items, value=value)
    return Piece(
        lead=(f"{told} {texts.say(f'{telling.key}.sent')}",),
        todo=(Todo(what=things_to_do(scene, items), by=texts.say(f"{telling.key}.by", value=value)),),
        unreturned=(_otherwise(telling.key, scene),),
    )


def charged(telling: Telling, scene: Scene) -> Piece:
    """What is charged for what did not come back, and that it is given back when it does."""
    items, value = _missing(scene), scene.value(telling.key, telling.value)
    form = "told_items" if items else "told"
    sentence = scene.texts.say(f"{telling.key}.{form}", items=items, value=value)
    when = scene.day(telling.effective) if telling.effective else ""
    return Piece(happens=(Happening(on=telling.effective, when=when, step=sentence, sentence=sentence),))


def _missing(scene: Scene) -> str:
    """What is known to be missing, or else all that had to come back."""
    key = next((key for key in (MISSING, WHAT) if scene.standing(key) is not None), "")
    return scene.value(key, scene.standing(key)) if key else ""


def _otherwise(key: str, scene: Scene) -> str:
    penalty = scene.standing(PENALTY)
    if penalty is None:
        return scene.texts.say(f"{key}.otherwise")
    return scene.texts.say(f"{key}.otherwise_amount", amount=scene.value(PENALTY, penalty))


def _limit(scene: Scene) -> str:
    by = scene.standing(BY)
    if not isinstance(by, str) or (BY not in scene.told and by < scene.today.isoformat()):
        return ""
    return scene.texts.say(f"{BY}.by", value=scene.value(BY, by))
