"""Which files can go by which channel."""

from __future__ import annotations

from collections.abc import Iterable

from ligneclaire.channels.states import Channel, FileKind
from ligneclaire.kernel.refusal import Refused


class NoFilesByText(Refused):
    """A text message takes no files."""


class NotOnPaper(Refused):
    """A letter takes PDF files only, as further pages; `name` is none."""


def check_fit(channel: Channel, files: Iterable[tuple[str, str]]) -> None:
    """Refuse files, each by its name and kind, that cannot go by this channel."""
    for name, kind in files:
        if channel is Channel.SMS:
            raise NoFilesByText(name=name)
        if channel is Channel.LETTER and kind != FileKind.PDF:
            raise NotOnPaper(name=name)
