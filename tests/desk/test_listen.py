"""News reach the pages that wait for them, and no others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from ligneclaire.desk import listen
from ligneclaire.desk.listen import ANYTHING, Switchboard, events
from ligneclaire.facts.news import EVERYBODY

LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "GATHER", 0.01)
    monkeypatch.setattr(listen, "PAUSE", 0.01)
    monkeypatch.setattr(listen, "SIGN_OF_LIFE", 0.05)


class Quiet(Switchboard):
    """Listens to nobody: tests tell it the news."""

    async def _listen(self) -> None:
        self._listening_since = datetime(2015, 1, 1, tzinfo=UTC)
        await asyncio.Event().wait()


async def heard(board: Switchboard, about: str, news: Iterable[str], *, since: datetime = LATER) -> list[str]:
    """What a page hears until its first sign of life, when these news come in after it began to listen."""
    stream = events(board, [about], since=since)
    lines = [(await anext(stream)).decode()]
    for name in news:
        board.tell(name)
    while not lines[-1].startswith(":"):
        lines.append((await anext(stream)).decode())
    await stream.aclose()  # type: ignore[attr-defined]
    return [line.split("\n")[0] for line in lines[1:-1]]


def run(make: Callable[[Switchboard], object]) -> object:
    async def within() -> object:
        board = Quiet()
        with board.line(["somebody"], since=LATER):
            await asyncio.sleep(0)
            return await make(board)  # type: ignore[misc]

    # In a thread of its own: this one may have a loop already, for a browser.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(lambda: asyncio.run(within())).result()


def test_a_page_hears_of_its_customer_once_for_a_burst() -> None:
    assert run(lambda board: heard(board, "C-1", ["C-1", "C-2", "C-1"])) == ["event: news"]


def test_a_page_hears_nothing_of_others() -> None:
    assert run(lambda board: heard(board, "C-1", ["C-2", "source:marketing"])) == []


def test_a_page_about_anything_hears_of_everybody() -> None:
    assert run(lambda board: heard(board, ANYTHING, ["C-2"])) == ["event: news"]


def test_every_page_hears_of_a_stop() -> None:
    assert run(lambda board: heard(board, "C-1", [EVERYBODY])) == ["event: news", "event: sending"]


@pytest.mark.parametrize(
    ("told", "ago", "expected"),
    [
        ("C-1", 1, ["event: news"]),
        (EVERYBODY, 1, ["event: news"]),
        ("C-2", 1, []),
        ("C-1", -1, []),
    ],
)
def test_a_page_hears_what_came_between_being_drawn_and_listening(told: str, ago: int, expected: list[str]) -> None:
    async def late(board: Switchboard) -> list[str]:
        board.tell(told)
        return await heard(board, "C-1", [], since=datetime.now(UTC) - timedelta(seconds=ago))

    assert run(late) == expected


def test_a_page_drawn_before_anybody_listened_looks_again() -> None:
    assert run(lambda board: heard(board, "C-1", [], since=datetime(2014, 1, 1, tzinfo=UTC))) == ["event: news"]


def test_what_is_remembered_is_bounded_and_then_pages_look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "REMEMBERED", 3)
    before = datetime.now(UTC)

    async def crowded(board: Switchboard) -> list[str]:
        for number in range(5):
            board.tell(f"C-9{number}")
        return await heard(board, "C-1", [], since=before)

    assert run(crowded) == ["event: news"]


def test_a_page_that_is_closed_is_forgotten() -> None:
    async def closed(board: Switchboard) -> set[str]:
        await heard(board, "C-1", [])
        return set(board._waiting)

    assert run(closed) == {"somebody"}
