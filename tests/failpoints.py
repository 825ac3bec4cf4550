"""Crashes at commits: the connection is lost just before a commit, or just after it, and nobody cleans up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


class Crash(BaseException):
    """The process is gone; no `except Exception` sees it."""


@contextmanager
def crashes(chance: float, random: Random) -> Iterator[None]:
    """In this block a commit of this thread may crash, before it is done or after."""
    connection = connections["default"]
    commit = connection.commit

    def commit_or_crash() -> None:
        fate = random.random()
        if fate < chance / 2:
            connection.close()
            raise Crash
        commit()
        if fate < chance:
            connection.close()
            raise Crash

    connection.commit = commit_or_crash  # type: ignore[method-assign]  # that is the point
    try:
        yield
    finally:
        del connection.commit


def surviving(work: Callable[[], T]) -> T:
    """Do the work, and again after every crash, as whoever called it would."""
    while True:
        try:
            return work()
        except Crash:
            connections["default"].close()
