"""The words by which somebody wants no more text messages, or wants them again."""

from __future__ import annotations

import re
import unicodedata

STOP = frozenset({"STOP", "STOP SMS", "STOPSMS", "ARRET", "DESABONNER", "DESINSCRIRE", "UNSUBSCRIBE"})
START = frozenset({"START", "REPRENDRE", "REPRISE"})
SIGNS = re.compile(r"[^A-Z ]+")


def stops(text: str) -> bool | None:
    """True for STOP, false for its end; None for every other text, also one that begins with such a word."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    said = " ".join(SIGNS.sub(" ", letters.upper()).split())
    if said in STOP:
        return True
    return False if said in START else None
