"""A message in an adviser's own words, with the same frame as every other: greeting, signature, contact, reference."""

from __future__ import annotations

import re
from datetime import date

from ligneclaire.cases.facts import CASE_MERGED
from ligneclaire.channels.content import Content, Detail
from ligneclaire.channels.states import Channel
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.voice.wording import formats, frame
from ligneclaire.voice.wording.texts import texts

BETWEEN_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")


def handed_over(sentence: str, *, reference: str, before: str, language: str) -> tuple[str, str]:
    """Subject and text by which a customer learns who answers for their case now; a sentence may follow."""
    words = texts(language)
    told = words.say("handed_over.told", reference=reference, before=before)
    lines = (" ".join((told, words.say("handed_over.nothing"))), sentence.strip())
    return words.say("handed_over.subject", reference=reference), "\n\n".join(line for line in lines if line)


def trust_ended(name: str, *, language: str) -> tuple[str, str]:
    """Subject and text by which a customer reads that somebody may no longer speak for them."""
    words = texts(language)
    return words.say("trust_ended.subject"), words.say("trust_ended.told", name=name)


def address_changed(of: Channel, *, language: str) -> tuple[str, str]:
    """Subject and text by which a customer reads that an address of theirs was changed, in case it was not them."""
    words, key = texts(language), f"address_changed.{of.lower()}"
    return words.say(f"{key}_subject"), words.say(f"{key}_told")


def copy_ready(until: date, *, language: str) -> tuple[str, str]:
    """Subject and text by which a customer reads that everything about them can be downloaded, and how long."""
    words = texts(language)
    return words.say("copy_ready.subject"), words.say("copy_ready.told", date=formats.day(until, words))


def cases_merged(reference: str, *, language: str) -> str:
    """The sentence by which a customer learns which reference counts, for whoever is about to merge two cases."""
    return texts(language).say(f"{CASE_MERGED}.told", value=reference)


def received(*, reference: str, language: str) -> tuple[str, str]:
    """Subject and text by which a customer learns that what they need is here, and under which reference."""
    words = texts(language)
    told = (words.say("brought.told", reference=reference), words.say("brought.further"))
    return words.say("brought.subject", reference=reference), "\n\n".join(told)


def written(
    *, subject: str, text: str, to: Addressee, by: AdviserCard, operator: OperatorCard, today: date, reference: str
) -> Content:
    """Put a frame around a text; paragraphs are parted by empty lines. Signed by whoever wrote it."""
    words = texts(to.language)
    title = frame.title_of(to)
    return Content(
        language=words.language,
        subject=subject,
        dated=words.say("frame.dated", date=formats.day(today, words)),
        dated_on=today,
        details=(Detail(name=words.say("labels.customer"), value=to.number),),
        salutation=words.say(f"salutations.{title}"),
        opening=tuple(" ".join(part.split()) for part in BETWEEN_PARAGRAPHS.split(text.strip())),
        closing=(words.say(f"formulas.{title}"),),
        contact=frame.contact(by, operator, words),
        reference=reference,
        labels=frame.labels(words),
        sms=" ".join(text.split()),
    )
