"""`ligneclaire sms`: what the centre says is written down before it hears that we have it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.channels.models import Entry
from ligneclaire.channels.sms import lines
from ligneclaire.channels.sms.inbound import Deliver
from ligneclaire.ops.commands import sms
from ligneclaire.ops.worker import Crew, Loop
from smsc import DELIVER, Smsc, smsc, until
from voice.test_by_mail import jobs


def run() -> Result:
    return CliRunner().invoke(sms.command, [])


@pytest.mark.django_db
def test_it_has_to_know_its_centre(settings: Any) -> None:
    settings.SMPP = None

    result = run()

    assert result.exit_code == 2
    assert "Name the short-message centre in LIGNECLAIRE_SMPP_URL." in result.output


@pytest.mark.django_db
def test_a_database_that_is_not_ready_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligneclaire.ops.database.faults", lambda: iter(["migrations are missing"]))

    assert run().output == "Error: migrations are missing\n"


@pytest.mark.django_db
def test_a_phone_and_a_receipt_are_heard(settings: Any, tmp_path: Path) -> None:
    settings.MAILBOX = tmp_path
    a_world()
    phone = {"source": "33639980201", "source_type": 1, "destination": "36105", "coding": 0}

    sms.hear(Deliver(**phone, kind=0, body=b"Bonjour"))  # type: ignore[arg-type]
    sms.hear(Deliver(**phone, kind=4, body=b"id:1A stat:ACCEPTD"))  # type: ignore[arg-type]
    sms.hear(Deliver(**phone, kind=4, body=b"id:1A stat:UNDELIV err:27"))  # type: ignore[arg-type]

    assert list(Entry.objects.values_list("customer", "medium", "text")) == [("C-2001", "sms", "Bonjour")]
    assert jobs("take_receipt") == [({"centre_id": "1A", "state": "UNDELIV", "error": "27"}, 0)]


@pytest.mark.django_db
def test_its_jobs_are_done_by_its_own_connection_for_as_long_as_it_runs(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Deliver] = []
    done: list[tuple[tuple[str, ...], ...]] = []
    monkeypatch.setattr(sms, "hear", heard.append)

    def work(*, beside: Sequence[Loop], crews: Sequence[Crew]) -> None:
        [loop] = beside
        line, stop = lines.here(), threading.Event()
        assert line is not None
        talking = threading.Thread(target=loop, args=[stop])
        talking.start()
        assert line.is_bound.wait(5)
        centre.phone_says(b"Bonjour")
        until(lambda: (DELIVER, 0) in centre.answers)
        stop.set()
        talking.join(5)
        done.append(tuple(crew.queues for crew in crews))

    monkeypatch.setattr(sms, "work", work)
    centre: Smsc
    with smsc() as centre:
        settings.SMPP = centre.centre
        result = run()

    assert (result.exit_code, result.output) == (0, "")
    assert done == [(("sms",),)]
    assert [came.body for came in heard] == [b"Bonjour"]
    assert lines.here() is None
