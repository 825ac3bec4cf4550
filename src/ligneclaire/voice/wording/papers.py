"""The words of papers that are no messages: the label of a return, the receipt for what was handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ligneclaire.channels.content import Detail
from ligneclaire.channels.letter.label import Label, LabelWords, Receipt, ReceiptWords, Thing
from ligneclaire.contracts.queries.household import HeldEquipment
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.wording.formats import moment
from ligneclaire.voice.wording.texts import Texts, texts

_ARTICLE = re.compile(r"^(la |le |les |l’|the )")
STEPS = ("pack", "stick", "drop", "keep")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Equipment that somebody took in: from whom, where, when, and who they are."""

    customer: str
    contract: str
    place: str
    taken_by: str
    at: datetime


def label(
    *,
    language: str,
    reference: str,
    sender: tuple[str, ...],
    recipient: tuple[str, ...],
    contents: Iterable[HeldEquipment],
    calendar: Calendar,
    at: datetime,
) -> Label:
    """The label of a return, in the language of whoever sends it."""
    return Label(
        language=texts(language).language,
        dated_on=calendar.date_of(at),
        reference=reference,
        sender=sender,
        recipient=recipient,
        contents=_things(contents, texts(language)),
        words=label_words(language),
    )


def receipt(
    *,
    language: str,
    reference: str,
    operator: tuple[str, ...],
    contents: Iterable[HeldEquipment],
    hand_over: HandOver,
    calendar: Calendar,
) -> Receipt:
    """The proof of a hand-over, in the language of whoever gets it."""
    words = texts(language)
    details = {
        "customer": hand_over.customer,
        "contract": hand_over.contract,
        "place": hand_over.place,
        "at": moment(hand_over.at, calendar, words),
        "taken_by": hand_over.taken_by,
    }
    return Receipt(
        language=words.language,
        dated_on=calendar.date_of(hand_over.at),
        reference=reference,
        operator=operator,
        contents=_things(contents, words),
        details=tuple(Detail(name=words.say(f"receipt.{key}"), value=value) for key, value in details.items() if value),
        words=receipt_words(language),
    )


def label_words(language: str) -> LabelWords:
    """Every word that a label prints by itself."""
    say = texts(language).say
    return LabelWords(
        title=say("label.title"),
        sender=say("label.sender"),
        to=say("label.to"),
        reference=say("label.reference"),
        prepaid=say("label.prepaid"),
        contents=say("label.contents"),
        serial=say("label.serial"),
        cut=say("label.cut"),
        how=say("label.how"),
        steps=tuple(say(f"label.{step}") for step in STEPS),
        code=say("label.code"),
    )


def receipt_words(language: str) -> ReceiptWords:
    """Every word that a receipt prints by itself."""
    say = texts(language).say
    return ReceiptWords(
        title=say("receipt.title"),
        intro=say("receipt.intro"),
        contents=say("receipt.contents"),
        serial=say("label.serial"),
        keep=say("receipt.keep"),
        reference=say("label.reference"),
        code=say("label.code"),
    )


def _things(contents: Iterable[HeldEquipment], words: Texts) -> tuple[Thing, ...]:
    return tuple(Thing(name=_plain(words.named("kinds", one.kind) or one.kind), serial=one.serial) for one in contents)


def _plain(name: str) -> str:
    """Without its article, as in a list: "Box", not "la box"."""
    bare = _ARTICLE.sub("", name)
    return bare[:1].upper() + bare[1:]
