"""Whether what somebody said on the telephone announces something, and gives a day for it."""

from __future__ import annotations

import re

_ANNOUNCES = re.compile(
    r"\b(?:will|shall|going to|soon|shortly|unknown|to be (?:seen|confirmed)"
    r"|va|vont|allons|viendra|viendront|sera|seront|fera|ferons|passera|passeront|interviendra|interviendront"
    r"|rappell?era|rappell?erons|marchera|fonctionnera|bientôt|prochainement|inconnue?s?|à (?:venir|confirmer))\b",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary|vier)|f(?:ebruary|évrier)|mar(?:ch|s)|a(?:pril|vril)|ma[iy]|ju(?:ne|in)|ju(?:ly|illet)|a(?:ugust|oût)"
    r"|septemb(?:er|re)|octob(?:er|re)|novemb(?:er|re)|d(?:ecember|écembre)"
)
_DAY = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{4})?"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:{_MONTHS})|(?:{_MONTHS})\s+\d{{1,2}}"
    r"|today|tomorrow|tonight|aujourd['’]hui|demain|ce soir"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    re.IGNORECASE,
)


def lacks_day(said: str) -> bool:
    """Whether something is announced, in French or English, and no day is named."""
    return bool(_ANNOUNCES.search(said)) and not _DAY.search(said)
