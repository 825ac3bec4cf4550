"""Standard texts: worded by supervisors in both languages, filled with what is known, and nothing left open leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from builders import a_world
from ligneclaire.audit.models import Change
from ligneclaire.audit.states import ChangeKind
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.voice.actions.archive_standard_text import TextUnknown, archive_standard_text
from ligneclaire.voice.actions.keep_standard_text import (
    ChangedMeanwhile,
    NameTaken,
    ShortcutUnreadable,
    UnknownVariable,
    keep_standard_text,
)
from ligneclaire.voice.actions.write_message import LeftToFill, Words, write_message
from ligneclaire.voice.models import StandardText, StandardTextVersion
from ligneclaire.voice.queries import known, standard_texts
from ligneclaire.voice.queries.standard_texts import Wording
from ligneclaire.voice.rules.variables import Place, Variable, expand, fill, places, unknown
from ligneclaire.voice.wording.standard import filled, left_in, names, unknown_in
from ligneclaire.voice.wording.texts import LANGUAGES

pytestmark = pytest.mark.django_db
INES, MARIE = Actor(ActorKind.ADVISER, "A-3"), Actor(ActorKind.CLERK, "7")
NORA = Actor(ActorKind.ADVISER, "A-1")
NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
FRENCH, ENGLISH = "Nous revenons vers vous le {date promise}.", "You hear from us on {promised date}."


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()
    give_login(adviser="A-3", username="ines", password="x", by=SYSTEM, at=NOW)
    set_supervision(username="ines", is_supervisor=True, by=SYSTEM, at=NOW)


def keep(
    text: UUID, seen: int = 0, by: Actor = INES, name: str = "Retard", shortcut: str = "retard", **said: str
) -> None:
    words = {
        "fr": Wording(subject=said.get("subject", ""), text=said.get("fr", FRENCH)),
        "en": Wording(subject="", text=said.get("en", ENGLISH)),
    }
    keep_standard_text(text=text, name=name, shortcut=shortcut, words=words, seen=seen, by=by, at=NOW)


def test_a_text_is_offered_once_it_has_its_words_in_both_languages() -> None:
    text = uuid4()

    keep(text, en="", name=" Un  retard ", shortcut="::Retard")
    assert [(one.name, one.shortcut, one.is_ready) for one in standard_texts.listed()] == [
        ("Un retard", "retard", False)
    ]
    assert standard_texts.usable() == ()

    keep(text, seen=1, subject="Votre dossier")
    [card] = standard_texts.usable()
    assert (card.name, card.version, card.written_by_name) == ("Retard", 2, "Inès Caron")
    assert card.wording("fr") == card.wording("es") == Wording(subject="Votre dossier", text=FRENCH)
    assert card.wording("en") == Wording(subject="", text=ENGLISH)


def test_every_version_is_kept_and_the_same_words_make_none() -> None:
    text = uuid4()
    keep(text)
    keep(text, seen=1)
    keep(text, seen=1, fr="Bientôt.")

    assert [(one.version, one.words["fr"].text) for one in standard_texts.versions_of(text)] == [
        (2, "Bientôt."),
        (1, FRENCH),
    ]
    assert [row.written_by for row in StandardTextVersion.objects.all()] == ["adviser:A-3"] * 2
    assert standard_texts.by_uuid(uuid4()) is None


def test_whoever_looked_at_an_older_version_changes_nothing() -> None:
    text = uuid4()
    keep(text)
    keep(text, seen=1, fr="Bientôt.")

    for seen in (0, 1):
        with pytest.raises(ChangedMeanwhile):
            keep(text, seen=seen, fr="Jamais.")
    assert StandardTextVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ({"fr": "Bonjour,\n\nle {jour} vient."}, {"language": "fr", "field": "text", "line": 3, "word": "jour"}),
        ({"en": "On {date promise}."}, {"language": "en", "field": "text", "line": 1, "word": "date promise"}),
        ({"subject": "{}"}, {"language": "fr", "field": "subject", "line": 1, "word": ""}),
    ],
)
def test_an_unknown_variable_is_refused_by_line_and_word(said: dict[str, str], values: dict[str, object]) -> None:
    with pytest.raises(UnknownVariable) as refused:
        keep(uuid4(), 0, INES, "Retard", "retard", **said)

    assert refused.value.values == values
    assert StandardText.objects.count() == 0


@pytest.mark.parametrize("shortcut", ["", "deux mots", "-x", "x" * 31, "a/b"])
def test_a_shortcut_is_one_word(shortcut: str) -> None:
    with pytest.raises(ShortcutUnreadable):
        keep(uuid4(), shortcut=shortcut)
    assert StandardText.objects.count() == 0


def test_two_texts_in_use_share_neither_name_nor_shortcut() -> None:
    keep(uuid4())

    for field, name, shortcut in (("name", "RETARD", "x"), ("shortcut", "x", "retard")):
        with pytest.raises(NameTaken) as refused:
            keep(uuid4(), name=name, shortcut=shortcut)
        assert refused.value.values == {"field": field}
    assert StandardText.objects.count() == 1


def test_a_text_goes_to_the_archive_and_comes_back_while_its_name_is_free() -> None:
    text, other = uuid4(), uuid4()
    keep(text)
    for _ in range(2):
        archive_standard_text(text=text, is_archived=True, by=INES, at=NOW)
    assert standard_texts.usable() == ()
    assert [card.archived_at for card in standard_texts.listed()] == [NOW]

    keep(other, shortcut="autre")
    with pytest.raises(NameTaken):
        archive_standard_text(text=text, is_archived=False, by=INES, at=NOW)
    archive_standard_text(text=other, is_archived=True, by=INES, at=NOW)
    archive_standard_text(text=text, is_archived=False, by=INES, at=NOW)

    assert [card.uuid for card in standard_texts.usable()] == [text]
    changed = Change.objects.filter(kind=ChangeKind.OPERATOR, by=str(INES)).order_by("id")
    assert [(row.about, row.before, row.after) for row in changed] == [
        ("text/retard", {"archived": False}, {"archived": True}),
        ("text/autre", {"archived": False}, {"archived": True}),
        ("text/retard", {"archived": True}, {"archived": False}),
    ]
    with pytest.raises(TextUnknown):
        archive_standard_text(text=uuid4(), is_archived=True, by=INES, at=NOW)


def test_a_clerk_keeps_no_texts() -> None:
    text = uuid4()
    with pytest.raises(NotAllowed):
        keep(text, by=MARIE)
    keep(text)
    with pytest.raises(NotAllowed):
        archive_standard_text(text=text, is_archived=True, by=MARIE, at=NOW)
    assert [one.uuid for one in standard_texts.usable()] == [text]


def test_every_variable_has_a_name_of_its_own_in_every_language() -> None:
    for language in LANGUAGES:
        called = names(language)
        assert len(set(called.values())) == len(Variable)
        assert unknown_in(" ".join(f"{{{name}}}" for name in called.values()), language) == ()


def test_places_are_found_filled_and_named_when_left() -> None:
    text = "Bonjour {client},\nvotre { Offre } et {rien}, le {date promise} ou le {date promise}"

    assert places("a\n{b}") == (Place(line=2, word="b"),)
    assert unknown(text, {"client", "offre", "date promise"}) == (Place(line=2, word="rien"),)
    assert fill(text, {"client": "Mme {Lenoir}"}).startswith("Bonjour Mme {Lenoir},")
    done = filled(text, {Variable.CUSTOMER: "Mme Lenoir", Variable.OFFER: "Fibre"}, "fr")
    assert done == "Bonjour Mme Lenoir,\nvotre Fibre et {rien}, le {date promise} ou le {date promise}"
    assert left_in(done) == ("{date promise}",)
    assert left_in("{Case} {x}") == ("{Case}",)


def test_a_shortcut_alone_on_its_line_becomes_its_text() -> None:
    said = expand("Bonjour\n ::Retard \nx ::retard\n::autre", {"retard": "En retard."})

    assert said == "Bonjour\nEn retard.\nx ::retard\n::autre"


def promise(on: date, entry: int) -> None:
    words = Words(
        customer="C-2001",
        channel=Channel.EMAIL,
        subject="x",
        text="x",
        promise=Given(text="Rappeler", due_on=on),
    )
    write_message(message=UUID(int=entry), words=words, by=NORA, at=NOW)


def test_what_is_known_of_the_matter_is_filled_in_and_what_could_be_several_is_not() -> None:
    def values(case: str = "", promised: date | None = None) -> dict[Variable, str]:
        return known.values("C-2001", case=case, promised=promised, by="A-1", at=NOW)

    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=NOW)
    opened = open_cases(needs={("C-2001", "contract:K-ADSL-1"): need}, by=NORA, at=NOW)
    case = opened["C-2001", "contract:K-ADSL-1"].reference
    alone = {
        Variable.CUSTOMER: "M. et Mme Lenoir",
        Variable.ADVISER: "Nora Benali",
        Variable.PHONE: "01 99 00 01 01",
    }

    before = values()
    one = values(case)

    assert {name: before[name] for name in alone} == alone
    assert one[Variable.CASE] == case
    assert Variable.OFFER in one
    assert Variable.PROMISED not in before
    promise(date(2015, 2, 18), 1)
    assert Variable.PROMISED not in values()  # it is not the day that is promised now
    assert values(promised=date(2015, 3, 1))[Variable.PROMISED] == "1er mars 2015"
    assert known.language_of("C-2001", at=NOW) == "fr"


def test_a_message_with_a_place_left_open_does_not_leave() -> None:
    for subject, text in (("x", FRENCH), ("{dossier}", "x")):
        with pytest.raises(LeftToFill) as refused:
            write_message(
                message=uuid4(),
                words=Words(customer="C-2001", channel=Channel.EMAIL, subject=subject, text=text),
                by=NORA,
                at=NOW + timedelta(1),
            )
        assert refused.value.values["places"] in (("{date promise}",), ("{dossier}",))
    assert Message.objects.count() == 0
