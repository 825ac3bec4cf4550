"""What customers download of everything about them: all of theirs, nothing of others, of staff what they see anyway."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from pytest_django.fixtures import Settings

from incoming import an_email
from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.cases.actions.name_occasion import name_occasion
from ligneclaire.cases.actions.open_record import open_record
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.cases.states import OccasionKind, ReadPage
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.ops.tasks import prepare_record_copies
from ligneclaire.people import copies
from ligneclaire.people.actions.ask_record_copy import ask_record_copy
from ligneclaire.people.actions.authorise_person import Authority, authorise_person
from ligneclaire.people.models import AuthorisedPerson, ContactPoint, Customer, RecordCopy
from ligneclaire.people.queries import record_copies
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.states import ContactKind, May, PersonKind
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.transfer.actions.prepare_record_copy import prepare_record_copy
from ligneclaire.transfer.catalogue import COLUMNS_OF_STAFF, EXPORTED, KEPT_BACK, ROWS_OF_THEIRS
from ligneclaire.transfer.tables import tables
from people.persons import merge, unmerge
from world import MONDAY, World

AT = datetime.fromisoformat(MONDAY)
CAMILLE, NORA, HUGO = (
    Actor(ActorKind.CUSTOMER, "C-2001"),
    Actor(ActorKind.ADVISER, "A-1"),
    Actor(ActorKind.ADVISER, "A-2"),
)


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def a_copy(*, wants_word: bool = False, at: datetime = AT) -> ZipFile:
    """What the Lenoirs download after they asked."""
    uuid = ask_record_copy(wants_word=wants_word, by=CAMILLE, at=at)
    [card] = record_copies.to_prepare()
    prepare_record_copy(card=card, by=SYSTEM, at=at)
    return ZipFile(BytesIO(copies.place(uuid).read_bytes()))


def rows(copy: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(copy.read(f"donnees/{name}.csv").decode())))


def everything(copy: ZipFile) -> str:
    return "\n".join(copy.read(name).decode("latin-1") for name in copy.namelist())


def authorise() -> UUID:
    authority = Authority(
        name="Anne Roux",
        kind=PersonKind.HOUSEHOLD,
        may=[May.BILLS],
        term=Term(start=date(2015, 1, 1), end=None),
        email="anne.roux@example.org",
        proof="GED 77",
    )
    person = uuid4()
    authorise_person(person=person, customer="C-2001", authority=authority, by=NORA, at=AT - timedelta(days=1))
    return person


def called(text: str, *, person: UUID | None = None, promise: Given | None = None) -> None:
    said = Said(
        customer="C-2001",
        case="",
        medium=Medium.CALL,
        direction=Direction.IN,
        text=text,
        happened_at=AT - timedelta(minutes=5),
        person=person,
    )
    log_contact(entry=uuid4(), said=said, promise=promise, calendar=Calendar(), by=NORA, at=AT)


def test_all_of_theirs_is_in_it_with_letters_as_pdf_and_files_as_they_came(monday: World) -> None:
    called("Madame Lenoir demande la date.")
    receive_mail(raw=an_email("Voici la photo du boîtier."), envelope=None, by=SYSTEM, at=AT)

    copy = a_copy()

    names = copy.namelist()
    package = json.loads(copy.read("donnees/datapackage.json"))
    assert [row["number"] for row in rows(copy, "tables/people_customer")] == ["C-2001"]
    assert [row["text"] for row in rows(copy, "tables/channels_entry")] == [
        "Madame Lenoir demande la date.",
        "Voici la photo du boîtier.",
    ]
    assert len(rows(copy, "tables/contracts_contract")) > 1
    assert {name.rpartition(".")[2] for name in names if "/files/outbox/" in name} >= {"pdf"}
    assert [name for name in names if name.startswith("donnees/files/mail/") and name.endswith(".eml")] != []
    assert {one["name"] for one in package["resources"]} == {
        *(table.name for table in tables(of_one=True, for_them=True)),
        "files",
        "readings",
    }


def test_nothing_of_others_is_in_it(monday: World) -> None:
    person = authorise()
    called(
        "Anne Roux demande la facture.", person=person, promise=Given(text="Rappeler Anne", due_on=date(2015, 2, 18))
    )
    raw = an_email("Je suis Anne.", sender="anne.roux@example.org")
    receive_mail(raw=raw, envelope=None, by=SYSTEM, at=AT)

    text = everything(a_copy())

    others = Customer.objects.exclude(number="C-2001").values_list("name", flat=True)
    assert AuthorisedPerson.objects.count() == 1
    assert [name for name in [*others, "Anne", "anne.roux", "GED 77", str(person)] if name in text] == []


def test_who_read_the_record_stands_in_it_as_on_their_page_and_nothing_else_of_staff(monday: World) -> None:
    name_occasion(
        customer="C-2001", kind=OccasionKind.OTHER, words="Elle a rappelé", day=date(2015, 2, 16), by=HUGO, at=AT
    )
    open_record(customer="C-2001", page=ReadPage.RECORD, by=HUGO, at=AT)

    copy = a_copy()

    [reading] = rows(copy, "readings")
    assert (reading["at"], reading["who"], reading["what"]) == (
        "2015-02-16T09:00:00.000000Z",
        "Hugo M.",
        "votre dossier",
    )
    tabled = "\n".join(copy.read(name).decode() for name in copy.namelist() if "/tables/" in name)
    assert [sign for sign in ("A-1", "A-2", "adviser:") if f",{sign}" in tabled] == []


def test_no_column_leads_to_staff_or_to_somebody_authorised() -> None:
    columns = {(table.label, field) for table in tables(of_one=True, for_them=True) for field in table.fields}

    led = {"people.Adviser", "people.AuthorisedPerson", "people.IdentityCheck", "visits.Technician", "auth.User"}
    assert {
        label for label, field in columns if field.related_model and field.related_model._meta.label in led
    } == set()
    assert {field.column for _, field in columns} & COLUMNS_OF_STAFF == set()
    assert KEPT_BACK.keys() | ROWS_OF_THEIRS.keys() <= EXPORTED.keys()
    assert KEPT_BACK.keys() & ROWS_OF_THEIRS.keys() == set()


def test_a_person_has_what_is_under_all_their_numbers_until_they_prove_to_be_two(monday: World) -> None:
    merge("C-5001", "C-2001", at=AT)
    copy = a_copy()

    assert {row["number"] for row in rows(copy, "tables/people_customer")} == {"C-2001", "C-5001"}
    [card] = RecordCopy.objects.all()
    assert card.numbers == ["C-2001", "C-5001"]
    unmerge("C-5001", at=AT)
    last = record_copies.last(["C-2001"])
    assert last
    assert last.state(["C-2001"], at=AT) is record_copies.CopyState.OVER
    renewed = a_copy(at=AT + timedelta(minutes=1))
    assert "C-5001" not in everything(renewed)
    assert len(list(copies.folder().iterdir())) == 1  # the one with another's data is gone


def test_whoever_wished_so_reads_once_that_it_is_ready(monday: World) -> None:
    before = monday.customer("C-2001").letters()

    a_copy(wants_word=True)

    [word] = [one for one in monday.customer("C-2001").letters() if one not in before]
    assert "jusqu’au 23 février 2015" in word


def test_whoever_did_not_wish_so_reads_nothing(monday: World) -> None:
    before = monday.customer("C-2001").letters()

    a_copy()

    assert monday.customer("C-2001").letters() == before


def test_whoever_we_can_write_to_by_no_way_finds_it_all_the_same(monday: World) -> None:
    ContactPoint.objects.filter(customer__number="C-2001").exclude(kind=ContactKind.ADDRESS).delete()
    before = monday.customer("C-2001").letters()

    copy = a_copy(wants_word=True)

    assert "donnees/datapackage.json" in copy.namelist()
    assert monday.customer("C-2001").letters() == before


def test_the_job_prepares_each_once_and_drops_it_after_a_week(
    monday: World, clock_at: Callable[[datetime], None]
) -> None:
    uuid = ask_record_copy(wants_word=False, by=CAMILLE, at=AT)
    (copies.folder() / ".cut-off" / "donnees").mkdir(parents=True)  # by a worker that was killed
    prepare_record_copies(0)
    assert [path.name for path in copies.folder().iterdir()] == [f"{uuid}.zip"]
    first = copies.place(uuid).read_bytes()
    prepare_record_copies(0)

    assert copies.place(uuid).read_bytes() == first
    clock_at(AT + timedelta(days=7, minutes=1))
    prepare_record_copies(0)

    assert list(copies.folder().iterdir()) == []
    row = RecordCopy.objects.get()
    assert (row.uuid, row.dropped_at is not None) == (uuid, True)


def test_one_that_fails_holds_up_no_other_and_leaves_nothing(monday: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask_record_copy(wants_word=False, by=CAMILLE, at=AT)
    second = ask_record_copy(wants_word=False, by=Actor(ActorKind.CUSTOMER, "C-3001"), at=AT)
    (copies.folder() / f"{first}.zip").mkdir(parents=True)  # where no file can be put

    prepare_record_copies(0)

    assert [str(card.uuid) for card in record_copies.to_prepare()] == [str(first)]
    assert sorted(path.name for path in copies.folder().iterdir()) == sorted([f"{first}.zip", f"{second}.zip"])
