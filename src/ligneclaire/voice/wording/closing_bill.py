"""The last bill of a contract: when, how much, and that it is there."""

from __future__ import annotations

from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of, happening

DATE, AMOUNT, ISSUED = "closing_bill.date", "closing_bill.amount", "closing_bill.issued"


def planned(telling: Telling, scene: Scene) -> Piece:
    """The day of the last bill, with its amount when that is told too."""
    if _bearer(scene) == ISSUED:
        return Piece()
    return Piece(happens=(_with_amount(happening(telling, scene, on=date_of(telling)), DATE, scene),))


def amount(telling: Telling, scene: Scene) -> Piece:
    """The amount of the last bill, where it does not stand beside its date."""
    if _bearer(scene):
        return Piece()
    return Piece(happens=(happening(telling, scene, on=None),))


def issued(telling: Telling, scene: Scene) -> Piece:
    """The last bill is there; a planned date told with it is named."""
    said = happening(telling, scene, on=date_of(telling))
    plan = scene.told.get(DATE)
    if plan and plan.value != telling.value:
        said = said.with_more(scene.texts.say(f"{ISSUED}.planned", value=scene.value(DATE, plan.value)))
    return Piece(happens=(_with_amount(said, ISSUED, scene),))


def _bearer(scene: Scene) -> str | None:
    """The topic beside which the amount is told; a date that changed stands among the changes and bears nothing."""
    return next((key for key in (ISSUED, DATE) if key in scene.told and not change(scene.told[key], scene)), None)


def _with_amount(said: Happening, key: str, scene: Scene) -> Happening:
    if AMOUNT not in scene.told or _bearer(scene) != key:
        return said
    value = scene.value(AMOUNT, scene.told[AMOUNT].value)
    return said.with_more(scene.texts.say(f"{AMOUNT}.attached", value=value))
