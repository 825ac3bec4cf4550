"""Who opens a record has a matter in hand, or says what brings them; it is logged, and too much raises an alarm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from builders import LONG_AGO, a_world, refused_by, the_story_world
from contracts.leaving import GUEST, typed
from ligneclaire.cases.actions.ask_owners import Asked, ask_owners
from ligneclaire.cases.actions.name_occasion import OccasionUnexplained, name_occasion
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.open_record import NothingInHand, open_record
from ligneclaire.cases.models import Case, Occasion, Read
from ligneclaire.cases.queries import cards, reads
from ligneclaire.cases.rules.reading import quarter_of
from ligneclaire.cases.states import Basis, CaseKind, OccasionKind, ReadPage
from ligneclaire.contracts.actions.decide_reason import decide_reason
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.actions.settle_request import settle_request
from ligneclaire.flow.models import Journey, Step
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.period import Period
from ligneclaire.kernel.ref import uuid7
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.actions.set_duty import set_duty
from ligneclaire.people.models import Adviser, Customer
from ligneclaire.people.queries import absences
from ligneclaire.people.rules.stand_in import stand_in
from ligneclaire.people.states import AbsenceReason

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 16, 9, 7, tzinfo=UTC)
TODAY, MINUTE = date(2015, 2, 16), timedelta(minutes=1)
NORA, HUGO, INES = (Actor(ActorKind.ADVISER, number) for number in ("A-1", "A-2", "A-3"))
LENOIR, ROUSSEL = "C-2001", "C-4001"  # Nora's, Hugo's


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def a_case(customer: str, owner: str) -> str:
    need = Need(kind=CaseKind.TERMINATION, owner=owner, opened_at=NOW)
    return open_cases(needs={(customer, "contract:K-1"): need}, by=SYSTEM, at=NOW)[customer, "contract:K-1"].reference


def opens(who: Actor, customer: str, *, page: ReadPage = ReadPage.RECORD, at: datetime = NOW) -> Basis | None:
    """The basis on which somebody opens a record; None where they are asked first."""
    try:
        return open_record(customer=customer, page=page, by=who, at=at)
    except NothingInHand:
        return None


def says(who: Actor, customer: str, kind: OccasionKind = OccasionKind.PHONE, words: str = "") -> None:
    name_occasion(customer=customer, kind=kind, words=words, day=TODAY, by=who, at=NOW)


def log(customer: str) -> list[tuple[str, Basis, str, ReadPage]]:
    return [(card.adviser_name, card.basis, card.matter, card.page) for card in reads.of([customer], limit=10)]


def away(adviser: str) -> None:
    period = Period(TODAY, TODAY + timedelta(days=1))
    record_absence(adviser=adviser, period=period, reason=AbsenceReason.LEAVE, by=SYSTEM, at=NOW)


def test_a_named_adviser_opens_the_records_of_their_customers_and_of_no_others() -> None:
    assert opens(NORA, LENOIR) is Basis.ADVISER
    with pytest.raises(NothingInHand) as refused:
        open_record(customer=ROUSSEL, page=ReadPage.RECORD, by=NORA, at=NOW)

    assert refused.value.values == {"customer": ROUSSEL, "adviser": "A-1"}
    assert log(LENOIR) == [("Nora Benali", Basis.ADVISER, "", ReadPage.RECORD)]
    assert log(ROUSSEL) == []
    assert opens(NORA, "C-404") is None


def test_who_owns_an_open_case_has_it_in_hand_and_the_log_names_it() -> None:
    reference = a_case(ROUSSEL, "A-1")

    assert opens(NORA, ROUSSEL) is Basis.CASE
    assert log(ROUSSEL) == [("Nora Benali", Basis.CASE, reference, ReadPage.RECORD)]
    assert opens(INES, ROUSSEL) is None

    Case.objects.update(state="closed")
    assert opens(NORA, ROUSSEL, at=NOW + timedelta(days=1)) is None


def test_who_is_on_duty_has_the_matters_in_hand_whose_owner_and_backup_are_away() -> None:
    document = the_story_world()
    document["operator"]["duty"] = "A-3"
    a_world(document)
    a_case("C-1001", "A-1")

    away("A-1")
    assert (opens(INES, LENOIR), opens(INES, "C-1001")) == (None, None)
    away("A-2")

    assert (opens(INES, LENOIR), opens(INES, "C-1001")) == (Basis.STAND_IN, Basis.CASE)


def test_who_is_on_duty_for_a_team_comes_before_who_is_for_the_house() -> None:
    zoe = Actor(ActorKind.ADVISER, "A-4")
    Adviser.objects.create(
        number="A-4",
        name="Zoé Petit",
        phone="+33199000104",
        email="zoe@ligneclaire.example",
        languages=["fr"],
        backup_id="A-3",
        changed_by="system:test",
        changed_at=NOW,
    )
    set_duty(team="33", adviser="A-4", by=SYSTEM, at=NOW)  # Nora's, not Hugo's
    set_duty(team=None, adviser="A-3", by=SYSTEM, at=NOW)
    away("A-1")
    away("A-2")

    assert (opens(zoe, LENOIR), opens(INES, LENOIR)) == (Basis.STAND_IN, None)
    assert (opens(zoe, ROUSSEL), opens(INES, ROUSSEL)) == (None, Basis.STAND_IN)

    away("A-4")
    assert opens(INES, LENOIR) is Basis.STAND_IN


def test_who_stands_in_has_the_matters_of_those_who_are_away_in_hand() -> None:
    a_case("C-5001", "A-3")
    assert (opens(HUGO, LENOIR), opens(HUGO, "C-5001"), opens(NORA, "C-5001")) == (None, None, None)

    away("A-1")
    away("A-3")

    assert (opens(HUGO, LENOIR), opens(HUGO, "C-5001")) == (Basis.STAND_IN, Basis.CASE)
    assert opens(HUGO, LENOIR, at=NOW + timedelta(days=1)) is None


@pytest.mark.parametrize("missing", [(), ("A-1",), ("A-2",), ("A-3",), ("A-1", "A-2"), ("A-2", "A-3"), ("A-1", "A-3")])
def test_standing_in_is_the_same_as_everywhere(missing: tuple[str, ...]) -> None:
    for adviser in missing:
        away(adviser)
    absent = absences.away(on=TODAY)

    for customer, adviser in Customer.objects.values_list("number", "adviser__number"):
        present = {number for number in ("A-1", "A-2", "A-3") if number not in missing}
        may = {one for one in present if opens(Actor(ActorKind.ADVISER, one), customer)}
        assert may == {adviser, stand_in(adviser, absent)} - set(missing)


def test_a_contradiction_is_a_matter_for_whoever_sees_it_on_today() -> None:
    reference = a_case(LENOIR, "A-1")
    claims = ({"value": 7, "sources": ["equipment"]}, {"value": 10, "sources": ["billing"]})
    asked = Asked(claims=claims, digest=b"d", reference=reference, asked_at=NOW)

    ask_owners(contested={(LENOIR, "contract:K-1", "k"): asked}, customers=[LENOIR], by=SYSTEM, at=NOW)

    assert opens(HUGO, LENOIR) is Basis.QUESTION
    assert log(LENOIR) == [("Hugo Marchand", Basis.QUESTION, reference, ReadPage.RECORD)]
    assert opens(HUGO, ROUSSEL) is Basis.ADVISER


def test_a_step_whose_day_passed_is_a_matter() -> None:
    journey = Journey.objects.create(
        uuid=uuid7(NOW), kind="termination", version=1, customer=LENOIR, subject="contract:K-1", trigger="x",
        started_at=NOW, state="running", lines=1,
    )  # fmt: skip
    step = Step.objects.create(
        journey=journey, customer=LENOIR, place=1, name="bill", department="billing", after=[], state="open",
        expected_on=TODAY, opened_at=NOW,
    )  # fmt: skip
    assert opens(HUGO, LENOIR) is None

    Step.objects.filter(pk=step.pk).update(handed_over_at=NOW)

    assert opens(HUGO, LENOIR) is Basis.STEP


def test_a_request_is_a_matter_while_its_reason_waits_and_that_day_for_who_looked_after_it() -> None:
    declared = typed(surname="Personne", reason="over_indebtedness", reason_words="Dossier recevable")
    reference = request_termination(declared=declared, by=GUEST, at=NOW).reference
    assert opens(HUGO, LENOIR) is None

    settle_request(reference=reference, contracts=["K-ADSL-1"], by=HUGO, at=NOW)
    assert (opens(HUGO, LENOIR), opens(INES, LENOIR)) == (Basis.REQUEST, Basis.REQUEST)
    decide_reason(
        reference=reference, is_accepted=False, note="no", received_by_commission_on=None, by=INES, at=NOW + MINUTE
    )
    Case.objects.all().delete()

    tomorrow = NOW + timedelta(days=1)
    assert log(LENOIR)[0] == ("Inès Caron", Basis.REQUEST, reference, ReadPage.RECORD)
    assert (opens(HUGO, LENOIR), opens(INES, LENOIR)) == (Basis.REQUEST, Basis.REQUEST)
    assert (opens(HUGO, LENOIR, at=tomorrow), opens(INES, LENOIR, at=tomorrow)) == (None, None)


def test_what_was_in_hand_today_stays_so_until_the_day_ends_where_the_operator_is() -> None:
    reference = a_case(ROUSSEL, "A-1")
    opens(NORA, ROUSSEL)
    Case.objects.update(state="closed")

    assert opens(NORA, ROUSSEL, at=datetime(2015, 2, 16, 22, 59, tzinfo=UTC)) is Basis.CASE
    assert [matter for _, _, matter, _ in log(ROUSSEL)] == [reference, reference]
    assert opens(NORA, ROUSSEL, at=datetime(2015, 2, 16, 23, 0, tzinfo=UTC)) is None


def test_who_says_what_brings_them_may_read_that_customer_that_day() -> None:
    says(NORA, ROUSSEL, OccasionKind.OTHER, "  Elle a oublié\n son écharpe  ")

    assert (opens(NORA, ROUSSEL), opens(NORA, "C-4002"), opens(INES, ROUSSEL)) == (Basis.OCCASION, None, None)
    [card] = reads.of([ROUSSEL], limit=10)
    assert (card.occasion, card.words, card.matter) == (OccasionKind.OTHER, "Elle a oublié son écharpe", "")
    assert opens(NORA, ROUSSEL, at=NOW + timedelta(days=1)) is None


def test_something_else_has_to_be_said_in_words_and_the_first_answer_of_the_day_stays() -> None:
    with pytest.raises(OccasionUnexplained):
        says(NORA, ROUSSEL, OccasionKind.OTHER, "  ")
    assert opens(NORA, ROUSSEL) is None

    says(NORA, ROUSSEL, OccasionKind.COUNTER)
    again = name_occasion(
        customer=ROUSSEL, kind=OccasionKind.OTHER, words="x" * 400, day=TODAY, by=NORA, at=NOW + MINUTE
    )

    assert again == (OccasionKind.COUNTER, "")
    assert Occasion.objects.count() == 1


def test_a_page_is_logged_once_a_quarter_of_an_hour() -> None:
    for minutes in (0, 1, 7, 8, 22, 23):
        opens(NORA, LENOIR, at=NOW + minutes * MINUTE)
    opens(NORA, LENOIR, page=ReadPage.LABEL, at=NOW + MINUTE)

    assert [((card.at - NOW) // MINUTE, card.page) for card in reads.of([LENOIR], limit=10)] == [
        (23, ReadPage.RECORD),
        (8, ReadPage.RECORD),
        (1, ReadPage.LABEL),
        (0, ReadPage.RECORD),
    ]


def test_the_application_cannot_change_the_log() -> None:
    opens(NORA, LENOIR)
    says(NORA, ROUSSEL)

    for change in (
        Read.objects.all().delete,
        lambda: Read.objects.update(matter="x"),
        Occasion.objects.all().delete,
        lambda: Occasion.objects.update(words="x"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_the_database_knows_what_a_line_of_the_log_needs() -> None:
    line = {"customer_id": LENOIR, "adviser_id": "A-1", "page": "RECORD", "quarter": NOW, "at": NOW, "basis": "ADVISER"}
    says(NORA, LENOIR)
    [occasion] = Occasion.objects.all()
    for wrong, constraint in (
        ({"page": "OTHER"}, "read_page_known"),
        ({"basis": "OTHER"}, "read_basis_known"),
        ({"basis": "OCCASION"}, "read_without_matter_explained"),
        ({"basis": "OCCASION", "occasion": occasion, "matter": "LC-1"}, "read_without_matter_explained"),
        ({"occasion": occasion}, "read_without_matter_explained"),
    ):
        with refused_by(constraint):
            Read.objects.create(**line | wrong)
    with refused_by("read_once_a_quarter"):
        Read.objects.create(**line)
        Read.objects.create(**line)
    said = {"customer_id": LENOIR, "adviser_id": "A-2", "day": TODAY, "said_at": NOW}
    for kind, constraint in (("OTHER", "occasion_other_explained"), ("SMELL", "occasion_kind_known")):
        with refused_by(constraint):
            Occasion.objects.create(**said, kind=kind)
    with refused_by("occasion_once_a_day"):
        Occasion.objects.create(**said | {"adviser_id": "A-1"}, kind="PHONE")


def many_customers(count: int) -> list[str]:
    usual = Customer.objects.get(number=ROUSSEL)
    numbers = [f"C-9{number:03}" for number in range(count)]
    Customer.objects.bulk_create(
        Customer(
            number=number, survivor_id=number, name=number, plain_name=number, language="fr",
            territory_id=usual.territory_id, since=TODAY, adviser_id="A-2",
            changed_by="system:test", changed_at=LONG_AGO,
        )
        for number in numbers
    )  # fmt: skip
    return numbers


def test_two_hundred_customers_within_an_hour_without_a_matter_raise_an_alarm() -> None:
    numbers = many_customers(201)
    for place, number in enumerate(numbers[:200]):
        says(NORA, number)
        at = NOW + place * timedelta(seconds=18)
        if place == 199:
            assert reads.alarms(at=at) == ()
        opens(NORA, number, at=at)
        opens(NORA, number, page=ReadPage.LABEL, at=at)  # the same customer, once more
    last = NOW + 199 * timedelta(seconds=18)

    [alarm] = reads.alarms(at=last)

    assert (alarm.adviser, alarm.adviser_name, alarm.customers, alarm.at) == ("A-1", "Nora Benali", 200, last)
    assert reads.alarms(at=last + timedelta(days=6)) == (alarm,)
    assert reads.alarms(at=last + timedelta(days=8)) == ()


def test_two_hundred_customers_in_more_than_an_hour_or_with_a_matter_raise_none() -> None:
    numbers = many_customers(200)
    for place, number in enumerate(numbers):
        says(NORA, number)
        opens(NORA, number, at=NOW + place * timedelta(seconds=19))
        opens(HUGO, number, at=NOW)  # he is their named adviser

    assert Read.objects.count() == 400
    assert reads.alarms(at=NOW + timedelta(hours=2)) == ()


def test_a_file_has_the_same_cases_and_questions_as_the_lists() -> None:
    reference = a_case(LENOIR, "A-1")
    claims = ({"value": {"amount": "1.10"}, "sources": ["equipment"]}, {"value": None, "sources": ["billing"]})
    contested = {
        (LENOIR, "contract:K-1", key): Asked(
            claims=claims, digest=b"d", reference=reference, asked_at=NOW + MINUTE * place
        )
        for place, key in enumerate(("a", "b"))
    }
    ask_owners(contested=contested, customers=[LENOIR], by=SYSTEM, at=NOW)

    file = cards.file_of([LENOIR])

    assert (file.cases, file.questions) == (cards.of(LENOIR), cards.questions_of(LENOIR))
    assert [question.key for question in file.questions] == ["b", "a"]
    assert cards.file_of([ROUSSEL]) == cards.CaseFile(cases=(), questions=())


def test_quarters_begin_on_the_quarter() -> None:
    assert [quarter_of(NOW + minutes * MINUTE).minute for minutes in (0, 7, 8, 52, 53)] == [0, 0, 15, 45, 0]
