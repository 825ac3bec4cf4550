"""Customers, contracts and history of other systems are imported from CSV files, by the mappings of the handbook."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from builders import a_world
from ligneclaire.channels.models import Entry, NoAnswerNeeded
from ligneclaire.channels.queries import entries
from ligneclaire.contracts.models import Contract, Equipment
from ligneclaire.facts.delivery import next_due
from ligneclaire.facts.models import Delivery, Fact
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.people.actions.choose_way import choose_way
from ligneclaire.people.models import ContactPoint, Customer, Preference
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.promises.models import Promise, SpokenPromise
from ligneclaire.transfer.models import Origin, Run
from ligneclaire.voice.models import Utterance
from ligneclaire.voice.queries import thread
from transfer.csv_files import (
    CONTRACTS,
    CUSTOMERS,
    HISTORY,
    NOW,
    a_file,
    take,
    take_customers,
    the_example,
    wrong_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def wrong_lines(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    with wrong_of(path).open(encoding=encoding, newline="") as file:
        return [row[:3] for row in csv.reader(file, delimiter=delimiter)][1:]


def test_customers_come_with_contact_points_adviser_language_and_wishes(tmp_path: Path) -> None:
    done = take_customers(tmp_path).done

    first, second = Customer.objects.filter(number__startswith="Z-").order_by("number")
    points = ContactPoint.objects.filter(customer__number__startswith="Z-").order_by("customer__number", "kind")
    wishes = Preference.objects.filter(customer__number__startswith="Z-").order_by("purpose")
    assert (done.lines, done.wrong, done.skipped) == (3, 0, 1)
    assert done.tallies == {"customers": Tally(new=2), "contact points": Tally(new=4), "wishes": Tally(new=2)}
    assert (first.name, first.language, first.territory_id, first.adviser_id, first.since, first.changed_by) == (
        "Mme Élodie Vasseur",
        "fr",
        "75",
        "A-1",
        date(2015, 2, 9),
        "system:import/billing",
    )
    assert (second.name, second.language, second.territory_id) == ("M. Yann Le Goff", "en", "33")
    assert [(point.customer_id, point.kind, point.value or point.lines) for point in points] == [
        ("Z-1", "ADDRESS", ["Mme Élodie Vasseur", "12 RUE DES LILAS", "75011 PARIS"]),
        ("Z-1", "EMAIL", "elodie@example.org"),
        ("Z-1", "MOBILE", "+33639980001"),
        ("Z-2", "ADDRESS", ["M. Yann Le Goff", "3 COURS DE LA MARNE", "BAT B", "33000 BORDEAUX"]),
    ]
    assert [(wish.purpose, wish.way) for wish in wishes] == [("BILLS", "LETTER"), ("COMMERCIAL", "NONE")]


def test_what_a_customer_wished_here_stays(tmp_path: Path) -> None:
    take_customers(tmp_path)
    choose_way(customer="Z-1", purpose=MessagePurpose.BILLS, way=Way.EMAIL, by=SYSTEM, at=NOW.replace(day=4))

    changed = a_file(tmp_path, CUSTOMERS.replace("Élodie", "Élo"), encoding="cp1252")
    done = take(changed, the_example("customers"), at=NOW.replace(day=5)).done

    assert done.tallies == {
        "customers": Tally(changed=1, same=1),
        "contact points": Tally(changed=1, same=3),
        "wishes": Tally(same=2),
    }
    assert Preference.objects.filter(customer__number="Z-1", purpose="BILLS").order_by("-id")[0].way == "EMAIL"


def test_contact_points_that_no_column_feeds_stay_and_those_of_an_empty_cell_go(tmp_path: Path) -> None:
    take_customers(tmp_path)
    mapping = the_example("customers")
    fields = {name: feed for name, feed in mapping.fields.items() if name != "mobile"}
    without = mapping.model_copy(update={"fields": fields, "ignore": [*mapping.ignore, "Mobile"]})

    emptied = a_file(tmp_path, CUSTOMERS.replace("elodie@example.org", ""), encoding="cp1252")
    done = take(emptied, without).done

    assert done.tallies["contact points"] == Tally(same=2, removed=1)
    assert set(ContactPoint.objects.filter(customer__number="Z-1").values_list("kind", flat=True)) == {
        "ADDRESS",
        "MOBILE",
    }


def test_contracts_come_with_commitment_and_equipment(tmp_path: Path) -> None:
    take_customers(tmp_path)

    done = take(a_file(tmp_path, CONTRACTS, encoding="cp1252"), the_example("contracts")).done

    one, two = Contract.objects.filter(number__startswith="K-Z").order_by("number")
    assert done.tallies == {"contracts": Tally(new=2), "equipment": Tally(new=2)}
    assert (one.customer_id, one.offer_id, one.line, one.place) == (
        "Z-1",
        "ADSL-PHONE",
        "+33199001234",
        "12 RUE DES LILAS, PARIS",
    )
    assert (one.committed_until, one.commitment_fee_minor, one.before_month_twelve) == (
        date(2027, 1, 10),
        119_950,
        "full_to_end",
    )
    assert (two.commitment_months, two.commitment_fee_minor) == (12, None)
    assert set(Equipment.objects.filter(contract__number="K-Z-1").values_list("kind", "serial")) == {
        ("box", "BX-1"),
        ("box", "BX-2"),
    }


def test_a_contract_does_not_change_its_customer_and_needs_one_who_is_there(tmp_path: Path) -> None:
    take_customers(tmp_path)
    take(a_file(tmp_path, CONTRACTS, encoding="cp1252"), the_example("contracts"))

    other = a_file(
        tmp_path, CONTRACTS.replace("K-Z-1;Z-1", "K-Z-1;Z-2").replace("K-Z-2;Z-2", "K-Z-2;Z-9"), encoding="cp1252"
    )
    done = take(other, the_example("contracts")).done

    assert (done.lines, done.wrong) == (2, 2)
    assert wrong_lines(other, delimiter=";") == [
        ["2", "Ref", "K-Z-1 is held by Z-1"],
        ["3", "Ref", "there is no customer Z-9"],
    ]
    assert Contract.objects.get(number="K-Z-1").customer_id == "Z-1"


def test_equipment_stays_where_the_mapping_says_nothing_of_it(tmp_path: Path) -> None:
    take_customers(tmp_path)
    mapping = the_example("contracts")
    take(a_file(tmp_path, CONTRACTS, encoding="cp1252"), mapping)
    fields = {name: feed for name, feed in mapping.fields.items() if not name.startswith("equipment")}
    without = mapping.model_copy(update={"fields": fields, "ignore": ["Serials"]})

    done = take(a_file(tmp_path, CONTRACTS, encoding="cp1252"), without).done

    assert done.tallies == {"contracts": Tally(same=2)}
    assert Equipment.objects.filter(contract__number="K-Z-1").count() == 2


def test_history_stands_in_the_thread_where_it_happened(tmp_path: Path) -> None:
    take_customers(tmp_path)

    done = take(a_file(tmp_path, HISTORY), the_example("history")).done

    found = thread.page(["Z-1"], limit=10).entries
    assert (done.lines, done.wrong, done.skipped, done.tallies) == (4, 0, 1, {"entries": Tally(new=3)})
    assert [
        (entry.cursor.at, entry.medium, entry.direction, entry.text)
        for entry in found
        if isinstance(entry, thread.TalkEntry)
    ] == [
        (datetime(2024, 5, 4, 10, tzinfo=UTC), "call", "in", "Merci (Zammad 4712)\nTout marche."),
        (
            datetime(2024, 5, 2, 9, tzinfo=UTC),
            "email",
            "out",
            "Box en panne (Zammad 4711)\n\nUn technicien passe demain.",
        ),
        (
            datetime(2024, 5, 2, 8, 15, tzinfo=UTC),
            "email",
            "in",
            "Box en panne (Zammad 4711)\n\nBonjour,\n\nla box clignote.",
        ),
    ]
    assert set(Origin.objects.values_list("source", "key")) == {
        ("zammad", "1001"),
        ("zammad", "1002"),
        ("zammad", "1004"),
    }


def test_imported_history_is_no_news_nobody_waits_and_nothing_is_promised(tmp_path: Path) -> None:
    take_customers(tmp_path)
    before = (Fact.objects.count(), Delivery.objects.count(), next_due())

    take(a_file(tmp_path, HISTORY), the_example("history"))

    assert (Fact.objects.count(), Delivery.objects.count(), next_due()) == before == (0, 0, None)
    assert not Utterance.objects.exists()
    assert not Promise.objects.exists()
    assert not SpokenPromise.objects.exists()
    assert [(one.entry.text[:12], one.reason) for one in NoAnswerNeeded.objects.select_related("entry")] == [
        ("Box en panne", "imported from zammad")
    ]
    assert not entries.is_any_waiting(Entry.objects.values_list("uuid", flat=True))


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    take_customers(tmp_path)
    path = a_file(tmp_path, HISTORY)
    take(path, the_example("history"))

    again = take(path, the_example("history"))

    assert (again.from_line, again.done.tallies, again.done.changed_nothing) == (0, {"entries": Tally(same=3)}, True)
    assert Entry.objects.count() == 3
    assert Run.objects.count() == 2  # one of the customers, one of these


def test_an_entry_that_is_there_with_other_words_is_wrong_and_stays(tmp_path: Path) -> None:
    take_customers(tmp_path)
    take(a_file(tmp_path, HISTORY), the_example("history"))

    other = a_file(tmp_path, HISTORY.replace("Tout marche", "Rien ne marche"), name="later.csv")
    done = take(other, the_example("history")).done

    assert (done.wrong, done.tallies) == (1, {"entries": Tally(same=2)})
    assert wrong_lines(other) == [
        ["5", "article_id", "1004 was imported with other content, and entries are never changed"]
    ]
    assert "Tout marche" in Entry.objects.get(medium="call").text


def test_the_same_key_of_another_source_is_another_entry(tmp_path: Path) -> None:
    take_customers(tmp_path)
    path = a_file(tmp_path, HISTORY)
    take(path, the_example("history"))

    take(path, the_example("history").model_copy(update={"source": "zammad-2"}))

    assert Entry.objects.count() == 6


def test_a_handset_that_was_not_subsidised_is_no_commitment(tmp_path: Path) -> None:
    take_customers(tmp_path)
    mapping = the_example("contracts")
    fields = {name: feed for name, feed in mapping.fields.items() if not name.startswith("commitment")}
    fields["commitment_subsidised_handset"] = mapping.fields["commitment_months"].model_copy(
        update={"column": "Handset"}
    )
    path = a_file(tmp_path, CONTRACTS.replace(";Months;", ";Handset;").replace(";24;", ";no;"), encoding="cp1252")
    some = mapping.model_copy(update={"fields": fields, "ignore": ["Fee"]})

    done = take(path, some).done

    assert (done.wrong, wrong_lines(path, delimiter=";")) == (1, [["3", "Handset", "'12' is neither yes nor no"]])
    assert Contract.objects.get(number="K-Z-1").commitment is None


def test_strings_that_say_what_rows_are(tmp_path: Path) -> None:
    take_customers(tmp_path)
    take(a_file(tmp_path, HISTORY), the_example("history"))

    assert {str(run) for run in Run.objects.all()} == {"billing customers customers.csv", "zammad history rows.csv"}
    assert str(Origin.objects.get(key="1001")) == "zammad 1001"
