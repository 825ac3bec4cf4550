"""The label of a return and the receipt for a hand-over: one page each, readable by eye, by machine and aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import segno

from channels.paper import Box, Paper
from ligneclaire.channels.content import Detail
from ligneclaire.channels.letter.label import (
    Label,
    LabelWords,
    Receipt,
    ReceiptWords,
    Thing,
    render_label,
    render_receipt,
)
from ligneclaire.channels.letter.typeset import compiler

REFERENCE = "RT-7K2M-9QX4"
THINGS = (Thing(name="Box", serial="LB-4471-0093"), Thing(name="Décodeur TV", serial="TV-2210-7781"))
LABEL = Label(
    language="fr",
    dated_on=date(2026, 11, 22),
    reference=REFERENCE,
    sender=("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX"),
    recipient=("TELECOM LIGNE CLAIRE", "RETOUR DE MATERIEL", "TSA 10091", "59000 LILLE"),
    contents=THINGS,
    words=LabelWords(
        title="Votre étiquette de retour",
        sender="Expéditeur",
        to="Destinataire",
        reference="Référence du retour",
        prepaid="Port payé",
        contents="Ce que nous attendons",
        serial="n° de série",
        cut="Découpez ici",
        how="Comment faire",
        steps=("Emballez le matériel.", "Collez l’étiquette.", "Déposez le colis."),
        code="Code QR de la référence du retour",
    ),
)
RECEIPT = Receipt(
    language="en",
    dated_on=date(2026, 11, 22),
    reference=REFERENCE,
    operator=("Télécom Ligne Claire", "TSA 10090", "59000 LILLE"),
    contents=THINGS,
    details=(
        Detail(name="Place", value="Shop of Bordeaux"),
        Detail(name="Date and time", value="22 November 2026 at 14:05"),
        Detail(name="Received by", value="Nora Benali"),
    ),
    words=ReceiptWords(
        title="Receipt for equipment",
        intro="We have received the following equipment.",
        contents="What you handed over",
        serial="serial number",
        keep="Keep this receipt.",
        reference="Reference of the return",
        code="QR code of the reference of the return",
    ),
)
STICKER = Box(left=25, top=20, right=185, bottom=125)


def in_order(parts: list[str], text: str) -> bool:
    places = [text.find(part) for part in parts]
    assert [part for part, place in zip(parts, places, strict=True) if place < 0] == []
    return places == sorted(places)


def test_a_label_is_one_page_that_names_who_sends_what_to_whom() -> None:
    paper = Paper(render_label(LABEL))

    assert len(paper.pages) == 1
    assert in_order(
        [
            "Expéditeur",
            *LABEL.sender,
            "Port payé",
            REFERENCE,
            "Destinataire",
            *LABEL.recipient,
            "Découpez ici",
            "Votre étiquette de retour",
            "Ce que nous attendons",
            "Boxn° de série LB-4471-0093",
            "Décodeur TVn° de série TV-2210-7781",
            *LABEL.words.steps,
        ],
        paper.text(0),
    )


def test_both_addresses_and_the_reference_lie_on_what_is_cut_out_and_nothing_else_does() -> None:
    paper = Paper(render_label(LABEL))

    printed = "".join(what for what, _ in paper.ink_in(STICKER) if len(what) == 1)
    on_it = [
        "Expéditeur",
        *LABEL.sender,
        "Port payé",
        "Référence du retour",
        REFERENCE,
        "Destinataire",
        *LABEL.recipient,
    ]
    assert sorted(printed) == sorted("".join(on_it).replace(" ", ""))
    frames = [box for what, box in paper.ink_in(STICKER) if len(what) > 1]
    assert [box for box in frames if not Box(left=24, top=19, right=186, bottom=126).holds(box)] == []


def test_a_scanner_reads_the_reference_from_the_label() -> None:
    picture = Paper(render_label(LABEL)).pages[0].to_image(resolution=254, antialias=True).original.convert("L")
    expected = [[bool(module) for module in row] for row in segno.make_qr(REFERENCE, error="m").matrix]
    rows = [y for y in range(picture.height) if _is_dark(picture, 340, y) and 700 < y < 1200]
    top, module = min(rows), 300 / len(expected)

    found = [
        [
            _is_dark(picture, round(330 + (column + 0.5) * module), round(top + (row + 0.5) * module))
            for column in range(len(expected))
        ]
        for row in range(len(expected))
    ]
    assert found == expected


def _is_dark(picture: object, x: int, y: int) -> bool:
    return bool(picture.getpixel((x, y)) < 128)  # type: ignore[attr-defined]  # an image of Pillow


def test_a_long_address_is_made_to_fit() -> None:
    wide = replace(LABEL, sender=("W" * 38,) * 7, recipient=("W" * 38,) * 7)
    paper = Paper(render_label(wide))

    letters = [box for what, box in paper.ink_in(STICKER) if what == "W"]
    assert len(letters) == 38 * 14
    assert [box for box in letters if not STICKER.holds(box)] == []


def test_a_receipt_says_what_where_when_and_to_whom() -> None:
    paper = Paper(render_receipt(RECEIPT))

    assert len(paper.pages) == 1
    assert in_order(
        [
            *RECEIPT.operator,
            REFERENCE,
            "Receipt for equipment",
            "What you handed over",
            "Boxserial number LB-4471-0093",
            "Décodeur TVserial number TV-2210-7781",
            *(f"{detail.name}{detail.value}" for detail in RECEIPT.details),
            "Keep this receipt.",
        ],
        paper.text(0),
    )


@pytest.mark.parametrize(
    ("pdf", "title", "language"),
    [
        (render_label(LABEL), "Votre étiquette de retour", b"fr"),
        (render_receipt(RECEIPT), "Receipt for equipment", b"en"),
    ],
    ids=["label", "receipt"],
)
def test_papers_can_be_archived_and_read_aloud(pdf: bytes, title: str, language: bytes) -> None:
    paper = Paper(pdf)
    xmp = paper.metadata()

    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert paper.pdf.metadata["Title"] == title
    assert paper.pdf.metadata["CreationDate"] == "D:20261122000000Z"
    assert paper.pdf.doc.catalog["Lang"] == language
    assert set(paper.fonts().values()) == {True}
    assert {name.partition("-")[0] for name in paper.fonts()} == {"SourceSans3", "SourceSerif4"}


def test_the_same_papers_twice_are_the_same_bytes() -> None:
    first = render_label(LABEL), render_receipt(RECEIPT)
    compiler.cache_clear()

    assert (render_label(LABEL), render_receipt(RECEIPT)) == first


def test_what_no_font_can_show_does_not_stop_a_label() -> None:
    assert "?? LENOIR" in Paper(render_label(replace(LABEL, sender=("漢字 LENOIR", "33000 BORDEAUX")))).text(0)
