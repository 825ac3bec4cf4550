"""Text as people type it in a hurry: no accents, no capitals, no punctuation."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
SEPARATORS = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Reduce a text to lower-case letters and digits, words parted by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return SEPARATORS.sub(" ", bare).strip()
