"""Where a line must not break, on any channel."""

from __future__ import annotations

import re

HARD = "\u00a0"
_SPACE_IN_A_NUMBER = re.compile(
    r"(?<=\d) (?=\d)|(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b1er)) (?=[^\W\d_])|(?<=[^\W\d_]{3}) (?=(?:19|20)\d\d\b)"
)


def held_together(text: str, *, by: str = HARD) -> str:
    """Keep telephone numbers and `20 février 2026` on one line, with a sign in place of their spaces."""
    return _SPACE_IN_A_NUMBER.sub(by, text)
