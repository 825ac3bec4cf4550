"""A file of any length is taken in: each bad line is refused with its number and reason, nothing else is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import a_world
from ligneclaire.facts.models import Delivery, Fact, Intake, Payload
from ligneclaire.facts.stated import Priority
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.voice.actions import ingest_file as module
from ligneclaire.voice.actions.ingest_file import Ingested, ingest_file
from ligneclaire.voice.intake import SIZE_LIMIT

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 3, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def a_line(number: int, **changes: object) -> bytes:
    item: dict[str, object] = {
        "id": f"e{number}",
        "at": "2015-02-14T07:30:00+01:00",
        "source": "billing",
        "customer": "C-2001",
        "contract": "K-ADSL-1",
        "event": "fact",
        "data": {"key": "closing_bill.date", "value": "2015-03-05"},
    }
    return json.dumps(item | changes).encode()


NO_DATE = {"key": "closing_bill.date", "value": 5}
TOO_LONG = {"key": "tea.time", "value": "x" * 100_000}
DIFFERS = "at 2015-02-14T06:30:00+00:00 then, 2015-02-14T07:31:00+01:00 now"
BAD: list[tuple[Callable[[int], bytes], str]] = [
    (lambda n: a_line(n)[:7], "line: not JSON at column 7: Expecting value"),
    (lambda n: b"\xef" + a_line(n), "line: not UTF-8 at byte 0"),
    (lambda n: a_line(n)[:-1] + b', "id": "again"}', "line: the key 'id' stands twice in one object"),
    (lambda n: a_line(n, customer="C-9"), "customer: unknown customer 'C-9'"),
    (lambda n: a_line(n, contract="K-9"), "contract: unknown contract 'K-9'"),
    (lambda n: a_line(n, data=NO_DATE), "data.value: expected a date like 2015-02-20, got 5"),
    (lambda n: a_line(n, at="2007-02-14T07:30:00Z"), "at: 2007-02-14 is before the contract began on 2008-04-01"),
    (lambda n: a_line(n, at="2015-03-03T07:30:00Z"), "at: 2015-03-03T07:30:00+00:00 lies ahead of now"),
    (lambda n: a_line(n, data=TOO_LONG), "line: longer than 65536 bytes"),
    (
        lambda n: a_line(n - 9, at="2015-02-14T07:31:00+01:00"),
        f"id: billing/e{{again}} was stated before with other content: {DIFFERS}",
    ),
]


def write(path: Path, lines: int) -> list[tuple[int, str]]:
    """Write a file of which one line in a hundred is bad; return which, and why."""
    bad = {}
    with path.open("wb") as file:
        for number in range(lines):
            content = a_line(number)
            if number % 100 == 99:
                spoil, reason = BAD[number // 100 % len(BAD)]
                content = spoil(number)
                bad[number + 1] = reason.format(again=number - 9)
            file.write(content + b"\n")
    return sorted(bad.items())


def ingested(path: Path) -> tuple[Ingested, list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    done = ingest_file(
        path=path, told=lambda at: refused.extend((one.line, str(one.problem)) for one in at.latest), by=SYSTEM, at=NOW
    )
    return done, refused


def counts(done: Ingested) -> tuple[int, int, int, int]:
    return (done.lines, done.accepted, done.known, done.refused)


@pytest.mark.parametrize("lines", [5_000, pytest.param(100_000, marks=pytest.mark.deep)])
def test_one_bad_line_in_a_hundred_costs_no_other(tmp_path: Path, lines: int) -> None:
    bad = write(tmp_path / "events.jsonl", lines)

    done, refused = ingested(tmp_path / "events.jsonl")

    assert counts(done) == (lines, lines - lines // 100, 0, lines // 100)
    assert refused == bad
    assert len(Counter(reason.partition(":")[0] for _, reason in refused)) == 6
    assert [model.objects.count() for model in (Intake, Fact, Payload)] == [lines - lines // 100] * 3
    assert list(Delivery.objects.values_list("key", "priority", "due_at")) == [("C-2001", Priority.BULK, NOW)]


def test_again_changes_nothing(tmp_path: Path) -> None:
    bad = write(tmp_path / "events.jsonl", 300)
    ingested(tmp_path / "events.jsonl")

    done, refused = ingested(tmp_path / "events.jsonl")

    assert (counts(done), refused) == ((300, 0, 297, 3), bad)
    assert Fact.objects.count() == 297


def test_an_interrupted_file_is_taken_in_by_running_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "events.jsonl", 99)
    monkeypatch.setattr(module, "AT_ONCE", 40)

    with pytest.raises(KeyboardInterrupt):
        ingest_file(path=tmp_path / "events.jsonl", told=interrupt_after(80), by=SYSTEM, at=NOW)
    assert Fact.objects.count() == 80

    assert counts(ingested(tmp_path / "events.jsonl")[0]) == (99, 19, 80, 0)


def interrupt_after(lines: int) -> Callable[[Ingested], None]:
    def told(done: Ingested) -> None:
        if done.lines == lines:
            raise KeyboardInterrupt

    return told


@pytest.mark.parametrize(("name", "limit"), [("AT_ONCE", 7), ("AT_ONCE", 1), ("BYTES_AT_ONCE", 1000)])
def test_a_file_is_the_same_in_smaller_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    lines = [a_line(1), a_line(2), b"{", a_line(1), a_line(2, customer="C-9"), b"", a_line(3), a_line(3), a_line(4)]
    (tmp_path / "events.jsonl").write_bytes(b"\n".join(lines))
    monkeypatch.setattr(module, name, limit)

    done, refused = ingested(tmp_path / "events.jsonl")

    assert counts(done) == (8, 4, 2, 2)
    assert [line for line, _ in refused] == [3, 5]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n \n"])
def test_lines_end_in_any_way(tmp_path: Path, end: bytes) -> None:
    (tmp_path / "events.jsonl").write_bytes(b"\xef\xbb\xbf" + a_line(1) + b"\r\n" + a_line(2) + end)

    assert counts(ingested(tmp_path / "events.jsonl")[0]) == (2, 2, 0, 0)


def test_a_line_as_long_as_allowed_is_taken_and_a_longer_one_is_counted_once(tmp_path: Path) -> None:
    room = SIZE_LIMIT - len(a_line(1, event="tea", data={"x": ""}))
    fits, longer = ({"x": "x" * (room + more)} for more in (0, 1))
    lines = [a_line(1, event="tea", data=fits), a_line(2, event="tea", data=longer), b"x" * 1_000_000, a_line(4)]
    (tmp_path / "events.jsonl").write_bytes(b"\n".join(lines))

    done, refused = ingested(tmp_path / "events.jsonl")

    assert counts(done) == (4, 2, 0, 2)
    assert refused == [(2, "line: longer than 65536 bytes"), (3, "line: longer than 65536 bytes")]


def test_an_empty_file_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").touch()

    assert counts(ingested(tmp_path / "events.jsonl")[0]) == (0, 0, 0, 0)
