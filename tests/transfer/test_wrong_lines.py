"""What is wrong is named by line, column and reason, the rest is taken, and the mended lines are fed again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from builders import a_world
from incoming import a_case
from ligneclaire.channels.models import Entry
from ligneclaire.kernel.rows import Tally
from ligneclaire.offers.models import Offer
from ligneclaire.people.models import ContactPoint, Customer, Preference
from ligneclaire.transfer import importing
from ligneclaire.transfer.actions.note_progress import RunElsewhere
from ligneclaire.transfer.feeds import ColumnsDiffer
from ligneclaire.transfer.importing import Standing
from ligneclaire.transfer.lines import NotCsv
from ligneclaire.transfer.mapping import MappingRefused, read_mapping
from ligneclaire.transfer.models import Run
from people.persons import merge
from transfer.csv_files import (
    CONTRACTS,
    CUSTOMERS,
    HISTORY,
    NOW,
    a_file,
    a_mapping,
    take,
    take_customers,
    the_example,
    wrong_of,
)

pytestmark = pytest.mark.django_db
HEAD = """
source = "old"
rows = "history"
[fields]
key = "id"
customer = "who"
medium = "how"
direction = "way"
text = "said"
happened_at = "at"
case = "case"
"""
COLUMNS = "id,who,how,way,said,at,case\n"
GOOD = "1,C-2001,call,in,Bonjour,2024-05-02 08:15,\n"


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def marks(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    with wrong_of(path).open(encoding=encoding, newline="") as file:
        return [row[:3] for row in csv.reader(file, delimiter=delimiter)][1:]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("1,C-9,call,in,Bonjour,2024-05-02 08:15,", "who", "there is no customer C-9"),
        ("1,,call,in,Bonjour,2024-05-02 08:15,", "who", "is missing"),
        (
            "1,C-2001,fax,in,Bonjour,2024-05-02 08:15,",
            "how",
            "Input should be 'call', 'shop', 'visit', 'letter', 'email' or 'sms'",
        ),
        ("1,C-2001,call,up,Bonjour,2024-05-02 08:15,", "way", "Input should be 'in' or 'out'"),
        ("1,C-2001,call,in,,2024-05-02 08:15,", "said", "is missing"),
        ("1,C-2001,call,in,Bonjour,02/05/2024,", "at", "'02/05/2024' is not an instant such as 2015-02-09 14:30"),
        ("1,C-2001,call,in,Bonjour,2034-05-02 08:15,", "at", "lies in the future"),
        ("1,C-2001,call,in,Bonjour,2024-05-02 08:15,4711", "case", "'4711' is not a reference such as LC-7K2M-9QX4"),
        ("1,C-2001,call,in,Bonjour,2024-05-02 08:15,LC-7K2M-9QX0", "case", "C-2001 has no case LC-7K2M-9QX0"),
        (f"1,C-2001,call,in,{'x' * 10_001},2024-05-02,", "said", "the text has more than 10000 characters"),
        ("1,C-2001,call,in,Bonjour", "", "has 5 cells, the header 7"),
        ("1,C-2001,call,in,Bon\udcffjour,2024-05-02 08:15,", "", "has bytes that are not utf-8"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(tmp_path: Path, line: str, column: str, reason: str) -> None:
    path = tmp_path / "rows.csv"
    text = f"{COLUMNS}{line}\n\n{GOOD.replace('1,', '2,', 1)}"
    path.write_bytes(text.replace("LC-7K2M-9QX0", "LC-0000-0000").encode("utf-8", "surrogateescape"))

    done = take(path, a_mapping(tmp_path, HEAD)).done

    assert (done.lines, done.wrong, done.tallies) == (2, 1, {"entries": Tally(new=1)})
    lines = wrong_of(path).read_bytes().decode("utf-8", "surrogateescape").splitlines()
    assert lines[0] == f"_line,_column,_reason,{COLUMNS.strip()}"
    assert [next(csv.reader([lines[1]]))[:3]] == [["2", column, reason.replace("LC-7K2M-9QX0", "LC-0000-0000")]]
    assert lines[1].endswith(line.replace("LC-7K2M-9QX0", "LC-0000-0000"))


@pytest.mark.parametrize("who", ["C-2001", "C-1001"])
def test_history_of_either_number_of_a_person_joins_their_case(tmp_path: Path, who: str) -> None:
    reference, foreign = a_case("C-2001", at=NOW), a_case("C-3001", at=NOW)
    merge("C-2001", "C-1001", at=NOW)
    lines = [f"{key},{who},call,in,Bonjour,2024-05-02 08:15,{case}" for key, case in ((1, reference), (2, foreign))]
    path = a_file(tmp_path, COLUMNS + "\n".join(lines))

    done = take(path, a_mapping(tmp_path, HEAD)).done

    assert (done.wrong, done.tallies) == (1, {"entries": Tally(new=1)})
    assert marks(path) == [["3", "case", f"{who} has no case {foreign}"]]
    assert list(Entry.objects.values_list("customer", "case")) == [("C-2001", reference)]


def test_all_that_is_wrong_in_a_line_is_said_at_once(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        CUSTOMERS.replace("09/02/2015", "2015-02-09").replace("06 39 98 00 01", "zéro").replace("Paris;", "Lyon;"),
        encoding="cp1252",
    )

    done = take(path, the_example("customers")).done

    assert (done.wrong, done.tallies["customers"]) == (1, Tally(new=1))
    assert marks(path, "cp1252", ";") == [
        [
            "2",
            "Branch, Customer since, Mobile",
            "'Lyon' is not in the table; '2015-02-09' is not a day such as %d/%m/%Y; 'zéro' is not a telephone number",
        ]
    ]


def test_a_wish_that_cannot_be_is_wrong(tmp_path: Path) -> None:
    mapping = the_example("customers")
    feed = mapping.fields["way_bills"].model_copy(update={"table": {"Post": "NONE"}})
    path = a_file(tmp_path, CUSTOMERS, encoding="cp1252")

    done = take(path, mapping.model_copy(update={"fields": {**mapping.fields, "way_bills": feed}})).done

    assert (done.wrong, marks(path, "cp1252", ";")) == (1, [["2", "ways", "expected EMAIL, SMS, LETTER, ANY"]])
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("was", "now", "column", "reason"),
    [
        ("24;", "99;", "Months", "at most 24 months, not 99 (TER-10)"),
        ("24;", "zwei;", "Months", "'zwei' is not a whole number"),
        (
            "10/01/2025",
            "20/01/2025",
            "Signed",
            "a contract is concluded before it begins, on 2025-01-15",
        ),
        ("1.199,5", "viel", "Fee", "not an amount: 'viel.00'"),
    ],
)
def test_a_commitment_is_checked_as_that_of_a_world(
    tmp_path: Path, was: str, now: str, column: str, reason: str
) -> None:
    take_customers(tmp_path)
    path = a_file(tmp_path, CONTRACTS.replace(was, now), encoding="cp1252")

    done = take(path, the_example("contracts")).done

    assert (done.lines, done.wrong) == (2, 1)
    [[line, found, said]] = marks(path, "cp1252", ";")
    assert (line, found, said) == ("2", column, reason)


def test_mended_lines_are_fed_again_with_the_same_mapping(tmp_path: Path) -> None:
    path = a_file(tmp_path, CUSTOMERS.replace("75011;PARIS;06 39 98 00 01", "75011;PARIS;x"), encoding="cp1252")
    take(path, the_example("customers"))
    mended = wrong_of(path)
    mended.write_bytes(mended.read_bytes().replace(b"PARIS;x", b"PARIS;0639980001"))

    done = take(mended, the_example("customers")).done

    assert (done.lines, done.wrong, done.tallies["customers"]) == (1, 0, Tally(new=1))
    assert ContactPoint.objects.get(customer__number="Z-1", kind="MOBILE").value == "+33639980001"


def test_the_same_twice_in_a_file_is_wrong_the_second_time(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{COLUMNS}{GOOD}{GOOD}")
    customers = a_file(tmp_path, CUSTOMERS.replace("Z-2", "Z-1"), name="c.csv", encoding="cp1252")

    history, people = take(path, a_mapping(tmp_path, HEAD)).done, take(customers, the_example("customers")).done

    assert (history.wrong, marks(path)) == (1, [["3", "id", "1 is already another line"]])
    assert (people.wrong, marks(customers, "cp1252", ";")) == (1, [["3", "Ref", "Z-1 is already another customer"]])


def test_an_address_that_is_nobodys_or_several_peoples_is_wrong(tmp_path: Path) -> None:
    take_customers(tmp_path)
    more = CUSTOMERS.replace("Z-1", "Z-7").replace("06 39 98 00 01", "")
    take(a_file(tmp_path, more, encoding="cp1252"), the_example("customers"))
    path = a_file(tmp_path, HISTORY.replace("Elodie@Example.org", "nobody@example.org"))

    done = take(path, the_example("history")).done

    assert (done.wrong, done.tallies) == (3, {})
    assert [reason for _, _, reason in marks(path)] == [
        "elodie@example.org is the address of Z-1, Z-7",
        "nobody has the address nobody@example.org",
        "elodie@example.org is the address of Z-1, Z-7",
    ]


def test_a_check_says_what_would_come_of_it_and_writes_nothing(tmp_path: Path) -> None:
    take_customers(tmp_path)
    path = a_file(tmp_path, HISTORY.replace("2024-05-04", "2044-05-04"))

    done = take(path, the_example("history"), is_check=True).done

    assert (done.lines, done.wrong, done.skipped, done.tallies) == (4, 1, 1, {"entries": Tally(new=2)})
    assert marks(path) == [["5", "created_at", "lies in the future"]]
    assert (Entry.objects.count(), Run.objects.filter(rows="history").count()) == (0, 0)


def test_what_only_the_database_refuses_costs_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 4)
    take_customers(tmp_path)
    Offer.objects.create(
        code="SPARE", name="Spare", kind="MOBILE", price_minor=100, currency="EUR", changed_by="test", changed_at=NOW
    )
    head, _, second = CONTRACTS.splitlines()
    lines = [
        second.replace("K-Z-2", f"K-{n}").replace("Mobile Pro", "SPARE" if n == 5 else "Mobile Pro") for n in range(8)
    ]
    mapping = the_example("contracts")
    offer = mapping.fields["offer"].model_copy(update={"table": {"Mobile Pro": "MOBILE-PRO", "SPARE": "SPARE"}})
    path = a_file(tmp_path, "\n".join([head, *lines]), encoding="cp1252")

    def gone(_: Standing) -> None:
        Offer.objects.filter(code="SPARE").delete()

    done = take(
        path,
        mapping.model_copy(update={"fields": {**mapping.fields, "offer": offer}}),
        told=gone,
    ).done

    assert (done.lines, done.wrong, done.tallies["contracts"]) == (8, 1, Tally(new=7))
    [[line, column, reason]] = marks(path, "cp1252", ";")
    assert (line, column) == ("7", "")
    assert "violates foreign key constraint" in reason


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("Ref;", "Nr;"), "there is no column Ref"),
        (("Balance", "Credit"), "nothing reads the column Credit: name it in `ignore`"),
        (("Balance", "Ref"), "the column Ref is there twice"),
    ],
)
def test_a_file_with_other_columns_is_refused_as_a_whole(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    path = a_file(tmp_path, CUSTOMERS.replace(*change, 1), encoding="cp1252")

    with pytest.raises(ColumnsDiffer) as refused:
        take(path, the_example("customers"))

    assert problem in refused.value.problems
    assert (Run.objects.count(), Customer.objects.filter(number="Z-2").count()) == (0, 0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source = ", "Invalid value (at end of document)"),
        (
            HEAD.replace('rows = "history"', 'rows = "bills"'),
            "rows: Input should be 'customers', 'contracts' or 'history'",
        ),
        (HEAD.replace("key =", "clef ="), "history have no clef; they have key, customer, customer_email, medium,"),
        (HEAD.replace('key = "id"', ""), "nothing feeds key"),
        (HEAD.replace('"id"', "{ column = 'id', constant = 'x' }"), "fields.key: expected one of: column, text, lines"),
        (HEAD.replace('"id"', "{ colum = 'id' }"), "fields.key.colum: is not a known key"),
        (HEAD.replace("[fields]", 'zone = "Mars"\n[fields]'), "zone: expected a time zone such as Europe/Paris"),
        ('rows = "history"\nfields = 1', "source: is missing"),
    ],
)
def test_a_mapping_with_a_mistake_is_refused_and_says_where(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "mapping.toml").write_text(text)

    with pytest.raises(MappingRefused) as refused:
        read_mapping(tmp_path / "mapping.toml")

    assert any(found.startswith(problem) for found in refused.value.problems), refused.value.problems


def test_a_quotation_that_never_ends_stops_the_file_and_says_where(tmp_path: Path) -> None:
    path = a_file(tmp_path, f'{COLUMNS}{GOOD}2,C-2001,call,in,"Bonjour,2024,\n' + ("x" * 100 + "\n") * 11_000)

    with pytest.raises(NotCsv) as refused:
        take(path, a_mapping(tmp_path, HEAD))

    assert refused.value.values["line"] == 3


def test_wrong_lines_of_an_earlier_run_are_put_aside(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{COLUMNS}{GOOD.replace('call', 'fax')}")
    wrong_of(path).write_text("half mended")

    take(path, a_mapping(tmp_path, HEAD))

    assert wrong_of(path).with_name("rows.wrong.csv~").read_text() == "half mended"


def test_wrong_lines_are_for_whoever_imports_alone_and_follow_no_link(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{COLUMNS}{GOOD.replace('call', 'fax')}")
    wrong_of(path).symlink_to(tmp_path / "elsewhere.csv")

    take(path, a_mapping(tmp_path, HEAD))

    assert (oct(wrong_of(path).stat().st_mode & 0o777), wrong_of(path).is_symlink()) == ("0o600", False)
    assert not (tmp_path / "elsewhere.csv").exists()


def test_an_import_that_was_cut_off_goes_on_after_its_last_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    lines = [f"{n},C-2001,{'fax' if n % 7 == 0 else 'call'},in,Bonjour,2024-05-02,\n" for n in range(1, 36)]
    lines[30] = lines[0]  # the key of the first line once more
    path = a_file(tmp_path, COLUMNS + "".join(lines))

    class PowerCut(Exception):
        pass

    def cut(standing: Standing) -> None:
        if standing.done.lines == 20:
            with wrong_of(path).open("ab") as file:  # of a stretch that was not committed any more
                file.write(b"21,,half a li")
            raise PowerCut

    with pytest.raises(PowerCut):
        take(path, a_mapping(tmp_path, HEAD), told=cut)
    done = take(path, a_mapping(tmp_path, HEAD))

    assert (done.from_line, done.done.lines, done.done.wrong) == (20, 35, 5)
    assert done.done.tallies == {"entries": Tally(new=29, same=1)}
    assert [line for line, _, _ in marks(path)] == ["8", "15", "22", "29", "36"]
    assert Entry.objects.count() == 29
    assert Run.objects.get().ended_at == NOW


def test_two_processes_do_not_import_the_same_file_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    path = a_file(tmp_path, COLUMNS + GOOD + GOOD.replace("1,", "2,", 1))

    def other(standing: Standing) -> None:
        if standing.done.lines == 1:
            Run.objects.update(lines=2)

    with pytest.raises(RunElsewhere):
        take(path, a_mapping(tmp_path, HEAD), told=other)
