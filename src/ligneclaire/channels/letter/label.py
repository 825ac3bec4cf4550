"""The return label of equipment, and the receipt for equipment that was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from ligneclaire.channels.content import Detail
from ligneclaire.channels.letter.typeset import as_data, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One piece of equipment, as people call it, with its serial number."""

    name: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWords:
    """Every word of a return label, in the language of the customer."""

    title: str
    sender: str
    to: str
    reference: str
    prepaid: str
    contents: str
    serial: str
    cut: str
    how: str
    steps: tuple[str, ...]
    code: str
    """Read aloud in place of the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that brings equipment back at the operator's expense."""

    language: str
    dated_on: date
    reference: str
    """What the depot scans: it names the return."""
    sender: tuple[str, ...]
    """The customer, by the lines of their address."""
    recipient: tuple[str, ...]
    """The operator's address for returns."""
    contents: tuple[Thing, ...]
    words: LabelWords


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptWords:
    """Every word of a receipt, in the language of the customer."""

    title: str
    intro: str
    contents: str
    serial: str
    keep: str
    reference: str
    code: str
    """Read aloud in place of the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof that equipment was handed over: what, where, when, and to whom."""

    language: str
    dated_on: date
    reference: str
    operator: tuple[str, ...]
    """The operator's name, then its address."""
    contents: tuple[Thing, ...]
    details: tuple[Detail, ...]
    """Who, where, when and to whom, in order."""
    words: ReceiptWords


_LABEL, _RECEIPT = TypeAdapter(Label), TypeAdapter(Receipt)


def render_label(label: Label) -> bytes:
    """Lay out a return label as a PDF, one page, to be cut out and stuck on the parcel."""
    plain = _LABEL.dump_python(label, mode="json")
    data = as_data(
        plain,
        title=label.words.title,
        on=label.dated_on,
        code=label.reference,
        sender=label.sender,
        recipient=label.recipient,
    )
    return typeset("label", data, on=label.dated_on)


def render_receipt(receipt: Receipt) -> bytes:
    """Lay out a receipt as a PDF."""
    plain = _RECEIPT.dump_python(receipt, mode="json")
    data = as_data(
        plain, title=receipt.words.title, on=receipt.dated_on, code=receipt.reference, operator=receipt.operator
    )
    return typeset("receipt", data, on=receipt.dated_on)
