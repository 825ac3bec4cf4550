"""A supervisor words a standard text, for the first time or anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.voice.models import StandardText, StandardTextVersion
from ligneclaire.voice.queries.standard_texts import Wording
from ligneclaire.voice.wording.standard import unknown_in
from ligneclaire.voice.wording.texts import LANGUAGES

SHORTCUT = re.compile(r"[^\W_][\w-]{0,29}")


class UnknownVariable(Refused):
    """Something in braces is no variable; `language`, `line` and `word` say where."""


class ShortcutUnreadable(Refused):
    """A shortcut is one word of letters, digits and hyphens."""


class NameTaken(Refused):
    """Another standard text has this name or shortcut; `field` says which."""


class ChangedMeanwhile(Refused):
    """Somebody else has worded the text anew since it was looked at."""


@transaction.atomic
def keep_standard_text(
    *, text: UUID, name: str, shortcut: str, words: Mapping[str, Wording], seen: int, by: Actor, at: datetime
) -> None:
    """Keep a further version; `seen` is the one that was looked at, 0 for a new text. The same words change nothing.

    A text that says nothing yet in one of the languages is kept, and not offered.
    """
    refuse_unless(by, may=Right.KEEP_TEXTS)
    name, shortcut = " ".join(name.split()), shortcut.strip().removeprefix("::").casefold()
    _check(shortcut, words)
    entered = {language: asdict(words[language]) for language in LANGUAGES}
    row = StandardText.objects.select_for_update().filter(uuid=text).first()
    if (row.version if row else 0) != seen:
        raise ChangedMeanwhile(text=text)
    _check_names(text, name, shortcut)
    if row is None:
        row = StandardText.objects.create(uuid=text, name=name, shortcut=shortcut, version=1)
    else:
        last = StandardTextVersion.objects.get(text=row, number=row.version)
        if (last.name, last.shortcut, last.words) == (name, shortcut, entered):
            return
        row.name, row.shortcut, row.version = name, shortcut, row.version + 1
        row.save(update_fields=["name", "shortcut", "version"])
    StandardTextVersion.objects.create(
        text=row,
        number=row.version,
        name=name,
        shortcut=shortcut,
        words=entered,
        written_by=str(by),
        written_at=at,
    )


def _check(shortcut: str, words: Mapping[str, Wording]) -> None:
    if not SHORTCUT.fullmatch(shortcut):
        raise ShortcutUnreadable(shortcut=shortcut)
    for language in LANGUAGES:
        for field in ("subject", "text"):
            for place in unknown_in(getattr(words[language], field), language):
                raise UnknownVariable(language=language, field=field, line=place.line, word=place.word)


def _check_names(text: UUID, name: str, shortcut: str) -> None:
    others = StandardText.objects.exclude(uuid=text).filter(archived_at=None)
    for field, same in (("name", Q(name__iexact=name)), ("shortcut", Q(shortcut=shortcut))):
        if others.filter(same).exists():
            raise NameTaken(field=field)
