"""What is kept for a while after the end."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of


def kept_until(telling: Telling, scene: Scene) -> Piece:
    """The number or the mailbox, until a day."""
    on = date_of(telling)
    values = {"value": scene.day(on), "number": scene.phone_number}
    return Piece(
        happens=(
            Happening(
                on=on,
                when=scene.texts.say(f"{telling.key}.when", **values),
                step=scene.texts.say(f"{telling.key}.step", **values),
                sentence=scene.texts.say(f"{telling.key}.told", **values),
            ),
        )
    )
