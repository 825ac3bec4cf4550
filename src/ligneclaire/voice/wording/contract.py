"""When a contract ends, or that it goes on, or that everything about it is settled."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import REQUESTED
from ligneclaire.voice.wording.acknowledgement import received
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of


def ends_on(telling: Telling, scene: Scene) -> Piece:
    """The day on which the contract ends: first of all, and again in its place among the steps."""
    texts, on = scene.texts, date_of(telling)
    tense = "_past" if on < scene.today else ""
    asked = "asked" if scene.utterance.received_by and REQUESTED not in scene.told else "told"
    value = scene.day(on)
    step = texts.say(f"{telling.key}.step{tense}")
    sentence = texts.say(f"{telling.key}.{asked}{tense}", contract=scene.contract_and_line, value=value)
    if change(telling, scene):
        return Piece(happens=(Happening(on=on, when=value, step=step, sentence=sentence),))
    lead = " ".join((sentence, *received(scene)))
    return Piece(lead=(lead,), happens=(Happening(on=on, when=value, step=step, sentence=""),))


def goes_on(telling: Telling, scene: Scene) -> Piece:
    """Whether the contract goes on."""
    form = "told" if telling.value else "told_no"
    sentence = scene.texts.say(f"{telling.key}.{form}", contract=scene.contract_and_line)
    return Piece() if change(telling, scene) else Piece(lead=(sentence,))


def closed(telling: Telling, scene: Scene) -> Piece:
    """Everything is settled."""
    return Piece(lead=(scene.texts.say(f"{telling.key}.told", contract=scene.contract_and_line),))
