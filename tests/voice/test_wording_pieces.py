"""How equipment, bills, questions and days are put together from what several departments state."""

from __future__ import annotations

import pytest

from ligneclaire.channels.content import Todo
from ligneclaire.voice.rules.state import Telling
from voice.letters import BILL, BOX, DAYS, PENALTY, SUPPORT, TAKEN_OVER, WAYS, holding, says, section, telling


def test_what_to_send_back_says_how_and_by_when() -> None:
    content = says(BOX, telling("equipment.return_by", "2015-03-06"), telling("equipment.return_how", "parcel"))

    assert content.todo_title == "Ce que vous avez à faire"
    assert content.todo == (
        Todo(what="Nous rendre la box (n°\u00a0de série LB-4471-0093) par colis.", by="au plus tard le 6 mars 2015"),
    )


@pytest.mark.parametrize(
    ("told", "what", "by"),
    [
        (("equipment.return_by",), "Nous rendre le matériel de ce contrat.", "au plus tard le 6 mars 2015"),
        (("equipment.return_how",), "Nous rendre le matériel de ce contrat dans l’une de nos boutiques.", ""),
        (WAYS, "Nous rendre le matériel de ce contrat dans l’une de nos boutiques.", "au plus tard le 6 mars 2015"),
    ],
)
def test_how_and_by_when_told_later_is_one_thing_to_do(told: tuple[str, ...], what: str, by: str) -> None:
    values = {"equipment.return_by": "2015-03-06", "equipment.return_how": "shop"}

    assert says(*(telling(key, values[key]) for key in told)).todo == (Todo(what=what, by=by),)


def test_a_way_of_its_own_is_quoted_as_stated() -> None:
    content = says(BOX, telling("equipment.return_how", "au comptoir du dépôt, de 9 h à 12 h"))

    assert content.todo[0].what == (
        "Nous rendre la box (n°\u00a0de série LB-4471-0093). Voici comment\u00a0: «\u00a0au comptoir du dépôt, "
        "de 9 h à 12 h\u00a0»."
    )


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (
            dict.fromkeys(WAYS, "2015-02-25"),
            (
                "Gardez ce matériel pour l’instant\u00a0: au plus tard le 25 février 2015, nous vous dirons comment et "
                "avant quelle date nous le rendre."
            ),
        ),
        (
            {"equipment.return_how": "2015-02-25"},
            (
                "Gardez ce matériel pour l’instant\u00a0: au plus tard le 25 février 2015, nous vous dirons comment "
                "nous le rendre."
            ),
        ),
        (
            {"equipment.return_by": "2015-02-25"},
            "Au plus tard le 25 février 2015, nous vous dirons avant quelle date nous le rendre.",
        ),
        (
            {"equipment.return_how": "2015-02-24", "equipment.return_by": "2015-02-25"},
            (
                "Gardez ce matériel pour l’instant\u00a0: au plus tard le 24 février 2015, nous vous dirons comment "
                "nous le rendre. Au plus tard le 25 février 2015, nous vous dirons avant quelle date nous le rendre."
            ),
        ),
    ],
)
def test_what_is_not_known_yet_is_said_once_where_it_matters(later: dict[str, str], sentence: str) -> None:
    content = says(BOX, later=later)

    assert content.todo[0].what.endswith(f"LB-4471-0093). {sentence}")
    assert section(content, "Ce que nous vous dirons encore") == ()


def test_what_stays_behind_is_told_by_day() -> None:
    content = says(
        PENALTY, later={"equipment.to_return": "2015-02-24", **dict.fromkeys(WAYS, "2015-02-25")}, language="fr"
    )

    assert section(content, "Ce que nous vous dirons encore") == (
        "Au plus tard le 24 février 2015, nous vous dirons quel matériel nous rendre.",
        "Au plus tard le 25 février 2015, nous vous dirons comment et avant quelle date nous rendre le matériel.",
    )


@pytest.mark.parametrize(
    ("tellings", "sentence"),
    [
        (
            (PENALTY, DAYS),
            (
                "Nous vous enverrions d’abord un dernier rappel écrit (mise en demeure). Vous auriez alors encore 10 "
                "jours pour nous le rendre. Passé ce délai, une somme de 300,00\u202f€ vous serait facturée."
            ),
        ),
        ((PENALTY,), "Dans ce cas, une somme de 300,00\u202f€ vous serait facturée."),
        (
            (DAYS,),
            (
                "Nous vous enverrions d’abord un dernier rappel écrit (mise en demeure). Vous auriez alors encore 10 "
                "jours pour nous le rendre."
            ),
        ),
    ],
)
def test_what_happens_otherwise_is_as_stated(tellings: tuple[object, ...], sentence: str) -> None:
    content = says(*tellings)  # type: ignore[arg-type]

    assert section(content, "Si le matériel ne nous revient pas") == (sentence,)


@pytest.mark.parametrize(
    ("things", "kinds", "items"),
    [
        ("box A1,box B2", ["box", "Box "], "la box (n°\u00a0de série A1 et B2)"),
        ("box A1,box B2", ["box"], "la box"),
        ("", ["box"], "la box"),
        ("hub H7", ["Hub"], "Hub (n°\u00a0de série H7)"),
    ],
)
def test_serial_numbers_are_printed_where_they_leave_no_doubt(things: str, kinds: list[str], items: str) -> None:
    held = holding("K-ADSL-1", "ADSL", "+33536490201", "2008-04-01", things=things)

    assert says(telling("equipment.to_return", kinds), household=(held,)).todo[0].what == f"Nous rendre {items}."


def test_a_bill_that_was_planned_and_issued_is_told_as_one_thing() -> None:
    content = says(
        BILL,
        telling("closing_bill.amount", {"amount": "42.50", "currency": "EUR"}),
        telling("closing_bill.issued", "2015-03-04"),
        on="2015-03-06",
    )

    assert content.opening[1:] == (
        (
            "La dernière facture de ce contrat a été établie le 4 mars 2015. Elle était prévue pour le 5 mars 2015. "
            "Son montant est de 42,50\u202f€."
        ),
    )


def test_a_bill_issued_on_its_day_does_not_tell_the_plan() -> None:
    content = says(BILL, telling("closing_bill.issued", "2015-03-05"), on="2015-03-06")

    assert content.opening[1:] == ("La dernière facture de ce contrat a été établie le 5 mars 2015.",)


def test_another_operator_answers_for_its_service_and_the_adviser_for_the_rest() -> None:
    content = says(TAKEN_OVER, SUPPORT)

    assert section(content, "Qui répond à vos questions") == (
        ("Pour toute question sur votre ligne 05 36 49 02 01, adressez-vous désormais à votre nouvel opérateur."),
        (
            "Pour tout le reste, appelez-moi au 01 99 00 01 01 ou écrivez-moi. Avec votre référence, je retrouve "
            "aussitôt votre dossier."
        ),
    )
    assert content.closing == ("Veuillez agréer, Madame, Monsieur, mes salutations distinguées.",)


def test_another_operator_answers_only_from_its_day_on() -> None:
    content = says(telling("support.for_line", "Untel", effective="2015-02-18"))

    assert section(content, "Qui répond à vos questions")[0].endswith("à Untel à partir du 18 février 2015.")


def test_another_day_for_the_same_thing_is_a_change() -> None:
    content = says(telling("line.taken_over_by", "Untel", effective="2015-02-16", before="Untel", since="2015-02-13"))

    assert content.changes is not None
    assert content.changes.lines == (
        (
            "Reprise de votre ligne\u00a0: nous vous avions indiqué Untel (le 13 février 2015)\u202f; c’est maintenant "
            "Untel (le 16 février 2015)."
        ),
    )


def test_a_day_said_only_now_stands_with_the_value_it_belongs_to() -> None:
    content = says(telling("support.for_line", "Untel", effective="2015-02-16", before="Telun"))

    assert content.changes is not None
    assert content.changes.lines == (
        (
            "Questions sur votre ligne\u00a0: nous vous avions indiqué Telun\u202f; c’est maintenant Untel (à partir "
            "du 16 février 2015) qui vous répond."
        ),
    )


def test_another_effective_day_of_a_date_changes_nothing_for_the_customer() -> None:
    content = says(telling("closing_bill.date", "2015-03-05", effective="2015-02-16", before="2015-03-05"))

    assert content.changes is None
    assert content.opening[1] == "Nous établissons la dernière facture de ce contrat le 5 mars 2015."


@pytest.mark.parametrize("beside", [(), (telling("closing_bill.date", "2015-03-05"),)])
def test_an_amount_is_said_also_when_the_date_of_its_bill_has_changed(beside: tuple[Telling, ...]) -> None:
    moved = telling("closing_bill.issued", "2015-03-04", before="2015-03-03")

    content = says(telling("closing_bill.amount", {"amount": "21.40", "currency": "EUR"}), moved, *beside)

    assert "21,40" in " ".join(line.text for line in content.lines)
