"""What becomes of the line: who takes it over, and who answers questions on it."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Piece, Scene, happening


def taken_over_by(telling: Telling, scene: Scene) -> Piece:
    """Another operator takes the line over."""
    return Piece(happens=(happening(telling, scene, on=telling.effective),))


def support_for_line(telling: Telling, scene: Scene) -> Piece:
    """Another operator answers questions on the line."""
    on = telling.effective
    to_come = on is not None and on > scene.today
    sentence = scene.texts.say(
        f"{telling.key}.told_dated" if to_come else f"{telling.key}.told",
        line=scene.line,
        value=scene.value(telling.key, telling.value),
        date=scene.day(on) if on else "",
    )
    return Piece(questions=(sentence,))
