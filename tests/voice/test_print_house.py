"""Letters go to the print house in dated batches: each once, whole, counted, and again only for a reason."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.channels.actions.print_again import NothingToPrint, PrintingUnexplained, print_again
from ligneclaire.channels.models import LetterBatch, Message, Printing
from ligneclaire.channels.pdf import NotReadable, pages_of
from ligneclaire.channels.queries import batches
from ligneclaire.channels.queries.batches import Waiting
from ligneclaire.channels.spool import AlreadySpooledOtherwise
from ligneclaire.channels.states import Channel
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.money import Money
from ligneclaire.ops import print_house
from ligneclaire.ops.commands import letters
from ligneclaire.people.models import Operator
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import dispatch, dispatch_batch
from ligneclaire.voice.queries import print_terms
from ligneclaire.voice.rules.state import Mode
from together import together

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
EVENING = datetime(2015, 2, 16, 16, 5, tzinfo=UTC)  # 17:05 in Paris
FIRST = "2015-02-16-1"


@pytest.fixture(autouse=True)
def outbox(settings: Settings, tmp_path: Path) -> Path:
    a_world()
    settings.OUTBOX = tmp_path / "outbox"
    settings.LETTER_PRICE, settings.PAGE_PRICE, settings.REGISTERED_PRICE = Decimal("1.20"), Decimal("0.05"), 6
    settings.LETTER_POSTAGE, settings.LETTER_DUPLEX, settings.LETTER_COLOUR = "lettre verte", True, False
    return tmp_path / "outbox"


def a_letter(customer: str = "C-2001", *, at: datetime = MONDAY, is_registered: bool = False) -> UUID:
    uuid = uuid4()
    words = Words(
        customer=customer, channel=Channel.LETTER, subject="Votre question", text="Oui.", is_registered=is_registered
    )
    write_message(message=uuid, words=words, by=NORA, at=at)
    assert dispatch(message=uuid, by=SYSTEM, at=at)
    return uuid


def batched(at: datetime = EVENING) -> str | None:
    return batch_letters(until=at, terms=print_terms.current(), by=SYSTEM, at=at)


def written(number: str | None) -> bool:
    assert number
    return dispatch_batch(batch=number, by=SYSTEM, at=EVENING)


def index(outbox: Path, number: str = FIRST) -> list[dict[str, str]]:
    with (outbox / "batches" / number / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_letters_of_a_day_are_one_folder_with_an_index(outbox: Path) -> None:
    one, two = a_letter(), a_letter("C-1001", is_registered=True)

    assert batched() == FIRST
    assert written(FIRST)

    cards = {uuid: Message.objects.get(uuid=uuid) for uuid in (one, two)}
    files = [f"000001-{cards[one].case}.pdf", f"000002-{cards[two].case}.pdf"]
    assert names(outbox / "batches" / FIRST) == [*files, "index.csv"]
    lines = index(outbox)
    assert [line["file"] for line in lines] == files
    for line, uuid in zip(lines, (one, two), strict=True):
        pdf = (outbox / "batches" / FIRST / line["file"]).read_bytes()
        assert line["sha256"] == cards[uuid].digest == sha256(pdf).hexdigest()
        assert pages_of(pdf) == 1
    assert lines[0] == {
        "number": "1",
        "reference": cards[one].case,
        "addressee": cards[one].destination[0],
        **{f"line_{place}": line for place, line in enumerate((*cards[one].destination, "", "", "", "")[:7], start=1)},
        "pages": "1",
        "sheets": "1",
        "sides": "recto-verso",
        "colour": "black",
        "registered": "no",
        "postage": "lettre verte",
        "cost": "1.25",
        "currency": "EUR",
        "sha256": cards[one].digest,
        "file": files[0],
    }
    assert [(line["registered"], line["postage"], line["cost"]) for line in lines[1:]] == [
        ("yes", "registered", "6.05")
    ]


def test_a_batch_is_counted_in_letters_sheets_and_money_by_the_terms_of_its_day(settings: Settings) -> None:
    a_letter(), a_letter("C-1001", is_registered=True)
    terms = print_terms.current()
    assert batches.waiting(terms) == Waiting(letters=2, pages=2, cost=Money.of("7.30"))

    batched()
    settings.LETTER_PRICE = 99

    card = batches.by_number(FIRST)
    assert card
    assert (card.letters, card.pages, card.sheets, card.cost, card.state) == (2, 2, 2, Money.of("7.30"), "made")
    assert batches.waiting(terms) == Waiting(letters=0, pages=0, cost=Money.of(0))
    assert [one.number for one in batches.newest(limit=9)] == [FIRST]


def test_a_letter_is_in_one_batch_and_a_batch_is_written_once(outbox: Path) -> None:
    a_letter()
    assert batched() == FIRST
    assert batched() is None

    assert [written(FIRST), written(FIRST)] == [True, False]

    card = batches.by_number(FIRST)
    assert card
    index = (outbox / "batches" / FIRST / "index.csv").read_bytes()
    assert (card.state, card.written_at, card.digest) == ("written", EVENING, sha256(index).hexdigest())
    a_letter(at=EVENING)
    assert batched() == "2015-02-16-2"


def test_after_a_crash_between_folder_and_commit_the_same_folder_is_accepted(outbox: Path) -> None:
    a_letter()
    written(batched())
    LetterBatch.objects.update(state="made", written_at=None, digest="")

    assert written(FIRST)
    assert len(index(outbox)) == 1


def test_a_folder_that_was_cut_off_is_written_anew(outbox: Path) -> None:
    a_letter()
    half = outbox / "batches" / f".{FIRST}.part"
    half.mkdir(parents=True)
    (half / "000009-LC.pdf").write_bytes(b"half")

    written(batched())

    assert names(outbox / "batches") == [FIRST]
    assert len(names(outbox / "batches" / FIRST)) == 2


def test_what_lies_there_otherwise_is_never_overwritten(outbox: Path) -> None:
    a_letter()
    number = batched()
    written(number)
    LetterBatch.objects.update(state="made", written_at=None, digest="")
    (outbox / "batches" / FIRST / "index.csv").write_bytes(b"other")

    with pytest.raises(AlreadySpooledOtherwise):
        written(number)


def test_a_letter_that_is_not_what_left_stops_the_batch(outbox: Path) -> None:
    uuid = a_letter()
    (outbox / Message.objects.get(uuid=uuid).file).write_bytes(b"another")

    with pytest.raises(AlreadySpooledOtherwise):
        written(batched())
    assert names(outbox / "batches") == [f".{FIRST}.part"]


def test_while_the_voice_is_stopped_nothing_goes_to_the_print_house(outbox: Path) -> None:
    a_letter()
    number = batched()
    set_mode(mode=Mode.STOP, reason="x", by=NORA, at=MONDAY + timedelta(hours=1))

    assert not written(number)
    a_letter_left = Printing.objects.filter(batch=None)
    assert (batched(), a_letter_left.count(), (outbox / "batches").exists()) == (None, 0, False)

    set_mode(mode=Mode.LIVE, reason="x", by=NORA, at=MONDAY + timedelta(hours=2))
    assert written(number)


def test_each_day_at_its_hour_what_left_before_it_is_handed_over_and_missed_days_are_made_up_for() -> None:
    a_letter()
    before, after = EVENING - timedelta(minutes=10), EVENING
    assert print_house.hand_over_daily(by=SYSTEM, at=before) is None
    a_letter("C-1001", at=EVENING)

    numbers = [print_house.hand_over_daily(by=SYSTEM, at=at) for at in (after, after + timedelta(minutes=5))]

    assert numbers == [FIRST, None]
    assert print_house.hand_over_daily(by=SYSTEM, at=EVENING + timedelta(days=2, hours=-2)) == "2015-02-18-1"
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="write_batch")
    # Each time also those are given a job again that are not written yet.
    assert [job.args["batch"] for job in jobs.order_by("id")] == [FIRST, FIRST, FIRST, "2015-02-18-1"]
    tasks.write_batch(FIRST)
    assert batches.to_write() == ("2015-02-18-1",)


def test_without_an_operator_there_is_no_print_house() -> None:
    Operator.objects.all().delete()

    assert print_house.hand_over_daily(by=SYSTEM, at=EVENING) is None


def test_a_letter_is_printed_again_for_a_reason_and_counted_again(outbox: Path) -> None:
    uuid = a_letter()
    with pytest.raises(NothingToPrint):
        print_again(message=uuid, batch=None, reason="perdue", by=NORA, at=EVENING)
    written(batched())

    assert print_again(message=uuid, batch=None, reason=" Tachée ", by=NORA, at=EVENING) == 1

    with pytest.raises(NothingToPrint):
        print_again(message=uuid, batch=None, reason="encore", by=NORA, at=EVENING)
    written(batched())
    first, second = batches.printings_of(uuid)
    assert (first.batch, first.reason, first.cost) == (FIRST, "", Money.of("1.25"))
    assert (second.batch, second.reason, second.cost) == ("2015-02-16-2", "Tachée", Money.of("1.25"))
    assert second.asked_by == "adviser:A-1"
    one, two = ((outbox / "batches" / printing.batch).glob("*.pdf") for printing in (first, second) if printing.batch)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_a_whole_batch_is_printed_again_but_for_what_waits_already() -> None:
    one, two = a_letter(), a_letter("C-1001")
    written(batched())
    print_again(message=one, batch=None, reason="perdue", by=NORA, at=EVENING)

    assert print_again(message=None, batch=FIRST, reason="Camion en feu", by=NORA, at=EVENING) == 1

    assert [card.reason for card in batches.printings_of(two)] == ["", "Camion en feu"]
    with pytest.raises(NothingToPrint):
        print_again(message=None, batch=FIRST, reason="encore", by=NORA, at=EVENING)


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_printed_again(reason: str) -> None:
    uuid = a_letter()
    written(batched())

    with pytest.raises(PrintingUnexplained):
        print_again(message=uuid, batch=None, reason=reason, by=NORA, at=EVENING)
    assert Printing.objects.count() == 1


def test_what_is_no_pdf_has_no_pages() -> None:
    with pytest.raises(NotReadable):
        pages_of(b"%PDF-1.7 nothing more")


@pytest.mark.parametrize(("pages", "duplex", "sheets"), [(1, True, 1), (2, True, 1), (3, True, 2), (3, False, 3)])
def test_a_sheet_has_two_sides(pages: int, duplex: bool, sheets: int, settings: Settings) -> None:  # noqa: FBT001
    settings.LETTER_DUPLEX = duplex
    a_letter()
    Printing.objects.update(pages=pages)
    batched()

    assert LetterBatch.objects.values_list("sheets", flat=True)[0] == sheets


def test_on_the_command_line_a_batch_is_made_at_once_and_listed(outbox: Path) -> None:
    a_letter()
    run = CliRunner().invoke

    made, again, listed = (run(letters.command, arguments) for arguments in (["batch"], ["batch"], []))

    number = LetterBatch.objects.values_list("number", flat=True)[0]
    assert made.output == f"1 letter, 1 sheet, 1.25 EUR: {outbox / 'batches' / number}\n"
    assert again.output == "No letter is handed over: none waits, or the voice is not live.\n"
    assert [line.split()[:6] for line in listed.output.splitlines()] == [
        ["BATCH", "STATE", "LETTERS", "PAGES", "SHEETS", "COST"],
        [number, "written", "1", "1", "1", "1.25"],
        ["0", "letters", "wait", "for", "the", "next"],
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_batch_at_once_share_no_letter() -> None:
    uuids = {a_letter(), a_letter("C-1001")}

    results = together(batched, batched)

    assert Counter(map(str, results)) == Counter([FIRST, "None"])
    assert dict(Printing.objects.values_list("message__uuid", "batch__number")) == dict.fromkeys(uuids, FIRST)
