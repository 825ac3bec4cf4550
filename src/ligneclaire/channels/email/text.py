"""A message as a plain-text e-mail, in the order of the letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from ligneclaire.channels.content import Content, Section
from ligneclaire.channels.spaces import held_together

_WIDTH = 78
_HELD = "\ue000"  # stands for a space while lines are broken


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """What is read of an e-mail."""

    subject: str
    body: str


def text_of(content: Content) -> MailText:
    """Write the whole message as text, no line longer than 78 characters."""
    subject = f"{content.subject} ({content.reference})"
    blocks = ("\n".join(line for line in block if line) for block in _blocks(content))
    return MailText(subject=" ".join(subject.split()), body="\n\n".join(blocks) + "\n")


def wrapped(text: str) -> str:
    """One paragraph, no line longer than 78 characters."""
    return "\n".join(_wrapped(text))


def _blocks(content: Content) -> Iterator[list[str]]:
    yield _wrapped(content.salutation)
    yield from map(_wrapped, content.opening)
    if content.changes:
        yield _section(content.changes)
    if content.todo:
        yield _list(content.todo_title, tuple(_dated(todo.by, todo.what) for todo in content.todo), rule="=")
    if content.steps:
        yield _list(content.steps_title, tuple(_dated(step.when, step.what) for step in content.steps))
    yield from map(_section, content.sections)
    yield from map(_wrapped, content.closing)
    yield from _ending(content)
    if content.rights:
        yield _section(content.rights)


def _ending(content: Content) -> Iterator[list[str]]:
    contact = content.contact
    yield [contact.name, contact.role]
    yield [content.labels.contact, contact.phone, contact.email, *contact.postal]
    details = ((content.labels.reference, content.reference), *((it.name, it.value) for it in content.details))
    yield [line for name, value in details for line in _wrapped(f"{name} {value}")]


def _section(section: Section) -> list[str]:
    if len(section.lines) == 1:
        return [*_title(section.title), *_wrapped(section.lines[0])]
    return _list(section.title, section.lines)


def _list(title: str, lines: tuple[str, ...], *, rule: str = "-") -> list[str]:
    return [*_title(title, rule=rule), *(part for line in lines for part in _wrapped(line, bullet="- "))]


def _title(title: str, *, rule: str = "-") -> list[str]:
    lines = _wrapped(title)
    return [*lines, rule * max(map(len, lines))] if lines else []


def _dated(when: str, what: str) -> str:
    return f"{when} – {what}" if when else what


def _wrapped(text: str, *, bullet: str = "") -> list[str]:
    held = held_together(text, by=_HELD)
    lines = wrap(held, _WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False)
    return [line.replace(_HELD, " ") for line in lines]
