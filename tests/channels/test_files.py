"""Files that people hand in are known by what they are, limited, checked, kept and drawn anew."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from channels.samples import RECIPIENT, SENDER, in_french
from ligneclaire.channels import files, mailbox, pdf, virus
from ligneclaire.channels.files import OfAnotherKind, TooLarge, preview, take_in
from ligneclaire.channels.letter.read_back import reference_on
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.pdf import NotReadable
from ligneclaire.kernel.ref import reference_of
from scanner import as_file, blank, clamd, scanned

REFERENCE = reference_of("a letter")
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"


@pytest.fixture(scope="module")
def letter() -> bytes:
    return render(replace(in_french(), reference=REFERENCE), sender=SENDER, recipient=RECIPIENT)


@pytest.mark.parametrize("turned", [0, 2, -3, 90, 180])
def test_the_reference_is_read_back_however_the_letter_lay(letter: bytes, turned: float) -> None:
    assert reference_on(scanned(letter, turned=turned), PNG) == REFERENCE


def test_it_is_read_back_from_a_jpeg_with_noise_and_from_our_own_pdf(letter: bytes) -> None:
    assert reference_on(scanned(letter, noise=0.35, kind="JPEG"), JPEG) == REFERENCE
    assert reference_on(letter, PDF) == REFERENCE


def test_it_is_read_back_from_a_pdf_that_a_scanner_made(letter: bytes) -> None:
    pages = [Image.open(BytesIO(file)) for file in (blank(), scanned(letter))]
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:])

    assert reference_on(made.getvalue(), PDF) == REFERENCE
    assert take_in(made.getvalue(), name="scan.pdf").pages == 2


def test_where_there_is_no_code_of_ours_none_is_made_up(letter: bytes) -> None:
    top = Image.open(BytesIO(scanned(letter, turned=0))).crop((0, 500, 1240, 1400))

    assert reference_on(as_file(top, "PNG"), PNG) is None
    assert reference_on(blank("JPEG"), JPEG) is None
    assert reference_on(b"%PDF-1.7 broken", PDF) is None


def test_a_file_is_kept_under_its_own_digest_with_a_plain_name() -> None:
    taken = take_in(blank(), name="C:\\scans\\lettre\u202e.png")

    assert (taken.name, taken.kind, taken.pages, taken.is_checked) == ("lettre.png", PNG, 1, False)
    assert mailbox.kept(taken.place) == blank()
    assert taken.size == len(blank())
    assert take_in(blank(), name="").name == "document.png"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"GIF89a", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xffbroken", blank()[:-40]],
)
def test_what_is_something_else_is_refused_whatever_its_name_says(content: bytes) -> None:
    with pytest.raises(OfAnotherKind):
        take_in(content, name="lettre.pdf")
    assert not mailbox.folder().exists()


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_PIXELS", 620 * 877 - 1)
    with pytest.raises(TooLarge):
        take_in(blank(), name="x.png")
    monkeypatch.setattr(files, "LARGEST", len(blank()) - 1)
    with pytest.raises(TooLarge):
        take_in(blank(), name="x.png")
    assert not mailbox.folder().exists()


def test_pages_are_drawn_anew(letter: bytes) -> None:
    for content, kind in ((letter, PDF), (blank("JPEG"), JPEG)):
        drawn = Image.open(BytesIO(preview(content, kind, 1)))
        assert (drawn.format, max(drawn.size) <= 1200) == ("PNG", True)
        for page in (0, 2):
            with pytest.raises(NotReadable):
                preview(content, kind, page)


def test_who_waits_too_long_for_another_file_is_told(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._one_at_a_time(), pytest.raises(NotReadable):
        pdf.pages_of(letter)

    assert pdf.pages_of(letter) == 1


def test_a_virus_scanner_sees_every_byte_before_anything_is_kept(settings: Settings, tmp_path: Path) -> None:
    settings.CLAMAV = str(tmp_path / "clamd")
    with clamd(tmp_path / "clamd") as asked:
        assert take_in(blank(), name="x.png").is_checked
    assert asked == [blank()]


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        (b"stream: Eicar-Signature FOUND\0", virus.Infected),
        (b"INSTREAM size limit exceeded. ERROR\0", virus.ScannerSilent),
        (b"", virus.ScannerSilent),
    ],
)
def test_what_it_refuses_or_does_not_answer_for_is_not_kept(
    settings: Settings, tmp_path: Path, says: bytes, refusal: type[Exception]
) -> None:
    settings.CLAMAV = str(tmp_path / "clamd")
    with clamd(tmp_path / "clamd", says=says), pytest.raises(refusal):
        take_in(blank(), name="x.png")
    assert not mailbox.folder().exists()


@pytest.mark.parametrize("place", ["/nowhere/clamd.ctl", "127.0.0.1:9"])
def test_without_an_answer_no_file_is_taken_in_unchecked(settings: Settings, place: str) -> None:
    settings.CLAMAV = place

    with pytest.raises(virus.ScannerSilent):
        virus.check(b"x")
