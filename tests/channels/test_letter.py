"""The printed letter: one page where one is enough, readable by eye, by machine and aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest
import segno

from channels.paper import POINTS_PER_MM, Box, Paper
from channels.samples import RECIPIENT, REFERENCE, SENDER, in_english, in_french
from ligneclaire.channels.content import Content, Detail, Section, Step, Todo
from ligneclaire.channels.letter.glyphs import unbroken
from ligneclaire.channels.letter.render import render
from ligneclaire.channels.letter.typeset import compiler


def printed(content: Content, recipient: tuple[str, ...] = RECIPIENT) -> Paper:
    return Paper(render(content, sender=SENDER, recipient=recipient))


def test_the_letter_of_the_five_goodbyes_is_one_page_in_reading_order() -> None:
    paper = printed(in_french())
    content = in_french()

    aloud = [
        *SENDER,
        content.contact.phone,
        REFERENCE,
        *RECIPIENT,
        content.dated,
        content.subject,
        content.salutation,
        content.opening[0],
        content.todo_title,
        content.todo[0].by,
        content.todo[0].what,
        content.steps_title,
        *(part for step in content.steps for part in (step.when, step.what)),
        *(part for section in content.sections for part in (section.title, *section.lines)),
        *content.closing,
        content.contact.name + content.contact.role,
    ]
    assert len(paper.pages) == 1
    assert _in_order(aloud, paper.text(0))


def test_the_english_letter_is_one_page_and_says_it_is_english() -> None:
    paper = printed(in_english())

    assert len(paper.pages) == 1
    assert paper.pdf.doc.catalog["Lang"] == b"en"
    assert _in_order(["Dear Mr and Mrs Lenoir,", "before 6 March 2015", "Yours sincerely,"], paper.text(0))


def test_an_address_that_is_that_of_the_letterhead_stands_there_only() -> None:
    content = in_french()
    ours = replace(content.contact, postal=("TELECOM LIGNE CLAIRE", *SENDER[1:]))

    counts = [printed(replace(content, contact=one)).text(0).count("TSA 10090") for one in (content.contact, ours)]

    assert counts == [2, 1]


def test_a_date_stays_on_one_line() -> None:
    assert unbroken("du 4 décembre 2026 au 1er mars 2027, 06 39 98 02 01") == (
        "du 4\u00a0décembre\u00a02026 au 1er\u00a0mars\u00a02027, 06\u00a039\u00a098\u00a002\u00a001"
    )


def test_what_changed_stands_before_what_is_to_do() -> None:
    changed = Section(title="Ce qui change", lines=("La facture viendra le 9 mars, et non le 5.",))
    paper = printed(replace(in_french(), changes=changed))

    assert _in_order([in_french().opening[-1], *changed.lines, in_french().todo_title], paper.text(0))


RIGHTS = Section(title="Vos droits", lines=("Vous pouvez revenir sur votre demande.", "Le médiateur est gratuit."))


def test_what_the_law_grants_stands_small_beside_the_signature() -> None:
    paper = printed(replace(in_french(), rights=RIGHTS))

    assert len(paper.pages) == 1
    assert _in_order([in_french().closing[-1], "Nora Benali", RIGHTS.title, *RIGHTS.lines], paper.text(0))
    sizes = {round(letter["size"], 1) for letter in paper.pages[0].chars if letter["x0"] > 74 * POINTS_PER_MM}
    assert 8.0 in sizes


def test_a_letter_that_nearly_fits_is_set_smaller_and_with_less_air() -> None:
    longer = Section(title="Encore un point", lines=("Une phrase.",) * 4)
    paper = printed(replace(in_french(), rights=RIGHTS, sections=(*in_french().sections, longer)))

    assert len(paper.pages) == 1
    assert min(letter["size"] for letter in paper.pages[0].chars if letter["text"].strip()) == 8.0


def test_one_page_has_no_page_number() -> None:
    assert "Page 1" not in printed(in_french()).text(0)


def test_every_page_of_a_long_letter_has_its_number_and_the_reference() -> None:
    paper = printed(replace(in_french(), sections=in_french().sections * 9))

    endings = [f"Votre référence {REFERENCE}Page {page} sur 3" for page in (1, 2, 3)]
    assert len(paper.pages) == 3
    assert [ending in paper.text(page) for page, ending in enumerate(endings)] == [True, True, True]


@pytest.mark.parametrize("lines", [1, 3, 4, 5, 12, 29])
def test_the_closing_never_stands_alone_on_a_page(lines: int) -> None:
    sections = (Section(title="Encore un point", lines=("Une phrase.",) * lines), in_french().sections[-1])
    paper = printed(replace(in_french(), sections=sections))

    assert _in_order([sections[-1].title, *in_french().closing, "Nora Benali"], paper.text(-1))


def test_the_same_letter_twice_is_the_same_bytes() -> None:
    first = render(in_french(), sender=SENDER, recipient=RECIPIENT)
    compiler.cache_clear()

    assert render(in_french(), sender=SENDER, recipient=RECIPIENT) == first


def test_the_file_can_be_archived_and_read_aloud() -> None:
    paper = printed(in_french())
    xmp = paper.metadata()

    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert paper.pdf.metadata["Title"] == in_french().subject
    assert paper.pdf.metadata["CreationDate"] == "D:20150217000000Z"
    assert paper.pdf.doc.catalog["Lang"] == b"fr"


def test_only_our_fonts_are_used_and_they_travel_in_the_file() -> None:
    assert printed(in_french()).fonts() == {
        "SourceSans3-Regular": True,
        "SourceSans3-Semibold": True,
        "SourceSerif4-Regular": True,
        "SourceSerif4-Semibold": True,
    }


def test_the_code_on_the_page_is_the_reference() -> None:
    picture = printed(in_french()).pages[0].to_image(resolution=254, antialias=True).original.convert("L")
    expected = [[bool(module) for module in row] for row in segno.make_qr(REFERENCE, error="m").matrix]
    module = 150 / len(expected)

    def dark(row: int, column: int) -> bool:
        at = (round(1055 + (column + 0.5) * module), round(150 + (row + 0.5) * module))
        return bool(picture.getpixel(at) < 128)

    assert [[dark(row, column) for column in range(len(expected))] for row in range(len(expected))] == expected


@pytest.mark.parametrize("name", ["Cœur & Fils €", "N’Guyễn", "Łukasz Żak", "e\u0301te\u0301", "a\u202fb\u00a0c"])
def test_a_name_of_europe_is_printed_as_written(name: str) -> None:
    paper = printed(replace(in_french(), salutation=name))

    expected = name.replace("e\u0301", "é").replace("\u202f", " ").replace("\u00a0", " ")
    assert expected in paper.text(0)


@pytest.mark.parametrize(
    ("written", "printed_as"),
    [
        pytest.param("漢字", "??", id="no glyph"),
        pytest.param("②", "2", id="nearest plain form"),
        pytest.param("a\u0000b", "a b", id="control character"),
        pytest.param("a\u200db\ufe0f", "ab", id="invisible"),
        pytest.param('＂, "b": ＼', '", "b": \\', id="signs that mean something in JSON"),
        pytest.param("#panic() $x$ *a* @b", "#panic() $x$ *a* @b", id="signs that mean something to the typesetter"),
    ],
)
def test_what_no_font_can_show_does_not_stop_a_letter(written: str, printed_as: str) -> None:
    paper = printed(replace(in_french(), salutation=f"<{written}>"))

    assert f"<{printed_as}>" in paper.text(0)


def test_what_is_empty_is_left_out() -> None:
    bare = replace(
        in_french(),
        details=(),
        todo_title="",
        steps_title="",
        sections=(Section(title="", lines=()),),
        contact=replace(in_french().contact, email="", postal=()),
    )
    paper = Paper(render(bare, sender=SENDER[:1], recipient=RECIPIENT))

    assert _in_order([SENDER[0], bare.todo[0].what, bare.steps[-1].what, bare.closing[-1]], paper.text(0))


def test_nothing_runs_over_the_margins() -> None:
    endless = "x" * 400
    crowded = replace(
        in_french(),
        subject=f"Objet {endless}",
        opening=(endless,),
        todo=(Todo(what=endless, by="avant le 31 décembre 2015 à midi"), Todo(what="Sans date", by="")),
        steps=(Step(when="", what=endless), Step(when=endless, what="Fin")),
        details=tuple(Detail(name="Contrat", value="un nom de contrat très long " * 3) for _ in range(9)),
        contact=replace(in_french().contact, email=f"{'nom.' * 30}@ligneclaire.example", postal=("Une ligne",) * 9),
    )
    paper = printed(crowded)

    outside = Box(left=0, top=0, right=24.9, bottom=297), Box(left=185.2, top=0, right=210, bottom=297)
    found = [paper.ink_in(margin, page) for margin in outside for page in range(len(paper.pages))]
    folds = [(round(fold.top), round(fold.left), round(fold.right)) for _, fold in found[0]]
    assert folds == [(99, 5, 9), (198, 5, 9)]
    assert found[1:] == [[] for _ in found[1:]]
    assert paper.ink_in(Box(left=25, top=87, right=100, bottom=92.5)) == []


ADDRESS_ZONE = Box(left=105, top=46, right=190, bottom=79)
ALWAYS_VISIBLE = Box(left=100, top=45, right=190, bottom=79)


@pytest.mark.parametrize("lines", range(2, 8))
@pytest.mark.parametrize("longest", ["APPARTEMENT 1234 ESCALIER B BATIMENT 2", "W" * 38], ids=["usual", "widest"])
def test_the_window_shows_the_address_and_nothing_else(lines: int, longest: str) -> None:
    recipient = (longest,) * lines
    paper = printed(in_french(), recipient)

    shown = paper.ink_in(ALWAYS_VISIBLE)
    assert len(longest) == 38
    assert "".join(letter for letter, _ in shown) == "".join(recipient).replace(" ", "")
    assert [letter for letter, box in shown if not ADDRESS_ZONE.holds(box)] == []


def test_38_usual_capitals_are_printed_at_full_size() -> None:
    paper = printed(in_french(), ("APPARTEMENT 1234 ESCALIER B BATIMENT 2",) * 6)

    letters = [letter for letter in paper.pages[0].chars if letter["x0"] > 105 * POINTS_PER_MM]
    sizes = {round(letter["size"], 1) for letter in letters if 46 < letter["top"] / POINTS_PER_MM < 79}
    assert sizes == {10.5}


def _in_order(parts: list[str], text: str) -> bool:
    place = 0
    for part in parts:
        found = text.find(" ".join(part.split()), place)
        assert found >= 0, part
        place = found + len(part)
    return True
