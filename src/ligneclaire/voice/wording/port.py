"""The line was to go to another operator, and stays with us."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Piece, Scene


def stays(telling: Telling, scene: Scene) -> Piece:
    """Why it stays, and that the contract goes on as it was."""
    told = scene.texts.say(f"{telling.key}.told", number=scene.phone_number, contract=scene.contract)
    return Piece(lead=(told,))
