"""What the end of a contract costs, and what we pay back."""

from __future__ import annotations

from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, happening


def early_termination(telling: Telling, scene: Scene) -> Piece:
    """A fee, or that there is none."""
    if Money.from_json(telling.value).minor:
        return Piece(happens=(happening(telling, scene, on=telling.effective),))
    sentence = scene.texts.say(f"{telling.key}.told_none")
    return Piece(happens=(Happening(step=sentence, sentence=sentence),))


def refund(telling: Telling, scene: Scene) -> Piece:
    """Money that we pay back, or have paid."""
    return Piece(happens=(happening(telling, scene, on=telling.effective),))
