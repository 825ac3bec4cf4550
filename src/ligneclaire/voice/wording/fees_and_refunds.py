"""What the end of a contract costs, and what we pay back."""

from __future__ import annotations

from collections.abc import Iterator

from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.wording.changes import change
from ligneclaire.voice.wording.scene import Happening, Piece, Scene, date_of, happening

FEE, FORMULA = "fees.early_termination", "fees.formula"


def early_termination(telling: Telling, scene: Scene) -> Piece:
    """A fee, or that there is none."""
    if Money.from_json(telling.value).minor:
        said = happening(telling, scene, on=telling.effective)
        return Piece(happens=(said.with_more(*_calculation(scene)),))
    sentence = scene.texts.say(f"{telling.key}.told_none")
    return Piece(happens=(Happening(step=sentence, sentence=sentence),))


def formula(telling: Telling, scene: Scene) -> Piece:
    """How the fee is calculated, where it does not stand beside the fee."""
    if _bears_formula(scene):
        return Piece()
    return Piece(happens=(happening(telling, scene, on=None),))


def refund(telling: Telling, scene: Scene) -> Piece:
    """Money that we pay back, or have paid; its latest day says it when both are told."""
    if any(_amount_of(by, scene) is telling for by in scene.told.values()):
        return Piece()
    return Piece(happens=(happening(telling, scene, on=telling.effective),))


def refund_by(telling: Telling, scene: Scene) -> Piece:
    """The latest day on which we pay back, with the amount when that is told too."""
    on, amount = date_of(telling), _amount_of(telling, scene)
    attached = scene.texts.say("things.amount", value=scene.value(amount.key, amount.value)) if amount else ""
    values = {"value": scene.day(on), "amount": attached}
    tense = "_past" if on < scene.today else ""
    return Piece(
        happens=(
            Happening(
                on=on,
                when=values["value"] if tense else scene.texts.say(f"{telling.key}.when", **values),
                step=scene.texts.say(f"{telling.key}.step{tense}", **values),
                sentence=scene.texts.say(f"{telling.key}.told{tense}", **values),
            ),
        )
    )


def _amount_of(by: Telling, scene: Scene) -> Telling | None:
    """Find the amount that is told beside its latest day; what changed stands among the changes, and bears nothing."""
    amount = scene.told.get(TOPICS[by.key].pays or "")
    if amount is None or amount.effective or change(by, scene) or change(amount, scene):
        return None
    return amount


def _bears_formula(scene: Scene) -> bool:
    fee = scene.told.get(FEE)
    return fee is not None and bool(Money.from_json(fee.value).minor) and not change(fee, scene)


def _calculation(scene: Scene) -> Iterator[str]:
    if FORMULA in scene.told and _bears_formula(scene) and not change(scene.told[FORMULA], scene):
        yield scene.texts.say(f"{FORMULA}.attached", value=scene.value(FORMULA, scene.told[FORMULA].value))
