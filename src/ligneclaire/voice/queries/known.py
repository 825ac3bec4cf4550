"""What is known of the matter in hand, as it is set into a standard text."""

from __future__ import annotations

from datetime import date, datetime

from ligneclaire.cases.queries import cards
from ligneclaire.contracts.queries import household
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees, advisers, numbers, operator
from ligneclaire.voice.rules.variables import Variable
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.texts import texts


def language_of(customer: str, *, at: datetime) -> str:
    """The language in which we write to a customer."""
    today = operator.current().calendar.date_of(at)
    return texts(addressees.of([customer], on=today)[customer].language).language


def values(customer: str, *, case: str, promised: date | None, by: str, at: datetime) -> dict[Variable, str]:
    """The variables that have a value, in the customer's language; what could be one of several has none.

    `promised` is the day that is being promised; one that was promised before is not what a new message says.
    """
    house = operator.current()
    to = addressees.of([customer], on=house.calendar.date_of(at))[customer]
    words, adviser = texts(to.language), advisers.cards([by])[by]
    known = {
        Variable.CUSTOMER: to.name,
        Variable.ADVISER: adviser.name,
        Variable.PHONE: formats.phone(adviser.phone, house.country),
        Variable.OFFER: _offer(customer, case),
        Variable.CASE: case,
        Variable.PROMISED: formats.day(promised, words) if promised else "",
    }
    return {variable: value for variable, value in known.items() if value}


def _offer(customer: str, case: str) -> str:
    """Of the contract that the case is about, else of the only one."""
    held = [one for theirs in household.of(numbers.of(customer)).values() for one in theirs]
    card = cards.by_reference(case) if case else None
    about = [one for one in held if card and card.subject == str(Ref("contract", one.contract))]
    offers = {one.offer_name for one in about or held}
    return offers.pop() if len(offers) == 1 else ""
