"""A line that moves, is new, is lost or works again: what was asked for, what happens, and by when."""

from __future__ import annotations

from ligneclaire.channels.content import Todo
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import day_of, day_told
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.scene import Piece, Scene, happening

WORKS = "line.works"
MOVE, LOST = "move.requested", "line.lost"


def asked(telling: Telling, scene: Scene) -> Piece:
    """That a request arrived, with the place and the day that it names."""
    value = telling.value if isinstance(telling.value, dict) else {}
    place, day = str(value.get("to") or value.get("address") or "").strip(), day_of(value.get("date"))
    form = ("_at" if place else "") + ("_on" if day else "")
    told = scene.texts.say(
        scene.texts.best(f"{telling.key}.told{form}", f"{telling.key}.told"),
        line=scene.line,
        contract=scene.contract,
        place=place,
        date=scene.day(day) if day else "",
    )
    care = "care_lost" if LOST in scene.told and telling.key == MOVE else "care"
    return Piece(lead=(f"{told} {scene.texts.say(f'{telling.key}.{care}')}",))


def stays(telling: Telling, scene: Scene) -> Piece:
    """The move is taken back, and the line stays where it is."""
    return Piece(lead=(scene.texts.say(f"{telling.key}.told", line=scene.line),))


def lost(telling: Telling, scene: Scene) -> Piece:
    """The line was cut and should not have been: said plainly, with an excuse."""
    value = scene.value(telling.key, telling.value)
    return Piece(lead=(scene.texts.say(f"{telling.key}.told", line=scene.line, value=value),))


def dated(telling: Telling, scene: Scene) -> Piece:
    """What happens on a day: the line works, a technician comes."""
    on = day_told(telling.value, TOPICS[telling.key].takes)
    return Piece(happens=(happening(telling, scene, on=on),))


def to_choose(telling: Telling, scene: Scene) -> Piece:
    """Where the customer chooses when a technician comes."""
    what = scene.texts.say(f"{telling.key}.told", value=scene.value(telling.key, telling.value))
    return Piece(todo=(Todo(what=what, by=""),))


def restored(telling: Telling, scene: Scene) -> Piece:
    """The line works again; where the new line is said to work since the same day, that says it."""
    new = scene.told.get(WORKS)
    return Piece() if new and new.value == telling.value else dated(telling, scene)


def plain(telling: Telling, scene: Scene) -> Piece:
    """A sentence at the beginning, unless it stands among what changed."""
    value = scene.value(telling.key, telling.value)
    return Piece() if change(telling, scene) else Piece(lead=(scene.texts.say(f"{telling.key}.told", value=value),))


def of_bill(telling: Telling, scene: Scene) -> Piece:
    """A bill, or what is taken off it."""
    return Piece(happens=(happening(telling, scene, on=None),))
