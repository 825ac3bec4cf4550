"""The last bill of a contract: when, how much, and that it is there."""

from __future__ import annotations

from dataclasses import replace

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of, happening

DATE, AMOUNT, ISSUED = "closing_bill.date", "closing_bill.amount", "closing_bill.issued"


def planned(telling: Telling, scene: Scene) -> Piece:
    """The day of the last bill, with its amount when that is told too."""
    if ISSUED in scene.told:
        return Piece()
    return Piece(happens=(_with_amount(happening(telling, scene, on=date_of(telling)), scene),))


def amount(telling: Telling, scene: Scene) -> Piece:
    """The amount of the last bill."""
    if not {DATE, ISSUED}.isdisjoint(scene.told):
        return Piece()
    return Piece(happens=(happening(telling, scene, on=None),))


def issued(telling: Telling, scene: Scene) -> Piece:
    """The last bill is there; a planned date told with it is named."""
    said = happening(telling, scene, on=date_of(telling))
    plan = scene.told.get(DATE)
    if plan and plan.value != telling.value:
        said = _with(said, scene.texts.say(f"{ISSUED}.planned", value=scene.value(DATE, plan.value)))
    return Piece(happens=(_with_amount(said, scene),))


def _with_amount(said: Happening, scene: Scene) -> Happening:
    if AMOUNT not in scene.told:
        return said
    value = scene.value(AMOUNT, scene.told[AMOUNT].value)
    return _with(said, scene.texts.say(f"{AMOUNT}.attached", value=value))


def _with(said: Happening, sentence: str) -> Happening:
    return replace(said, step=f"{said.step} {sentence}", sentence=f"{said.sentence} {sentence}")
