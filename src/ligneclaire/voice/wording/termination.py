"""The customer asks to leave, or stays after all."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.acknowledgement import request_of
from ligneclaire.voice.wording.formats import moment
from ligneclaire.voice.wording.scene import Piece, Scene


def requested(telling: Telling, scene: Scene) -> Piece:
    """Confirm that the request arrived; alone, say who takes care and that one complete message follows, undated."""
    told = _told(telling, scene)
    if not is_receipt(scene):
        return Piece(lead=(told,))
    addressee = scene.context.addressee
    stands_in = addressee.present.number != addressee.adviser.number
    care = (
        scene.texts.say("frame.away", adviser=addressee.adviser.name)
        if stands_in
        else scene.texts.say(f"{telling.key}.care")
    )
    return Piece(lead=(f"{told} {care}", scene.texts.say(f"{telling.key}.next")))


def _told(telling: Telling, scene: Scene) -> str:
    request = request_of(scene)
    if request is None:
        return scene.texts.say(f"{telling.key}.told", contract=scene.contract)
    at = moment(request.at, scene.context.calendar, scene.texts)
    return scene.texts.say(f"{telling.key}.told_at", contract=scene.contract, way=scene.way(request.value), moment=at)


def withdrawn(telling: Telling, scene: Scene) -> Piece:
    """Confirm that the contract goes on."""
    return Piece(lead=(scene.texts.say(f"{telling.key}.told", contract=scene.contract_and_line),))


def is_receipt(scene: Scene) -> bool:
    """Whether a message only confirms a request: it holds no date but its own."""
    return [telling.key for telling in scene.utterance.tellings] == ["termination.requested"] and bool(scene.told)
