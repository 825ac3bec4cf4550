"""A clerk states many facts by a file: checked line by line, stated when they say so, and once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.conftest import clerk_of
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.voice.models import Upload
from world import MONDAY, World

pytestmark = pytest.mark.django_db
CLOCK = Callable[[datetime], None]
GOOD = """contract;key;value;effective
K-ADSL-1;closing_bill.amount;59,90 €;
K-ADSL-1;date de la dernière facture;05/03/2015;20/02/2015
K-MOB-31;closing_bill.date;2015-03-05;
"""
WRONG = """K-404;closing_bill.amount;59,90;
K-ADSL-1;closing_bill.amuont;59,90;
K-ADSL-1;refund.deposit;soixante;
K-ADSL-1;refund.deposit_by;05/03/2015;demain
K-MOB-31;closing_bill.date;05/03/2015;
K-FIX-3;closing_bill.amount;1;
K-FIX-3;closing_bill.amount;2;
"""


def send(client: Client, text: str | bytes, name: str = "février.csv") -> str:
    """Send a file; the address of the page with what is wrong in it."""
    content = text.encode("cp1252") if isinstance(text, str) else text
    answer = client.post("/department/uploads", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["upload_fault"]
    return str(answer["Location"])


def wrong(client: Client, page: str) -> list[tuple[int, str, str]]:
    return [(number, field, reason) for number, _, field, reason in client.get(page).context["wrong"]]


def stated() -> list[tuple[str, str]]:
    rows = Fact.objects.filter(source_id__startswith="upload/").order_by("pk")
    return list(rows.values_list("kind", "subject"))


def test_good_lines_are_stated_when_the_clerk_says_so_and_wrong_ones_stay_behind(clerk: Client) -> None:
    page = send(clerk, GOOD + WRONG)

    assert "3 lignes sont bonnes" in clerk.get(page).content.decode()
    assert wrong(clerk, page) == [
        (5, "contrat", "Aucun contrat n’a ce numéro."),
        (6, "sujet", "Aucun sujet ne porte ce nom."),
        (7, "valeur", "Ce n’est pas une somme comme 300,00 ou 300,00 EUR."),
        (8, "date d’effet", "Ce n’est pas un jour comme 05/03/2015."),
        (9, "toute la ligne", "Une ligne précédente dit la même chose."),
        (10, "toute la ligne", "D’autres lignes disent autre chose de ce contrat et de ce sujet\u00a0: gardez-en une."),
        (11, "toute la ligne", "D’autres lignes disent autre chose de ce contrat et de ce sujet\u00a0: gardez-en une."),
    ]
    assert stated() == []

    assert clerk.post(f"{page}/state")["Location"] == page

    assert stated() == [
        ("closing_bill.amount", "contract:K-ADSL-1"),
        ("closing_bill.date", "contract:K-ADSL-1"),
        ("closing_bill.date", "contract:K-MOB-31"),
    ]
    after = clerk.get(page).content.decode()
    assert "3 lignes sont déclarées." in after
    assert "sont bonnes" not in after
    assert len(wrong(clerk, page)) == 7


def test_the_same_file_twice_states_nothing_twice(clerk: Client, clock_at: CLOCK) -> None:
    first = send(clerk, GOOD)
    clerk.post(f"{first}/state")
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(days=8))

    again = send(clerk, GOOD.replace(";", ",").replace("59,90 €", '"59,90 €"').encode(), name="again.csv")
    clerk.post(f"{again}/state")
    clerk.post(f"{again}/state")

    assert again == first
    assert len(stated()) == 3


def test_what_is_wrong_is_given_back_to_be_mended(clerk: Client) -> None:
    page = send(clerk, GOOD + WRONG)

    file = clerk.get(f"{page}/wrong.csv")

    assert file.headers["Content-Disposition"] == 'attachment; filename="facts-to-mend.csv"'
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "line;contract;key;value;effective;field;reason",
        "5;K-404;closing_bill.amount;59,90;;contrat;Aucun contrat n’a ce numéro.",
    ]
    mended = send(clerk, file.content.replace(b"K-404", b"K-MOB-2"))
    clerk.post(f"{mended}/state")
    assert stated() == [("closing_bill.amount", "contract:K-MOB-2"), ("closing_bill.date", "contract:K-MOB-31")]


def test_no_office_program_takes_a_cell_that_is_given_back_for_a_formula(clerk: Client) -> None:
    page = send(clerk, "contract;key;value;effective\n=1+1;@k;-5;'+x\n'K;k;'=A1;\n")

    file = clerk.get(f"{page}/wrong.csv")

    cells = [line.split(";")[1:5] for line in file.content.decode("utf-8-sig").splitlines()[1:]]
    assert cells == [["'=1+1", "'@k", "'-5", "'+x"], ["'K", "k", "'=A1", ""]]
    assert send(clerk, file.content) == page  # the same as before


def test_the_empty_table_can_be_filled_in(clerk: Client) -> None:
    table = clerk.get("/department/template.csv").content

    assert table == "\ufeffcontract;key;value;effective\r\n".encode()
    clerk.post(f"{send(clerk, table + b'K-ADSL-1;closing_bill.amount;10;')}/state")
    assert stated() == [("closing_bill.amount", "contract:K-ADSL-1")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "La première ligne doit nommer les colonnes\u202f; il manque\u00a0: contract, key, value."),
        (b"contract;key\n", "il manque\u00a0: value."),
        (b"contract;key;value;efective\nK;k;v;e", "nomme des colonnes inconnues\u00a0: efective."),
        (b"contract;key;value\n \n;;\n", "Il n’y a aucune ligne sous la première."),
        (b'contract;key;value\nK-ADSL-1;"fees.formula;1\n', "la ligne 2 est illisible"),
        (b"contract;key;value\nPK\x00", "la ligne 2 est illisible"),
        (b"contract;key;value\n" + b"K;k;v\n" * 5001, "Le fichier a plus de 5\u00a0000 lignes"),
        (b"x" * (1024 * 1024 + 1), "Le fichier dépasse 1 Mo"),
        (None, "Choisissez un fichier."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    clerk: Client, content: bytes | None, fault: str
) -> None:
    answer = clerk.post("/department/uploads", {"file": SimpleUploadedFile("f.csv", content)} if content else {})
    if content == b"":
        answer = clerk.post("/department/uploads", {"file": SimpleUploadedFile("f.csv", b"\n")})

    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_long_list_is_kept_whole(clerk: Client) -> None:
    things = "|".join(f"{number} {'x' * 490}" for number in range(50))

    clerk.post(f"{send(clerk, f'contract;key;value{chr(10)}K-ADSL-1;equipment.to_return;{things}')}/state")

    [fact] = Fact.objects.filter(source_id__startswith="upload/")
    assert Payload.objects.get(fact=fact).value == things.split("|")


def test_where_files_are_sent_there_is_nothing_to_look_at(clerk: Client) -> None:
    assert clerk.get("/department/uploads")["Location"] == "/department"


def test_a_department_sees_its_own_files_only_and_they_are_forgotten_after_a_week(
    clerk: Client, clock_at: CLOCK
) -> None:
    page = send(clerk, GOOD)
    other = clerk_of("equipment", "paul", "Paul Roy")

    assert [other.get(page).status_code, other.get(f"{page}/wrong.csv").status_code] == [404, 404]
    assert other.post(f"{page}/state").status_code == 404
    assert stated() == []

    clock_at(datetime.fromisoformat(MONDAY) + timedelta(days=8))
    send(other, GOOD)
    assert clerk.get(page).status_code == 404


def test_many_lines_are_checked_and_stated_in_sets(
    clerk: Client, monday: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = (
        send(clerk, "contract;key;value\n" + "".join(f"K-ADSL-1;fees.formula;{n}\n" for n in range(lines)) + more)
        for lines, more in ((2, "K-FIX-3;fees.formula;x"), (4000, "K-MOB-2;fees.formula;x"))
    )

    for page, count in ((few, 2), (many, 4000)):
        with django_assert_num_queries(7):  # session, login, file, operator, contracts, stated before, operator
            shown = clerk.get(page)
        assert shown.context["wrong_count"] == count
        assert len(shown.context["wrong"]) == min(count, 200)
    clerk.post(f"{many}/state")
    assert stated() == [("fees.formula", "contract:K-MOB-2")]
