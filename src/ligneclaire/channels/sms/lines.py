"""The connection of this process to a short-message centre: that of `ligneclaire sms`, of no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ligneclaire.channels.sms.smpp import Line

_of_this_process: list[Line] = []


def here() -> Line | None:
    """The connection, where there is one."""
    return _of_this_process[-1] if _of_this_process else None


@contextmanager
def used(line: Line) -> Iterator[Line]:
    """Hand text messages over by this connection for the length of the block."""
    _of_this_process.append(line)
    try:
        yield line
    finally:
        _of_this_process.remove(line)
