"""Whether what somebody said on the telephone announces something, and names the day for it."""

from __future__ import annotations

import re
from unicodedata import normalize

from babel.dates import get_day_names, get_month_names

from ligneclaire.people.rules.days import read_day
from ligneclaire.people.rules.plain import plain

LEAP_YEAR = 2000  # a day without a year is one of any year

# What a French future begins and ends with: enverr-a, viendr-ons, recevr-ez. "Espérons", "livrez" are no future.
STEM = (
    r"(?:[sf]er|ir|s?aur|\w{2,}er|\w+(?<!e)[iî]r|\w+oir|\w+(?:[aio]nd|end|aud|oud|erd|ord)r"
    r"|\w*(?:ev|uiv|viv)r|\w+(?:tt|aît|ait|oît)r|\w*(?:pou|cou|mou|ve|que)rr|\w+clur|\w*(?:romp|vainc)r)"
)
NO_FUTURE = (
    "opera|operas|camera|cameras|cholera|herrera|rivera|environs|avirons|perez|ramirez"
    "|elvira|indira|samira|sandra|cassandra|alexandra|chandra"
    "|tirons|tirez|retirons|retirez|attirons|attirez|désirons|désirez|virons|virez"
)
FUTURE = rf"(?!(?:{NO_FUTURE})\b){STEM}(?:ai|as?|ons|ont|ez)"
BETWEEN = (
    r"(?:me|te|se|le|la|les|lui|leur|nous|vous|y|en|ne|pas|plus|bien|donc|aussi|encore|bientôt|tout|tous|\w+ment)\s+"
)
NO_INFINITIVE = r"(?!(?:hier|dernier|premier|notre|votre|autre|entre|contre)\b)"
ABOUT_TO = (
    r"(?:vais|vas|va|allons|allez|vont|doit|doivent|devrait|devraient),?\s+(?:normalement,\s+)?"
    rf"(?:{BETWEEN})*{NO_INFINITIVE}\w*(?:er|[iî]r|re)"
)
ANNOUNCES = re.compile(
    rf"\b(?:{FUTURE}|{ABOUT_TO}|prochainement|bientôt|sous peu|dès que possible|à venir"
    r"|will|shall|should|going to|soon(?! as (?!possible))|shortly"
    r"|date (?:is |still )*unknown|unknown date|date (?:est |encore )*(?:inconnue|à confirmer))\b"
    r"|['’]ll\b|(?:\b(?:is|are|am)|['’](?:s|re|m))\s+coming\b(?!\s+from)"
)

MONTHS = {
    plain(name): number
    for language in ("fr", "en")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
} | {"fev": 2, "aou": 8}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
NTH = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
CALENDAR = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})\b"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{2})\b"),
    re.compile(r"\b(?:le|on|by|before) (?P<day>\d{1,2})/(?P<month>\d)\b"),
    re.compile(rf"\b{NTH} (?:of )?{MONTH}(?: (?P<year>\d{{4}})\b)?"),
    re.compile(rf"\b{MONTH} {NTH}\b(?:,? (?P<year>\d{{4}})\b)?"),
    re.compile(r"\ble (?P<day>\d{1,2})(?:er)?(?=\s*(?:[,.;!)]|$)|\s(?:à|au|entre|dès|matin|après)\b)"),
    re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)(?=\s*(?:[,.;!)]|$)|\s(?:at|between|in|from|after|before)\b)"),
)
WEEKDAY = "|".join(name for language in ("fr", "en") for name in map(plain, get_day_names(locale=language).values()))
COUNT = (
    r"(?:\d+(?:\s?(?:/|-|a|to|ou|or)\s?\d+)?|an|a|one|two|three|four|five|une?|deux|trois|quatre|cinq|huit|dix|quinze)"
)
UNIT = r"(?:h|hours?|minutes?|min|(?:working |business )?days?|weeks?|heures?|jours?|semaines?)"
NAMED = re.compile(
    rf"\b(?:{WEEKDAY}|today|tomorrow|tonight|aujourd'hui|demain|ce soir|cet apres[- ]midi|this (?:afternoon|evening)"
    r"|(?:this|next) week|cette semaine|semaine prochaine"
    rf"|(?:within|in|sous|dans|d'ici)\s+{COUNT}\s?{UNIT})\b"
)
DAYLIKE = rf"(?:le|the|last|{WEEKDAY}|{'|'.join(MONTHS)}|aujourd'hui|of|[\d./-]+(?:er|st|nd|rd|th)?)\b\.?"
PAST = re.compile(
    rf"\b(?:depuis|since)(?: {DAYLIKE})+"
    rf"|(?<!\bend )(?<!\bjournee )(?<!\bmatinee )(?<!\bsoiree )\b(?:de|du|of|last) (?:{WEEKDAY})\b"
    rf"|\b(?:{DAYLIKE} )+(?:dernier|passe)\b|\b(?:{WEEKDAY})'s\b"
)


def lacks_day(said: str) -> bool:
    """Whether something is announced, in French or English, and no day to come is named."""
    text = " ".join(normalize("NFC", said).casefold().replace("’", "'").split())
    return bool(ANNOUNCES.search(text)) and not _names_day(text)


def _names_day(text: str) -> bool:
    """Past days are none: since when a line is cut says nothing of when it works."""
    ahead = PAST.sub(" ", _unaccented(text))
    return bool(NAMED.search(ahead)) or any(
        _is_valid(found) for pattern in CALENDAR for found in pattern.finditer(ahead)
    )


def _is_valid(found: re.Match[str]) -> bool:
    named = found.groupdict()
    month = named.get("month") or "1"
    return read_day(f"{named.get('year') or LEAP_YEAR}-{MONTHS.get(month, month)}-{named['day']}") is not None


def _unaccented(text: str) -> str:
    return normalize("NFD", text).encode("ascii", "ignore").decode()
