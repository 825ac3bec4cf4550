"""What an e-mail says itself, and what it only repeats of earlier ones."""

from __future__ import annotations

import re

# What mail programs write above what they quote with `>`, on one line or broken into up to three.
INTRODUCES = re.compile(
    r"^(on\b.*\bwrote|le\b.*\ba écrit|am\b.*\bschrieb|el\b.*\bescribió|il\b.*\bha scritto)\s*:$", re.IGNORECASE
)
# A line after which everything is the earlier e-mail, where programs quote without `>`.
REPEATS = re.compile(
    r"^-{2,}\s*(original message|message d['’]origine|ursprüngliche nachricht)\s*-{2,}$", re.IGNORECASE
)
SENDER = re.compile(r"^\*?(from|de|von)\s?:", re.IGNORECASE)
SENT = re.compile(r"^\*?(sent|date|envoyé|gesendet)\s?:", re.IGNORECASE)
FORWARDED = re.compile(r"^\s*(fwd?|tr|wg|i)\s?:", re.IGNORECASE)
BROKEN_INTO, HEADERS = 3, 4


def parted(text: str, *, subject: str) -> tuple[str, str]:
    """Part what is new from what is repeated below it; answers between quoted lines stay whole, and so do forwards."""
    if FORWARDED.match(subject):
        return text, ""
    lines = [line.strip() for line in text.split("\n")]
    own = [place for place, line in enumerate(lines) if line and not line.startswith(">")]
    tail = own[-1] + 1 if own else 0  # from there on only quotes
    start = next((place for place in range(len(lines)) if _is_repeated(lines, place, tail)), len(lines))
    new, repeated = ("\n".join(part).strip("\n") for part in _cut(text.split("\n"), start))
    return (new.rstrip(), repeated) if new.strip() else (text, "")


def _cut(lines: list[str], start: int) -> tuple[list[str], list[str]]:
    return lines[:start], lines[start:]


def _is_repeated(lines: list[str], place: int, tail: int) -> bool:
    line = lines[place]
    if line.startswith(">"):
        return place >= tail
    if REPEATS.match(line):
        return True
    if SENDER.match(line):
        return any(SENT.match(near) for near in lines[place + 1 : place + HEADERS])
    return any(
        place + length >= tail and INTRODUCES.match(" ".join(lines[place : place + length]))
        for length in range(1, BROKEN_INTO + 1)
    )
