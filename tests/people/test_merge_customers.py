"""Two numbers become one person by a pointer, and two again; the database keeps what must hold."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from builders import a_world, refused_by, the_story_world
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.merge_customers import ChangedMeanwhile, MergeUnexplained, merge_customers
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.actions.unmerge_customer import NotMerged, UnmergeUnexplained
from ligneclaire.people.models import ContactPoint, Customer, MergeEvent, Session
from ligneclaire.people.queries import addressees, customers, merging, numbers, owners, sessions, zones
from ligneclaire.people.queries.merging import MergedAlready, SamePerson
from ligneclaire.people.queries.numbers import CustomerUnknown
from ligneclaire.people.states import WayIn
from people.persons import MONDAY, NORA, SAME, merge, unmerge

pytestmark = pytest.mark.django_db

AUBERT, ROUSSEL, GARNIER, PERRIN = "C-3001", "C-4001", "C-4002", "C-5001"
LENOIR = Actor(ActorKind.CUSTOMER, "C-2001")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def facts() -> list[tuple[str | None, str, object]]:
    rows = Payload.objects.select_related("fact").order_by("fact_id")
    return [(row.fact.customer, row.fact.kind, row.value) for row in rows]


def test_a_merged_number_is_the_survivors_and_keeps_what_is_its_own() -> None:
    assert merge(GARNIER, PERRIN) == PERRIN

    assert numbers.survivors([GARNIER, PERRIN, ROUSSEL, "C-404"]) == {
        GARNIER: PERRIN, PERRIN: PERRIN, ROUSSEL: ROUSSEL,
    }  # fmt: skip
    assert (numbers.of(GARNIER), numbers.of(PERRIN), numbers.of("C-404")) == ((PERRIN, GARNIER), (PERRIN, GARNIER), ())
    assert numbers.survivor_of("C-404") == "C-404"
    assert Customer.objects.get(number=GARNIER).name == "M. Garnier"
    [known] = ContactPoint.objects.filter(customer__number=GARNIER, kind="EMAIL").values_list("value", flat=True)
    assert known == "garnier@example.org"
    assert numbers.person("C-404") is None
    person = numbers.person(GARNIER)
    assert person
    assert (person.survivor, person.numbers) == (PERRIN, (PERRIN, GARNIER))
    [merged] = person.merged
    assert (merged.number, merged.name, merged.into, merged.reason) == (GARNIER, "M. Garnier", PERRIN, SAME)
    assert (merged.by_name, merged.at) == ("Nora Benali", MONDAY)


def test_who_was_signed_in_as_the_merged_number_signs_in_again() -> None:
    keys = {
        number: open_session(customer=number, way=WayIn.CODE, device="", by=SYSTEM, at=MONDAY)
        for number in (AUBERT, ROUSSEL, GARNIER, PERRIN)
    }
    merge(AUBERT, GARNIER)
    keys[AUBERT] = open_session(customer=AUBERT, way=WayIn.CODE, device="", by=SYSTEM, at=MONDAY)

    merge(GARNIER, PERRIN)

    found = {number: sessions.of_key(key, at=MONDAY) for number, key in keys.items()}
    assert [number for number, visitor in found.items() if visitor] == [ROUSSEL, PERRIN]
    assert set(Session.objects.exclude(ended_at=None).values_list("ended_at", flat=True)) == {MONDAY}


def test_who_is_meant_is_written_to_answered_by_and_lives_as_the_survivor() -> None:
    merge(GARNIER, PERRIN)

    found = addressees.of([GARNIER, PERRIN, ROUSSEL], on=MONDAY.date())
    assert {number: (to.number, to.email) for number, to in found.items()} == {
        GARNIER: (PERRIN, "perrin@example.org"),
        PERRIN: (PERRIN, "perrin@example.org"),
        ROUSSEL: (ROUSSEL, "roussel@example.org"),
    }
    assert addressees.under([GARNIER], on=MONDAY.date())[GARNIER].email == "garnier@example.org"
    assert (owners.of([GARNIER]), owners.under([GARNIER])) == ({GARNIER: "A-3"}, {GARNIER: "A-2"})
    assert owners.of_news(GARNIER) == "A-3"
    assert {own: (one.number, one.name) for own, one in customers.glances([GARNIER]).items()} == {
        GARNIER: (PERRIN, "M. Perrin")
    }
    assert customers.writing_from("garnier@example.org") == {GARNIER: PERRIN, PERRIN: PERRIN}
    assert customers.texting_from("+33639980402") == {GARNIER: PERRIN, PERRIN: PERRIN}
    assert str(zones.of(GARNIER)) == "Europe/Paris"


def test_everybody_whom_it_concerns_hears_of_it_once_each() -> None:
    merge(ROUSSEL, GARNIER)
    merge(GARNIER, PERRIN)
    unmerge(ROUSSEL)

    def said(number: str, other: str, survivor: str) -> object:
        return {"number": number, "other": other, "survivor": survivor}

    first, second = said(ROUSSEL, GARNIER, GARNIER), said(GARNIER, PERRIN, PERRIN)
    assert facts() == [
        (ROUSSEL, "people.customer_merged", first),
        (GARNIER, "people.customer_merged", first),
        (ROUSSEL, "people.customer_merged", second),
        (GARNIER, "people.customer_merged", second),
        (PERRIN, "people.customer_merged", second),
        (ROUSSEL, "people.customer_unmerged", said(ROUSSEL, GARNIER, ROUSSEL)),
        (GARNIER, "people.customer_unmerged", said(ROUSSEL, GARNIER, PERRIN)),
        (PERRIN, "people.customer_unmerged", said(ROUSSEL, GARNIER, PERRIN)),
    ]
    assert {fact.subject for fact in Fact.objects.filter(customer=ROUSSEL)} == {f"customer:{ROUSSEL}"}


def test_a_chain_ends_at_one_survivor_and_comes_apart_where_it_was_joined() -> None:
    merge(ROUSSEL, GARNIER)
    merge(PERRIN, ROUSSEL)
    merge(GARNIER, AUBERT)
    assert numbers.survivors([ROUSSEL, GARNIER, PERRIN]) == dict.fromkeys([ROUSSEL, GARNIER, PERRIN], AUBERT)
    person = numbers.person(PERRIN)
    assert person
    assert [(one.number, one.into) for one in person.merged] == [
        (ROUSSEL, GARNIER), (GARNIER, AUBERT), (PERRIN, GARNIER),
    ]  # fmt: skip

    assert unmerge(GARNIER) == AUBERT

    assert numbers.of(AUBERT) == (AUBERT,)
    assert numbers.of(PERRIN) == (GARNIER, ROUSSEL, PERRIN)
    assert unmerge(ROUSSEL) == GARNIER
    assert numbers.of(GARNIER) == (GARNIER, PERRIN)


def test_a_merge_can_be_done_again_the_other_way_round() -> None:
    merge(GARNIER, PERRIN)
    unmerge(GARNIER)

    assert merge(PERRIN, GARNIER) == GARNIER
    assert numbers.of(PERRIN) == (GARNIER, PERRIN)
    assert list(MergeEvent.objects.order_by("id").values_list("customer__number", "deed", "other__number", "by")) == [
        (GARNIER, "merged", PERRIN, "adviser:A-1"),
        (GARNIER, "unmerged", PERRIN, "adviser:A-1"),
        (PERRIN, "merged", GARNIER, "adviser:A-1"),
    ]


def test_an_import_leaves_merges_alone_and_new_numbers_alone() -> None:
    merge(GARNIER, PERRIN)
    document = the_story_world()
    next(one for one in document["customers"] if one["id"] == GARNIER)["name"] = "M. Garnier-Perrin"

    a_world(document, at=MONDAY + timedelta(days=1))

    assert Customer.objects.get(number=GARNIER).name == "M. Garnier-Perrin"
    assert numbers.of(PERRIN) == (PERRIN, GARNIER)


@pytest.mark.parametrize(
    ("number", "into", "refusal", "values"),
    [
        (PERRIN, PERRIN, SamePerson, {"customer": PERRIN, "into": PERRIN}),
        (PERRIN, GARNIER, SamePerson, {"customer": PERRIN, "into": GARNIER}),
        (GARNIER, PERRIN, SamePerson, {"customer": GARNIER, "into": PERRIN}),
        (GARNIER, ROUSSEL, MergedAlready, {"customer": GARNIER, "survivor": PERRIN}),
        ("C-404", PERRIN, CustomerUnknown, {"customer": "C-404"}),
        (PERRIN, "C-404", CustomerUnknown, {"customer": "C-404"}),
    ],
)
def test_what_cannot_be_merged_is_refused(
    number: str, into: str, refusal: type[Refused], values: dict[str, object]
) -> None:
    merge(GARNIER, PERRIN)
    before = facts()

    with pytest.raises(refusal) as refused:
        merge_customers(number=number, into=into, seen="x", reason=SAME, by=NORA, at=MONDAY)

    assert refused.value.values == values
    assert (facts(), MergeEvent.objects.count()) == (before, 1)


@pytest.mark.parametrize("change", ["name", "address", "merge"])
def test_whoever_saw_something_else_merges_nothing(change: str) -> None:
    seen = merging.to_merge(GARNIER, PERRIN).mark
    match change:
        case "name":
            Customer.objects.filter(number=PERRIN).update(name="M. Perrin fils")
        case "address":
            ContactPoint.objects.filter(customer__number=GARNIER, kind="ADDRESS").update(lines=["M GARNIER", "PARIS"])
        case _:
            merge(ROUSSEL, PERRIN)
    before = facts()

    with pytest.raises(ChangedMeanwhile) as refused:
        merge_customers(number=GARNIER, into=PERRIN, seen=seen, reason=SAME, by=NORA, at=MONDAY)

    assert refused.value.values == {"customer": GARNIER, "into": PERRIN}
    assert (numbers.of(GARNIER), facts()) == ((GARNIER,), before)


def test_both_need_a_reason_and_the_right_and_only_a_merged_number_comes_apart() -> None:
    with pytest.raises(MergeUnexplained):
        merge(GARNIER, PERRIN, reason=" ")
    with pytest.raises(NotAllowed):
        merge(GARNIER, PERRIN, by=LENOIR)
    with pytest.raises(NotMerged) as refused:
        unmerge(GARNIER)
    with pytest.raises(CustomerUnknown):
        unmerge("C-404")
    assert refused.value.values == {"customer": GARNIER}
    assert (facts(), MergeEvent.objects.count()) == ([], 0)

    merge(GARNIER, PERRIN)
    with pytest.raises(UnmergeUnexplained):
        unmerge(GARNIER, reason="")
    with pytest.raises(NotAllowed):
        unmerge(GARNIER, by=LENOIR)
    assert numbers.of(GARNIER) == (PERRIN, GARNIER)


def test_both_sides_show_what_differs() -> None:
    pair = merging.to_merge(GARNIER, ROUSSEL)

    assert (pair.merged.number, pair.survivor.number) == (GARNIER, ROUSSEL)
    assert pair.differs == ("name", "address", "mobile", "email")
    merge(PERRIN, ROUSSEL)
    assert merging.to_merge(GARNIER, PERRIN).survivor.numbers == (ROUSSEL, PERRIN)


def test_who_has_no_way_at_all_can_be_merged_too() -> None:
    ContactPoint.objects.filter(customer__number=GARNIER).delete()

    pair = merging.to_merge(GARNIER, ROUSSEL)

    assert (pair.merged.address, pair.merged.mobile, pair.merged.email) == ((), "", "")


def point(number: str, **changes: object) -> None:
    Customer.objects.filter(number=number).update(**changes)


def test_the_database_refuses_pointers_that_lead_nowhere_back_or_elsewhere() -> None:
    with refused_by("customer_merged_upwards"):
        point(GARNIER, survivor=PERRIN)
    with refused_by("customer_merged_upwards"):
        point(GARNIER, merged_into=PERRIN, survivor=PERRIN, into_level=0)
    with refused_by("customer_merged_as_one"):
        point(GARNIER, merged_into=PERRIN, survivor=PERRIN, into_level=1)
    point(PERRIN, level=1)
    with refused_by("customer_merged_as_one"):
        point(GARNIER, merged_into=PERRIN, survivor=ROUSSEL, into_level=1)
    point(GARNIER, merged_into=PERRIN, survivor=PERRIN, into_level=1)
    with refused_by("customer_merged_upwards"):
        point(PERRIN, level=0)
    point(PERRIN, level=2)
    assert Customer.objects.get(number=GARNIER).into_level == 2


def an_event(**changes: object) -> MergeEvent:
    given = {"uuid": UUID(int=1), "customer_id": GARNIER, "other_id": PERRIN, "deed": "merged", "reason": SAME}
    return MergeEvent.objects.create(**given | {"by": str(NORA), "at": MONDAY} | changes)


def test_the_database_refuses_a_merge_that_is_none_or_says_nothing() -> None:
    for constraint, changes in (
        ("merge_event_deed_known", {"deed": "mixed"}),
        ("merge_event_with_reason", {"reason": ""}),
        ("merge_event_between_two", {"other_id": GARNIER}),
    ):
        with refused_by(constraint):
            an_event(**changes)
    assert str(an_event()) == f"{GARNIER} merged {PERRIN}"
    with refused_by("people_mergeevent_uuid"):
        an_event()
