"""Set a letter on paper: the same content always gives the same bytes."""

from __future__ import annotations

from ligneclaire.channels.content import Content
from ligneclaire.channels.letter.typeset import as_data, typeset

# Points. The usual size fills one page; a smaller one saves a page; several pages have no reason to be small.
USUAL, SMALLER, LARGE = 10.5, (10.0, 9.5), 11.0
SHORT = 3000  # characters of data: a letter without steps and sections
ONE_PAGE = b"/Type/Pages/Count 1/"


def render(content: Content, *, sender: tuple[str, ...], recipient: tuple[str, ...]) -> bytes:
    """Lay out one letter as a PDF that can be kept for decades (PDF/A-3a) and read aloud (PDF/UA-1)."""
    data = as_data(
        content.as_json(),
        title=content.subject,
        on=content.dated_on,
        code=content.reference,
        sender=sender,
        recipient=recipient,
    )
    if len(data) < SHORT:
        return _set(data, content, LARGE)
    for size in (USUAL, *SMALLER):
        pdf = _set(data, content, size)
        if ONE_PAGE in pdf:
            return pdf
    return _set(data, content, LARGE)


def _set(data: str, content: Content, size: float) -> bytes:
    return typeset("template", data, on=content.dated_on, size=str(size))
