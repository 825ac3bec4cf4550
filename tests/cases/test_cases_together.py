"""Cases are linked, merged with a pointer, split, and all of it is taken back; the database keeps what must hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from builders import a_world, refused_by
from ligneclaire.cases.actions import link_cases as linking
from ligneclaire.cases.actions import merge_cases as merging
from ligneclaire.cases.actions import split_case as splitting
from ligneclaire.cases.actions import unlink_cases as unlinking
from ligneclaire.cases.actions import unmerge_case as unmerging
from ligneclaire.cases.actions.close_case import NotSettled, close_case
from ligneclaire.cases.actions.hand_over_case import hand_over_case
from ligneclaire.cases.actions.log_contact import log_contact
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.reopen_case import AnotherIsOpen, reopen_case
from ligneclaire.cases.actions.snooze_case import snooze_case
from ligneclaire.cases.models import Case, CaseLink
from ligneclaire.cases.queries import cards, said, together
from ligneclaire.cases.queries.cards import CaseClosed, CaseMerged, CaseUnknown
from ligneclaire.cases.queries.together import OfTwoCustomers, SameCase
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.voice.queries.day import DayList
from today import listed

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
TODAY, FRIDAY = date(2015, 2, 16), date(2015, 2, 20)
ADSL, FIBRE, TALK = "contract:K-ADSL-1", "contract:K-FIBRE-1", "customer:C-2001"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def opened(subject: str, customer: str = "C-2001", owner: str = "A-1") -> str:
    need = Need(kind=CaseKind.NOTICE, owner=owner, opened_at=MONDAY)
    return open_cases(needs={(customer, subject): need}, by=NORA, at=MONDAY)[customer, subject].reference


def merge(reference: str, into: str, reason: str = "Même panne.") -> str:
    return merging.merge_cases(reference=reference, into=into, reason=reason, by=NORA, at=MONDAY)


def unmerge(reference: str, reason: str = "Deux pannes.") -> str:
    return unmerging.unmerge_case(reference=reference, reason=reason, by=NORA, at=MONDAY)


def link(reference: str, other: str, reason: str = "Même adresse.") -> None:
    linking.link_cases(reference=reference, other=other, reason=reason, by=NORA, at=MONDAY)


def unlink(reference: str, other: str, reason: str = "Rien à voir.") -> None:
    unlinking.unlink_cases(reference=reference, other=other, reason=reason, by=NORA, at=MONDAY)


def split(reference: str, entries: Sequence[UUID], reason: str = "Autre sujet.") -> str:
    return splitting.split_case(reference=reference, entries=entries, reason=reason, by=NORA, at=MONDAY)


def close(reference: str) -> None:
    close_case(reference=reference, note="Réglé.", by=NORA, at=MONDAY)


def write(case: str, text: str = "Bonjour", medium: Medium = Medium.CALL, after: int = 0) -> UUID:
    entry, at = uuid4(), MONDAY + timedelta(minutes=after)
    words = Said(customer="C-2001", case=case, medium=medium, direction=Direction.IN, text=text, happened_at=at)
    log_contact(entry=entry, said=words, promise=None, calendar=Calendar(), by=NORA, at=at)
    return entry


def row(reference: str) -> tuple[object, ...]:
    """All that a case is, but for how high it stands."""
    kept = ("customer_id", "subject", "kind", "owner_id", "state", "opened_at", "snoozed_until")
    pointers = ("merged_into_id", "survivor_id", "into_level")
    return tuple(Case.objects.values_list(*kept, *pointers).get(reference=reference))


def texts(*references: str) -> list[str]:
    return [card.text for card in said.in_cases(references, customers=["C-2001"], limit=9)]


def deeds(reference: str) -> list[tuple[str, str, str, str]]:
    return [(event.case, event.deed, event.other, event.note) for event in cards.history(reference)]


def survivors(*references: str) -> list[str]:
    return [card.survivor for one in references if (card := cards.by_reference(one))]


def test_a_merged_case_is_handled_in_the_other_and_comes_back_as_it_was() -> None:
    adsl, fibre = opened(ADSL), opened(FIBRE, owner="A-2")
    snooze_case(reference=adsl, until=FRIDAY, note="", today=TODAY, by=NORA, at=MONDAY)
    write(adsl, "La ligne grésille.")
    before = row(adsl)

    assert merge(adsl, fibre) == fibre

    [card] = [one for one in cards.of("C-2001") if one.reference == adsl]
    assert (card.merged_into, card.survivor, card.is_open) == (fibre, fibre, False)
    assert [one.reference for one in cards.in_one(fibre)] == [adsl, fibre]
    assert listed(DayList.CASES, on=FRIDAY) == ()
    assert opened(ADSL) == adsl  # what comes of its subject opens no second case
    assert deeds(fibre) == [(fibre, "took in", adsl, "Même panne."), (adsl, "snoozed", "", "")]
    assert unmerge(adsl) == fibre
    assert row(adsl) == before
    assert [event[1] for event in deeds(adsl)] == ["unmerged", "merged", "snoozed"]
    assert [event[1] for event in deeds(fibre)] == ["gave back", "took in"]
    assert texts(adsl) == ["La ligne grésille."]


def test_chains_lead_to_the_last_survivor_and_come_apart_where_they_are_cut() -> None:
    adsl, fibre, talk = opened(ADSL), opened(FIBRE), opened(TALK)
    merge(adsl, fibre)
    merge(fibre, talk)

    assert survivors(adsl, fibre, talk) == [talk, talk, talk]
    assert {one.reference for one in cards.in_one(talk)} == {adsl, fibre, talk}
    with pytest.raises(SameCase):
        merge(talk, adsl)
    with pytest.raises(SameCase):
        merge(talk, talk)
    with pytest.raises(CaseMerged) as refused:
        merge(adsl, talk)
    assert refused.value.values["survivor"] == talk

    unmerge(fibre)
    assert survivors(adsl, fibre, talk) == [fibre, fibre, talk]
    merge(talk, adsl)  # names what is merged: it goes where that is handled
    assert survivors(adsl, fibre, talk) == [fibre, fibre, fibre]
    with pytest.raises(unmerging.NotMerged):
        unmerge(fibre)


def test_what_waits_in_a_merged_case_keeps_its_survivor_open_and_both_close_as_one() -> None:
    adsl, fibre = opened(ADSL), opened(FIBRE)
    snooze_case(reference=adsl, until=FRIDAY, note="", today=TODAY, by=NORA, at=MONDAY)
    merge(adsl, fibre)
    write(adsl, medium=Medium.LETTER)
    with pytest.raises(NotSettled, match="entry"):
        close(fibre)
    for act in (close, lambda one: hand_over_case(reference=one, to="A-2", note="x", by=NORA, at=MONDAY)):
        with pytest.raises(CaseMerged):
            act(adsl)

    unmerge(adsl)
    close(fibre)
    reopen_case(reference=fibre, note="", by=NORA, at=MONDAY)
    merge(fibre, adsl)
    assert [one.reference for one in listed(DayList.CASES, on=FRIDAY)] == [adsl]


def test_a_case_that_was_closed_with_its_survivor_is_closed_when_it_comes_back() -> None:
    adsl, fibre = opened(ADSL), opened(FIBRE)
    snooze_case(reference=adsl, until=FRIDAY, note="", today=TODAY, by=NORA, at=MONDAY)
    merge(adsl, fibre)
    close(fibre)
    again = opened(ADSL)

    assert again != adsl
    with pytest.raises(AnotherIsOpen) as refused:
        reopen_case(reference=fibre, note="", by=NORA, at=MONDAY)
    assert refused.value.values["case"] == again
    unmerge(adsl)
    assert row(adsl)[4:7] == ("closed", MONDAY, None)
    reopen_case(reference=fibre, note="", by=NORA, at=MONDAY)


def test_only_open_cases_of_one_customer_are_merged_and_with_a_reason() -> None:
    adsl, fibre, other = opened(ADSL), opened(FIBRE), opened("customer:C-1001", customer="C-1001")
    with pytest.raises(OfTwoCustomers):
        merge(adsl, other)
    with pytest.raises(merging.MergeUnexplained):
        merge(adsl, fibre, reason=" ")
    with pytest.raises(unmerging.UnmergeUnexplained):
        unmerge(adsl, reason="")
    for missing in ((adsl, "LC-0"), ("LC-0", adsl)):
        with pytest.raises(CaseUnknown):
            merge(*missing)
    close(fibre)
    for pair in ((adsl, fibre), (fibre, adsl)):
        with pytest.raises(CaseClosed):
            merge(*pair)
    assert survivors(adsl, fibre, other) == [adsl, fibre, other]


def test_linked_cases_are_shown_on_each_other_until_somebody_says_why_not() -> None:
    adsl, fibre, talk = opened(ADSL), opened(FIBRE), opened(TALK)
    link(fibre, adsl)
    merge(adsl, talk)

    [[seen], [back]] = [together.links_of([fibre]), together.links_of([adsl, talk])]
    assert (seen.other.reference, seen.other.survivor, seen.reason, seen.by_name) == (
        adsl,
        talk,
        "Même adresse.",
        "Nora Benali",
    )
    assert (back.case, back.other.reference) == (adsl, fibre)
    assert together.links_of([adsl, fibre, talk]) == ()  # nothing outside of them
    unlink(adsl, fibre)
    assert together.links_of([fibre]) == ()
    assert deeds(fibre) == [
        (fibre, "unlinked", adsl, "Rien à voir."),
        (fibre, "linked", adsl, "Même adresse."),
    ]


def test_what_cannot_be_linked() -> None:
    adsl, fibre, other = opened(ADSL), opened(FIBRE), opened("customer:C-1001", customer="C-1001")
    link(adsl, fibre)
    with pytest.raises(linking.LinkedAlready):
        link(fibre, adsl)
    with pytest.raises(SameCase):
        link(adsl, adsl)
    with pytest.raises(OfTwoCustomers):
        link(adsl, other)
    with pytest.raises(linking.LinkUnexplained):
        link(adsl, other, reason="")
    with pytest.raises(unlinking.UnlinkUnexplained):
        unlink(adsl, fibre, reason=" ")
    with pytest.raises(unlinking.NotLinked):
        unlink(adsl, other)
    with pytest.raises(CaseUnknown):
        unlink("LC-0", adsl)


def test_chosen_entries_get_a_case_of_their_own_which_merges_back() -> None:
    adsl = opened(ADSL, owner="A-2")
    write(adsl, "La ligne grésille.")
    bill = write(adsl, "Et ma facture ?", after=1)

    new = split(adsl, [bill], reason="La facture.")

    assert (texts(adsl), texts(new)) == (["La ligne grésille."], ["Et ma facture ?"])
    assert (said.handled_in(bill), said.handled_in(uuid4())) == (new, "")
    assert row(new) == ("C-2001", f"case:{new}", "conversation", "A-2", "open", MONDAY, None, None, new, None)
    assert deeds(adsl) == [(adsl, "split", new, "La facture.")]
    assert deeds(new) == [(new, "split off", adsl, "La facture.")]
    with pytest.raises(splitting.NotInTheCase):
        split(adsl, [bill])
    third = split(new, [bill])
    assert (texts(new), texts(third)) == ([], ["Et ma facture ?"])
    assert len({new, third}) == 2

    merge(third, new)
    merge(new, adsl)
    assert texts(*(one.reference for one in cards.in_one(adsl))) == ["Et ma facture ?", "La ligne grésille."]
    assert said.handled_in(bill) == adsl
    with pytest.raises(splitting.NothingChosen):
        split(adsl, [])
    with pytest.raises(splitting.SplitUnexplained):
        split(adsl, [bill], reason="")


def test_the_same_entries_split_off_again_get_another_reference() -> None:
    adsl, bill = opened(ADSL), write(opened(ADSL))
    first = split(adsl, [bill])
    merge(first, adsl)

    assert split(adsl, [bill]) != first
    assert said.handled_in(bill) not in {adsl, first}


def checked() -> None:
    """Have PostgreSQL look at what it looks at when a transaction is done."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


THEIRS = {"into_customer": "C-2001", "into_person": "C-2001"}


def pointed(reference: str, **columns: object) -> None:
    Case.objects.filter(reference=reference).update(**columns)


def test_the_database_knows_no_circle_no_other_customer_and_no_survivor_but_the_last() -> None:
    adsl, fibre, other = opened(ADSL), opened(FIBRE), opened("customer:C-1001", customer="C-1001")
    merge(adsl, fibre)

    with refused_by("case_merged_upwards"):
        pointed(fibre, merged_into=adsl, survivor=adsl, into_level=0, **THEIRS)
    with refused_by("case_merged_upwards"):
        pointed(fibre, merged_into=fibre, survivor=fibre, into_level=2, **THEIRS)
    with refused_by("case_merged_upwards"):  # what points to it would follow, and no longer point upwards
        pointed(fibre, merged_into=adsl, survivor=adsl, into_level=2, **THEIRS)
    with refused_by("case_merged_as_one"):
        pointed(fibre, merged_into=other, survivor=other, into_level=2, **THEIRS)
    with refused_by("case_merged_under_a_number"):
        pointed(fibre, merged_into=other, survivor=other, into_level=2)
    pointed(other, level=2)
    with refused_by("case_merged_in_person"):  # the numbers of two people
        pointed(fibre, merged_into=other, survivor=other, into_level=2, **THEIRS | {"into_customer": "C-1001"})
        checked()
    with refused_by("case_merged_as_one"):
        pointed(adsl, survivor=other)
    with refused_by("case_merged_as_one"):
        pointed(adsl, state="closed")
    for end in ("first", "second"):
        ends = {"first_id": min(adsl, other), "second_id": max(adsl, other)}
        theirs = "C-1001" if ends[f"{end}_id"] == adsl else "C-2001"
        with refused_by(f"case_link_{end}_of_customer"):
            CaseLink.objects.create(customer=theirs, **ends, reason="x", by="adviser:A-1", at=MONDAY)
