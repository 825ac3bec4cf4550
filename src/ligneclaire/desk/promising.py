"""A date or an amount in what is written, made a promise of, and the subject of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from ligneclaire.voice.rules.typed import mentions

LONGEST, LONGEST_SUBJECT = 300, 120
SENTENCES = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")
ANSWERED = re.compile(r"^\s*(?:(?:re|aw|tr|fwd?|réf?)\s*:\s*)+", re.IGNORECASE)


def promise_of(typed: Mapping[str, str], wanted: str, *, today: date) -> dict[str, str]:
    """The promise in the sentence in which a date or an amount stands; its day is left open where none lies ahead."""
    subject, text = typed.get("subject", ""), typed.get("text", "")
    found = next((one for one in SENTENCES.split(f"{text}\n{subject}") if wanted in one), "")
    if not wanted or not found:
        return {}
    days = [one.value for one in mentions(found, today=today, dates=(), amounts=()) if isinstance(one.value, date)]
    named = [one.value for one in mentions(wanted, today=today, dates=(), amounts=()) if isinstance(one.value, date)]
    ahead = [day for day in named or days if day >= today]
    return {"promise": found.strip()[:LONGEST], "due_on": f"{ahead[0]:%d/%m/%Y}" if ahead else ""}


def answer_to(subject: str) -> str:
    """The subject of an answer; none to what had none."""
    about = ANSWERED.sub("", subject).strip()
    return (_("Re: %(subject)s") % {"subject": about})[:LONGEST_SUBJECT] if about else ""
