"""What we wrote, and what was said elsewhere, by the words in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from channels.samples import in_french
from ligneclaire.channels.content import Content
from ligneclaire.channels.models import Entry, Message
from ligneclaire.channels.queries import excerpts
from ligneclaire.channels.queries.excerpts import Excerpt, Piece

pytestmark = pytest.mark.django_db
LETTER, OTHER, COPY = (UUID(int=number) for number in (1, 2, 3))
AT = datetime(2015, 2, 17, 8, tzinfo=UTC)


def written(uuid: UUID, content: Content, *, at: datetime = AT, copy_of: UUID | None = None) -> None:
    Message.objects.create(
        uuid=uuid,
        utterance=uuid,
        customer="C-2001",
        case="LC-7K2M-9QX4",
        channel="email" if copy_of else "letter",
        copy_of=copy_of,
        language=content.language,
        adviser="A-1",
        subject=content.subject,
        content=content.as_json(),
        destination=[],
        written_at=at,
    )


@pytest.fixture
def letter() -> Content:
    """The one letter of the five goodbyes is written."""
    letter = in_french()
    written(LETTER, letter)
    return letter


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("résiliation", id="a word as it is written"),
        pytest.param("RESILIATION", id="without its accent"),
        pytest.param("résilier", id="another form of it"),
        pytest.param("resili", id="as far as it is typed"),
        pytest.param("décodeur box", id="several, in any order"),
        pytest.param("l'étiquette de retour", id="with words that say nothing"),
        pytest.param("fin de votre ligne", id="of the subject"),
        pytest.param("LB-4471-0093 box", id="beside a number"),
        pytest.param("contrat & !box | (", id="with signs that mean something to the database"),
    ],
)
def test_a_message_is_found_by_its_words(letter: Content, text: str) -> None:
    assert [one.uuid for one in excerpts.of(text, limit=5)] == [LETTER]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("huissier", id="a word that it has not"),
        pytest.param("décodeur huissier", id="one that it has and one that it has not"),
        pytest.param("Benali", id="who signs every message"),
        pytest.param("20", id="a number alone"),
        pytest.param("de la", id="words that say nothing"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_message_is_not_found_by_what_it_does_not_say(letter: Content, text: str) -> None:
    assert excerpts.of(text, limit=5) == ()


def test_an_excerpt_shows_the_words_where_they_stand(letter: Content) -> None:
    [found] = excerpts.of("etiquette decodeur", limit=5)

    assert found == Excerpt(
        is_entry=False,
        uuid=LETTER,
        customer="C-2001",
        channel="letter",
        subject=letter.subject,
        state="queued",
        written_at=AT,
        title=(Piece(text=letter.subject, is_hit=False),),
        passage=found.passage,
    )
    assert [piece.text for piece in found.passage if piece.is_hit] == ["décodeur", "étiquette"]
    assert Piece(text=" de retour gratuite jointe à cette lettre, dans", is_hit=False) in found.passage


def test_the_words_of_a_subject_are_shown_in_it(letter: Content) -> None:
    [found] = excerpts.of("telephone fin", limit=5)

    assert [(piece.text, piece.is_hit) for piece in found.title] == [
        ("La ", False),
        ("fin", True),
        (" de votre ligne internet et ", False),
        ("téléphone", True),
        (", le 20 février 2015", False),
    ]


def test_the_newest_come_first_and_a_copy_is_not_another_message(
    letter: Content, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    later = replace(letter, subject="Votre dépôt de garantie", opening=("Un huissier s’en occupe.",))
    written(OTHER, later, at=AT + timedelta(days=1))
    written(COPY, later, at=AT + timedelta(days=1), copy_of=OTHER)

    for recent in (5000, 2, 0):  # the same, however few messages count as the last ones
        monkeypatch.setattr(excerpts, "RECENT", recent)
        with django_assert_num_queries(1):
            assert [one.uuid for one in excerpts.of("contrat", limit=5)] == [OTHER, LETTER]
        assert [one.uuid for one in excerpts.of("contrat", limit=1)] == [OTHER]
        assert [one.uuid for one in excerpts.of("huissiers", limit=5)] == [OTHER]


def said(number: int, text: str, *, at: datetime = AT, medium: str = "call", direction: str = "in") -> UUID:
    given = {"customer": "C-2001", "medium": medium, "direction": direction, "text": text, "recorded_by": "adviser:A-1"}
    return Entry.objects.create(**given, uuid=UUID(int=number), happened_at=at, recorded_at=at).uuid


def test_what_customers_said_is_found_beside_what_we_wrote_the_newest_first(letter: Content) -> None:
    first = said(10, "Mon décodeur ne marche plus.", at=AT - timedelta(days=1))
    last = said(11, "Les DECODEURS sont revenus !", at=AT + timedelta(days=1), medium="email")
    said(12, "Ma box clignote.")

    found = excerpts.of("décodeur", limit=5)

    assert [(one.uuid, one.is_entry, one.channel) for one in found] == [
        (last, True, "email"),
        (LETTER, False, "letter"),
        (first, True, "call"),
    ]
    assert (found[0].subject, found[0].title, found[0].written_at) == ("in", (), AT + timedelta(days=1))
    assert [(piece.text, piece.is_hit) for piece in found[2].passage][:1] == [("décodeur", True)]
    assert [one.uuid for one in excerpts.of("décodeur", limit=2)] == [last, LETTER]


@pytest.mark.parametrize("recent", [1, 2, 100])
def test_the_newest_are_found_however_far_is_looked_at_first(monkeypatch: pytest.MonkeyPatch, recent: int) -> None:
    monkeypatch.setattr(excerpts, "RECENT", recent)
    uuids = [said(number, "Le technicien est venu.", at=AT + timedelta(minutes=number)) for number in range(10, 18)]

    assert [one.uuid for one in excerpts.of("technicien", limit=3)] == uuids[:-4:-1]


def test_they_are_found_by_one_query_and_cut_by_another(
    letter: Content, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (10, 11):
        said(number, "Mon décodeur ne marche plus.")
        with django_assert_num_queries(2):
            assert len(excerpts.of("décodeur", limit=5)) == number - 8


def test_an_account_is_masked_before_the_passage_is_cut() -> None:
    far = "sans aucun rapport avec la demande " * 5
    said(10, f"{far} remboursez FR14 2004 1010 0505 0001 3M02 606 {far} FR14 2004 1010 0505 0001 3M02 606 merci {far}")

    [found] = excerpts.of("remboursez merci", limit=5)

    assert [piece.text for piece in found.passage if piece.is_hit] == ["remboursez", "merci"]
    passage = "".join(piece.text for piece in found.passage)
    assert passage.count("2606") == 2
    assert [part for part in ("FR14", "2004", "1010", "0505", "3M02") if part in passage] == []
