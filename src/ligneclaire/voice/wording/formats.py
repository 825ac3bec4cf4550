"""Dates, amounts, telephone numbers and lists, as people of a language write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

import phonenumbers
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.money import Money
from ligneclaire.voice.wording.texts import LOCALES, NARROW, NO_BREAK, Texts


@lru_cache(maxsize=4096)
def day(on: date, texts: Texts) -> str:
    """A date in full: "20 février 2015", "1er mars 2015", "20 February 2015"."""
    written = format_date(on, "long", locale=LOCALES[texts.language])
    return f"1er {written.partition(' ')[2]}" if texts.language == "fr" and on.day == 1 else written


@lru_cache(maxsize=4096)
def money(amount: Money, texts: Texts) -> str:
    """An amount with its currency: "1 234,56 €", "€1,234.56"."""
    written = format_currency(amount.amount, amount.currency, locale=LOCALES[texts.language])
    return written.replace(NO_BREAK, NARROW)


def moment(at: datetime, calendar: Calendar, texts: Texts) -> str:
    """A day and an hour in the customer's time."""
    local = at.astimezone(calendar.tz)
    key = "things.moment" if local.minute else "things.moment_sharp"
    values = {"date": day(local.date(), texts), "hour": str(local.hour), "minute": f"{local.minute:02}"}
    return texts.say(key, **values)


def hour(at: datetime, texts: Texts) -> str:
    """The hour of an instant that says its own offset: "8 h", "13 h 30", "8:00"."""
    key = "things.hour" if at.minute else "things.hour_sharp"
    return texts.say(key, hour=str(at.hour), minute=f"{at.minute:02}")


@lru_cache(maxsize=4096)
def phone(number: str, country: str) -> str:
    """A telephone number as people of a country write it; what is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(country)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if at_home else style.INTERNATIONAL)


def listed(parts: Iterable[str], texts: Texts) -> str:
    """Join with commas and a last "et" or "and"."""
    return format_list(list(parts), locale=LOCALES[texts.language])
