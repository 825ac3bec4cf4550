"""The outbox: whole files, written once, changed never."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from channels.samples import RECIPIENT, SENDER, in_french
from ligneclaire.channels.letter.outbound import deliver
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.outgoing import Outgoing
from ligneclaire.channels.spool import AlreadySpooledOtherwise, put


def test_a_letter_is_put_into_the_outbox_once(tmp_path: Path) -> None:
    message = Outgoing(
        id=UUID("0195a000-0000-7000-8000-000000000003"),
        to=RECIPIENT,
        sender=SENDER,
        content=in_french(),
        sent_at=datetime(2015, 2, 17, 7, 0, tzinfo=UTC),
    )

    first, again = deliver(message, outbox=tmp_path), deliver(message, outbox=tmp_path)

    assert first == again == str(tmp_path / "letter" / "0195a000-0000-7000-8000-000000000003.pdf")
    assert Path(first).read_bytes() == render(in_french(), sender=SENDER, recipient=RECIPIENT)
    assert [path.name for path in tmp_path.rglob("*.*")] == ["0195a000-0000-7000-8000-000000000003.pdf"]


def test_what_has_left_is_never_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "letter" / "x.pdf"
    put(path, b"first")

    with pytest.raises(AlreadySpooledOtherwise) as refusal:
        put(path, b"second")

    assert refusal.value.values == {"path": str(path)}
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_no_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    path = tmp_path / "letter" / "x.pdf"

    with pytest.raises(OSError, match="no space left"):
        put(path, b"first")

    assert not path.exists()
