"""The few lines around a one-time code."""

from __future__ import annotations

from ligneclaire.channels.note import Note
from ligneclaire.people.queries.addressees import Addressee
from ligneclaire.people.queries.codes import CodeToSend
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.people.rules.code import LIFE
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.wording import formats
from ligneclaire.voice.wording.texts import Texts, texts


def note_of(code: CodeToSend, *, to: Addressee, operator: OperatorCard) -> Note:
    """A code as its owner reads it, signed by the adviser who is there; it names no customer, who may share it."""
    words = texts(to.language)
    present = to.present
    return Note(
        id=code.uuid,
        to=code.destination,
        sender=f"{present.name}, {operator.name}",
        sender_address=present.email,
        language=words.language,
        subject=words.say("codes.subject", operator=operator.name),
        paragraphs=_paragraphs(code, words, adviser=present.name, phone=formats.phone(present.phone, operator.country)),
        sent_at=code.asked_at,
    )


def _paragraphs(code: CodeToSend, words: Texts, *, adviser: str, phone: str) -> tuple[str, ...]:
    minutes = str(int(LIFE.total_seconds()) // 60)
    if code.is_for_call:
        return _for_call(code, words, minutes=minutes, adviser=adviser, phone=phone)
    if code.kind is ContactKind.MOBILE:
        return (words.say("codes.short", code=code.code, minutes=minutes), f"{adviser}, {phone}")
    return (
        words.say("codes.greeting"),
        words.say("codes.code", code=code.code),
        words.say("codes.once", minutes=minutes),
        words.say("codes.not_you", phone=phone),
        words.say("codes.signature", adviser=adviser, role=words.say("labels.role")),
    )


def _for_call(code: CodeToSend, words: Texts, *, minutes: str, adviser: str, phone: str) -> tuple[str, ...]:
    """A code to be read out: only to us, and only by who called us."""
    if code.kind is ContactKind.MOBILE:
        return (words.say("codes.call.short", code=code.code, minutes=minutes), f"{adviser}, {phone}")
    return (
        words.say("codes.greeting"),
        words.say("codes.call.code", code=code.code),
        words.say("codes.call.once", minutes=minutes),
        words.say("codes.call.not_you", phone=phone),
        words.say("codes.signature", adviser=adviser, role=words.say("labels.role")),
    )
