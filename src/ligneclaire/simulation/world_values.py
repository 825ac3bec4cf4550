"""The single values of a world file, and what makes each of them right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from ligneclaire.kernel.money import Money
from ligneclaire.network.rules.codes import NotACode, read_code
from ligneclaire.network.states import ResourceKind
from ligneclaire.people.rules.phone import e164

ZONES = {"FR": "Europe/Paris"}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
SERVICE_NUMBER = re.compile(r"\+?[0-9]{2,15}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Names:
    """What one place of a file may refer to in another, and what has been named so far."""

    region: str
    currency: str
    known: dict[str, frozenset[str]]
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, document: object) -> Names:
        """Gather the names from a document that may be wrong anywhere."""
        operator = _member(document, "operator")
        return cls(
            region=_text(_member(operator, "country")),
            currency=_text(_member(operator, "currency")),
            known={
                "language": frozenset(_text(name) for name in _each(_member(operator, "languages"))),
                "territory": frozenset(_text(_member(row, "code")) for row in _each(_member(document, "territories"))),
                "adviser": frozenset(_text(_member(row, "id")) for row in _each(_member(document, "advisers"))),
                "commune": frozenset(
                    _text(name)
                    for row in _each(_member(document, "territories"))
                    for name in _each(_member(row, "communes"))
                ),
                "pair": frozenset(
                    _text(name)
                    for row in _each(_member(_member(document, "network"), "sites"))
                    for name in _each(_member(row, "pairs"))
                ),
                "offer": frozenset(_text(_member(row, "code")) for row in _each(_member(document, "offers"))),
            },
        )


def once(kind: str) -> AfterValidator:
    """A name that nothing else of its kind has."""

    def check(name: str, info: ValidationInfo) -> str:
        seen = _names(info).seen[kind]
        if name in seen:
            raise ValueError(f"{name} is already another {kind}")
        seen.add(name)
        return name

    return AfterValidator(check)


def refers(kind: str) -> AfterValidator:
    """A name that something of this kind has, anywhere in the file."""

    def check(name: str, info: ValidationInfo) -> str:
        if name not in _names(info).known[kind]:
            raise ValueError(f"there is no {kind} {name}")
        return name

    return AfterValidator(check)


def _a_name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError("expected letters, digits, and between them dashes, dots or underscores")
    return text


def _one_line(text: str) -> str:
    if CONTROL.search(text) or text != text.strip() or not text:
        raise ValueError("expected one line of text without blanks at its ends")
    return text


def _country(text: str) -> str:
    if text not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("expected a country such as FR")
    return text


def _currency(text: str) -> str:
    return Money(0, text).currency


def _zone(text: str, info: ValidationInfo) -> str:
    zone = text or ZONES.get(_names(info).region, "")
    if zone not in _zones():
        raise ValueError("expected the time zone of this country, such as Europe/Paris")
    return zone


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _service_number(text: str) -> str:
    if not SERVICE_NUMBER.fullmatch(text):
        raise ValueError("expected digits, such as 1090")
    return text


def _phone(text: str, info: ValidationInfo) -> str:
    number = e164(text, region=_names(info).region)
    if number is None:
        raise ValueError(f"{text[:40]!r} is not a telephone number")
    return number


def _code(kind: ResourceKind) -> AfterValidator:
    def check(text: str) -> str:
        if read_code(kind, text) != text:
            raise NotACode(f"expected {read_code(kind, text)}")
        return text

    return AfterValidator(check)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"{text[:40]!r} is not an e-mail address") from None
    return text


def _day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("expected a day such as 2015-02-09")
    return date.fromisoformat(value)


def _clock(value: object) -> time:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise ValueError("expected a time such as 08:00")
    return time.fromisoformat(value)


def _amount(text: str, info: ValidationInfo) -> str:
    if Money.of(text, _names(info).currency) < Money(0, _names(info).currency):
        raise ValueError("expected an amount of zero or more")
    return text


def _rate(text: str) -> str:
    if not DECIMAL.fullmatch(text):
        raise ValueError('expected a price such as "0.35"')
    return text


Name = Annotated[str, StringConstraints(max_length=20), AfterValidator(_a_name)]
LongName = Annotated[str, StringConstraints(max_length=40), AfterValidator(_a_name)]
Line = Annotated[str, StringConstraints(max_length=80), AfterValidator(_one_line)]
ShortLine = Annotated[str, StringConstraints(max_length=40), AfterValidator(_one_line)]
AddressLine = Annotated[str, StringConstraints(max_length=38), AfterValidator(_one_line)]
Country = Annotated[str, AfterValidator(_country)]
Currency = Annotated[str, AfterValidator(_currency)]
Zone = Annotated[str, AfterValidator(_zone)]
ServiceNumber = Annotated[str, AfterValidator(_service_number)]
Phone = Annotated[str, AfterValidator(_phone)]
Pair = Annotated[str, StringConstraints(max_length=40), _code(ResourceKind.PAIR)]
Iccid = Annotated[str, _code(ResourceKind.SIM)]
Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
Amount = Annotated[str, AfterValidator(_amount)]
Rate = Annotated[str, AfterValidator(_rate)]


def country_of(info: ValidationInfo) -> str:
    """The operator's country, as the file has it."""
    return _names(info).region


def _names(info: ValidationInfo) -> Names:
    assert isinstance(info.context, Names)
    return info.context


def _member(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _each(value: object) -> Iterator[object]:
    return iter(value if isinstance(value, list) else [])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
