"""What came in with e-mails is looked at by the virus scanner, apart from taking it in, and once for the same bytes."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from builders import a_world, refused_by
from incoming import PDF, built
from ligneclaire.channels import mailbox
from ligneclaire.channels.models import Attachment, Mail, Verdict
from ligneclaire.channels.queries import mails
from ligneclaire.channels.tasks import check_mail, check_what_was_left
from ligneclaire.channels.virus import ScannerSilent
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.ops.worker import CREWS
from ligneclaire.voice.actions.take_mail import take_mail
from scanner import clamd
from voice.test_by_mail import jobs as jobs_of

pytestmark = pytest.mark.django_db
INFECTED, LARGE = b"stream: Eicar-Signature FOUND\0", b"INSTREAM size limit exceeded. ERROR\0"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    settings.MAILBOX = tmp_path / "mail"
    settings.CLAMAV = str(tmp_path / "clamd")
    a_world()
    return tmp_path / "clamd"


def came(*files: bytes, name: str = "1") -> UUID:
    mail = built(Message_ID=f"<{name}@x.example>")
    for file in files:
        mail.add_attachment(file, maintype="application", subtype="pdf")
    return take_mail(raw=mail.as_bytes(), envelope=None, by=SYSTEM, at=now()).mail


def found(mail: UUID) -> tuple[str | None, ...]:
    """Of the files, and of the whole."""
    card = mails.by_uuid(mail)
    assert card is not None
    return (*(file.found for file in card.attachments), card.found)


def jobs() -> list[object]:
    return [args for args, _ in jobs_of("check_mail", package="channels")]


def test_an_e_mail_has_a_job_once_and_its_files_and_itself_are_looked_at(place: Path) -> None:
    mail = came(PDF, b"other")
    came(PDF, b"other")
    assert (jobs(), found(mail)) == ([{"mail": str(mail)}], (None, None, None))

    with clamd(place) as asked:
        check_mail(str(mail))
        check_mail(str(mail))

    raw = mailbox.the_kept(Mail.objects.get().place)
    assert asked == [PDF, b"other", raw]
    assert found(mail) == ("", "", "")


def test_what_it_finds_is_kept_in_its_words(place: Path) -> None:
    mail = came(PDF)

    with clamd(place, says=INFECTED):
        check_mail(str(mail))

    card = mails.by_uuid(mail)
    assert card is not None
    assert found(mail) == ("stream: Eicar-Signature FOUND",) * 2
    assert card.infections == ("stream: Eicar-Signature FOUND",)


def test_the_same_file_in_another_e_mail_is_not_looked_at_again(place: Path) -> None:
    first, second = came(PDF), came(PDF, name="2")

    with clamd(place) as asked:
        check_mail(str(first))
        check_mail(str(second))

    assert asked.count(PDF) == 1
    assert found(second) == ("", "")


def test_while_it_is_silent_nothing_is_known_and_the_job_comes_again(place: Path) -> None:
    mail = came(PDF)

    with pytest.raises(ScannerSilent):
        check_mail(str(mail))

    assert (found(mail), Verdict.objects.count()) == ((None, None), 0)
    with clamd(place):
        check_what_was_left(timestamp=0)
    assert found(mail) == ("", "")


@pytest.mark.parametrize("number", [0, 1])
def test_a_file_about_which_it_is_silent_holds_up_no_other(place: Path, number: int) -> None:
    files = (PDF, b"other")
    mail = came(*files)

    with clamd(place, silent_about=files[number]) as asked:
        for _ in range(2):
            with pytest.raises(ScannerSilent):
                check_mail(str(mail))
        with pytest.raises(ScannerSilent):
            check_what_was_left(timestamp=0)

    assert found(mail) == ((None, "", "") if number == 0 else ("", None, ""))
    assert asked.count(files[number]) == 3
    with clamd(place):
        check_what_was_left(timestamp=0)
    assert found(mail) == ("", "", "")


def test_looking_waits_for_no_letters_and_no_letter_for_it() -> None:
    assert {check_mail.queue, check_what_was_left.queue} == {"scans"}
    assert [(crew.queues, crew.hands) for crew in CREWS if "scans" in crew.queues] == [(("scans",), 2)]


def test_what_is_too_large_for_it_is_not_given_out_either(place: Path) -> None:
    mail = came(PDF)

    with clamd(place, says=LARGE):
        check_mail(str(mail))

    assert found(mail) == ("INSTREAM size limit exceeded. ERROR",) * 2


def test_without_a_scanner_nobody_looks(settings: Settings) -> None:
    settings.CLAMAV = ""

    mail = came(PDF)
    check_what_was_left(timestamp=0)

    assert (jobs(), found(mail), Attachment.objects.count()) == ([], (None, None), 1)


def test_there_is_one_verdict_on_the_same_bytes() -> None:
    Verdict.objects.create(sha256="0" * 64, checked_at=now())

    with refused_by("channels_verdict_sha256"):
        Verdict.objects.create(sha256="0" * 64, found="x", checked_at=now())
    assert [str(one) for one in Verdict.objects.all()] == ["clean"]
