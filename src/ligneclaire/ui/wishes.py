"""How a customer wants to be written to, as a form asks for it on the desk and in the space."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.people.states import OPTIONAL, MessagePurpose, Way
from ligneclaire.people.values import Wishes

PURPOSES: Mapping[MessagePurpose, Promise] = {
    MessagePurpose.SERVICE: _("Contract, line and requests"),
    MessagePurpose.DATES: _("Appointments and dates"),
    MessagePurpose.BILLS: _("Bills, fees and refunds"),
    MessagePurpose.COMMERCIAL: _("Offers"),
    MessagePurpose.SURVEYS: _("Surveys"),
}
WAYS: Mapping[Way, Promise] = {
    Way.ANY: _("No preference"),
    Way.EMAIL: _("By e-mail"),
    Way.SMS: _("By text message"),
    Way.LETTER: _("By letter"),
    Way.NONE: _("Not at all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One purpose, the ways that there are for it, and the one that is chosen."""

    name: str
    text: Promise
    ways: tuple[tuple[str, Promise], ...]
    chosen: str


def rows(wishes: Wishes) -> tuple[Row, ...]:
    """The form as it stands."""
    return tuple(
        Row(
            name=purpose.value,
            text=text,
            ways=tuple((way.value, said) for way, said in WAYS.items() if way is not Way.NONE or purpose in OPTIONAL),
            chosen=wishes.ways.get(purpose, Way.ANY).value,
        )
        for purpose, text in PURPOSES.items()
    )


def chosen(sent: QueryDict) -> dict[MessagePurpose, Way]:
    """What was sent, without what no form of ours sends."""
    given = {purpose: sent.get(purpose.value, "") for purpose in PURPOSES}
    known = {purpose: Way(way) for purpose, way in given.items() if way in Way.values}
    return {purpose: way for purpose, way in known.items() if way is not Way.NONE or purpose in OPTIONAL}
