"""How the print house works for us, as this installation is set up."""

from __future__ import annotations

from django.conf import settings

from ligneclaire.channels.rules.postage import Terms
from ligneclaire.kernel.money import Money
from ligneclaire.people.queries import operator


def current() -> Terms:
    """The terms of today, in the operator's currency."""
    currency = operator.current().currency
    return Terms(
        per_letter=Money.of(settings.LETTER_PRICE, currency),
        per_page=Money.of(settings.PAGE_PRICE, currency),
        per_registered=Money.of(settings.REGISTERED_PRICE, currency),
        is_duplex=settings.LETTER_DUPLEX,
        is_colour=settings.LETTER_COLOUR,
        postage=settings.LETTER_POSTAGE,
    )
