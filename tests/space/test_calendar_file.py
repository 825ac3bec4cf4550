"""An appointment as calendars read it (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.space.calendar_file import Appointment, written

EIGHT = datetime(2015, 3, 3, 7, 0, tzinfo=UTC)


def a_file(*, summary: str = "Visit", place: str = "", description: str = "", is_cancelled: bool = False) -> bytes:
    appointment = Appointment(
        uid="u-1",
        sequence=2,
        written_at=EIGHT,
        starts=EIGHT,
        ends=EIGHT.replace(hour=9),
        summary=summary,
        place=place,
        description=description,
        is_cancelled=is_cancelled,
    )
    return written(appointment, house="Opérateur; à côté")


def test_the_file_is_as_the_rfc_says() -> None:
    assert (
        a_file(place="5, rue\\x; y", description="a\r\nb\nc\x07")
        == (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Opérateur\\; à côté//Ligne Claire//FR\r\n"
            "BEGIN:VEVENT\r\nUID:u-1\r\nSEQUENCE:2\r\nDTSTAMP:20150303T070000Z\r\nDTSTART:20150303T070000Z\r\n"
            "DTEND:20150303T090000Z\r\nSUMMARY:Visit\r\nLOCATION:5\\, rue\\\\x\\; y\r\nDESCRIPTION:a\\nb\\nc\r\n"
            "STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        ).encode()
    )
    assert b"STATUS:CANCELLED\r\n" in a_file(is_cancelled=True)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_long_lines_are_folded_and_read_back_whole(text: str) -> None:
    content = a_file(summary=text)

    assert all(len(line) <= 75 and line.decode() for line in content.split(b"\r\n")[:-1])
    unfolded = content.replace(b"\r\n ", b"").decode()
    [summary] = [line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:")]
    plain = summary.removeprefix("SUMMARY:").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\")
    assert plain == text
