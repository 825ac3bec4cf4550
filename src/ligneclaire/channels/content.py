"""What a message says, composed by the voice and laid out by each channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A name and its value in the heading of a letter: the customer's number, the contract, the line."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing the customer has to do; `by` is empty when there is no limit."""

    what: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happens to the customer, on its day."""

    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of sentences; several sentences are laid out as a list."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The one person who signs and answers, and the only ways to reach them that a message names."""

    name: str
    role: str
    phone: str
    email: str
    postal: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Every word that a layout itself prints, in the language of the customer."""

    reference: str
    contact: str
    """Stands above the adviser's name, telephone and addresses."""
    page: str
    """A pattern such as `Page {page} sur {pages}`."""
    code: str
    """Read aloud in place of the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a message in its order, under the title that it stands under, and the topics that it says."""

    title: str
    text: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One message, whole, in one language, independent of the channel that will carry it."""

    language: str
    subject: str
    dated: str
    dated_on: date
    details: tuple[Detail, ...] = ()
    salutation: str
    opening: tuple[str, ...]
    changes: Section | None = None
    todo_title: str = ""
    todo: tuple[Todo, ...] = ()
    steps_title: str = ""
    steps: tuple[Step, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...]
    rights: Section | None = None
    """What the law grants, in small print after the signature."""
    contact: Contact
    reference: str
    labels: Labels
    sms: str = ""
    """What matters most in one short sentence, for a text message; its channel adds who answers and the reference."""
    grounds: tuple[tuple[str, ...], ...] = ()
    """The topics that each of `lines` says, in their order; a line without stands in many messages alike."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything between the greeting and the signature, line by line, and the small print."""
        sections = [("", self.opening)]
        sections += [(self.changes.title, self.changes.lines)] if self.changes else []
        sections += [(self.todo_title, tuple(f"{one.what} {one.by}".strip() for one in self.todo))]
        sections += [(self.steps_title, tuple(f"{one.when} {one.what}".strip() for one in self.steps))]
        sections += [(section.title, section.lines) for section in self.sections]
        sections += [("", self.closing)]
        sections += [(self.rights.title, self.rights.lines)] if self.rights else []
        lines = [(title, text) for title, texts in sections for text in texts]
        grounds = self.grounds or ((),) * len(lines)
        return tuple(
            Line(title=title, text=text, topics=topics) for (title, text), topics in zip(lines, grounds, strict=True)
        )

    def as_json(self) -> dict[str, object]:
        """Return plain JSON values, in a fixed order."""
        plain: dict[str, object] = _CONTENT.dump_python(self, mode="json")
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, object]) -> Content:
        """Read back what `as_json` wrote; ValueError names what is missing or of the wrong type."""
        return _CONTENT.validate_python(plain)


_CONTENT = TypeAdapter(Content)
