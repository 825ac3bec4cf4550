"""The reasons that free of a commitment, with the proof that each needs, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.contracts.rules.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A reason as a customer reads it, and the proof that goes with it."""

    code: str
    name: Promise
    proof: Promise


REASONS: dict[str, Explained] = {
    reason.value: Explained(code=reason.value, name=name, proof=proof)
    for reason, name, proof in (
        (
            Reason.MOVE_ABROAD,
            _("I am moving abroad"),
            _("A proof of your new home or of your work abroad."),
        ),
        (
            Reason.UNREACHABLE_AFTER_MOVE,
            _("I am moving to a place where the service does not exist"),
            _("A proof of your new address, such as a lease or an energy bill."),
        ),
        (
            Reason.DISMISSAL,
            _("I lost a permanent job"),
            _("Copies of your permanent contract and of the letter of dismissal; you may hide the grounds."),
        ),
        (
            Reason.OVER_INDEBTEDNESS,
            _("My over-indebtedness file was declared admissible"),
            _("A copy of the commission’s notification of admissibility."),
        ),
        (
            Reason.FORCE_MAJEURE_DEATH,
            _("The holder has died"),
            _("A copy of the death certificate."),
        ),
        (
            Reason.FORCE_MAJEURE_HOSPITAL,
            _("A long stay in hospital"),
            _("A certificate of stay; nothing about an illness is needed."),
        ),
        (
            Reason.FORCE_MAJEURE_PRISON,
            _("Imprisonment"),
            _("A certificate of presence."),
        ),
        (
            Reason.PERFORMANCE_GAP,
            _("The service stays clearly below what the contract says"),
            _("The dates of the faults, and measurements or messages about them if you have some."),
        ),
        (
            Reason.PRICE_CHANGE,
            _("The price or the terms of the contract change"),
            _("No proof is needed: we know of the change."),
        ),
        (
            Reason.OTHER,
            _("Another reason"),
            _("Whatever shows it; your adviser looks at it with you."),
        ),
    )
}
