"""Equipment that has not come back: kindly at first, then clearly, and what arrived in part."""

from __future__ import annotations

from ligneclaire.channels.content import Section, Todo
from voice.letters import BOX, DAYS, HOUSEHOLD, PENALTY, says, section, telling

MISSING = telling("equipment.missing", ["tv decoder"])
NOTICE = telling("equipment.formal_notice", "2015-04-02")
CHARGED = telling("equipment.charged", {"amount": "300.00", "currency": "EUR"})
DECODER = "le décodeur TV (n°\u00a0de série TV-2210-7781)"
KNOWN: dict[str, object] = {
    "equipment.to_return": ["box", "tv decoder"],
    "equipment.return_by": "2015-03-06",
    "equipment.return_how": "prepaid label",
    "equipment.penalty": {"amount": "300.00", "currency": "EUR"},
}
REMINDED = (
    f"Sauf erreur de notre part, nous n’avons pas encore reçu {DECODER}. Si vous l’avez déjà envoyé, merci\u00a0: "
    "gardez bien le reçu. Si quelque chose vous en empêche, appelez-moi, nous trouverons une solution."
)


def test_a_reminder_is_kind_and_says_again_how_and_by_when() -> None:
    content = says(MISSING, known=KNOWN, on="2015-03-03")

    assert content.subject == "Le matériel qu’il nous reste à recevoir"
    assert content.opening == (REMINDED,)
    assert content.todo == (
        Todo(
            what=f"Nous rendre {DECODER} par colis, avec une étiquette de retour prépayée.",
            by="au plus tard le 6 mars 2015",
        ),
    )


def test_a_reminder_after_the_day_names_no_day() -> None:
    assert says(MISSING, known=KNOWN, on="2015-03-09").todo[0].by == ""
    assert says(MISSING).todo == (Todo(what=f"Nous rendre {DECODER}.", by=""),)


def test_a_new_day_told_with_the_reminder_is_said_beside_it() -> None:
    content = says(MISSING, telling("equipment.return_by", "2015-03-20"), known=KNOWN)

    assert [todo.by for todo in content.todo] == ["au plus tard le 20 mars 2015"]


def test_a_reminder_that_changed_is_no_reminder_twice() -> None:
    content = says(telling("equipment.missing", ["tv decoder"], before=["box", "tv decoder"]))

    assert content.changes is not None
    assert REMINDED not in content.opening
    assert len(content.todo) == 1


def test_a_reminder_beside_what_to_return_is_one_thing_to_do() -> None:
    assert len(says(BOX, MISSING).todo) == 1


def test_a_formal_notice_is_clear_dated_and_polite() -> None:
    content = says(NOTICE, known=KNOWN | {"equipment.missing": ["tv decoder"]}, received_by="online", on="2015-03-20")

    assert content.subject == "Mise en demeure\u00a0: matériel à rendre au plus tard le 2 avril 2015"
    assert content.opening == (
        (
            f"Malgré notre rappel, nous n’avons pas reçu {DECODER}. Par la présente, nous vous mettons en demeure de "
            "nous rendre ce matériel au plus tard le 2 avril 2015. Si vous l’avez déjà rendu, appelez-moi\u00a0: avec "
            "votre reçu, nous vérifions aussitôt."
        ),
    )
    assert content.todo == (
        Todo(
            what=f"Nous rendre {DECODER} par colis, avec une étiquette de retour prépayée.",
            by="au plus tard le 2 avril 2015",
        ),
    )
    assert content.sections == (
        Section(
            title="Si le matériel ne nous revient pas",
            lines=(
                (
                    "Passé cette date, une somme de 300,00\u202f€ vous sera facturée. Si le matériel nous revient "
                    "ensuite, elle vous sera rendue."
                ),
            ),
        ),
    )


def test_a_formal_notice_without_an_amount_says_that_it_will_be_charged() -> None:
    content = says(NOTICE, household=())

    assert content.opening[0].startswith("Malgré notre rappel, nous n’avons pas reçu le matériel de ce contrat.")
    assert section(content, "Si le matériel ne nous revient pas") == (
        "Passé cette date, ce matériel vous sera facturé. S’il nous revient ensuite, cette somme vous sera rendue.",
    )


def test_a_formal_notice_says_the_reminder_and_the_amount_told_with_it_once() -> None:
    content = says(NOTICE, MISSING, PENALTY, telling("equipment.return_how", "shop"))

    assert len(content.opening) == 1
    assert content.todo == (
        Todo(what=f"Nous rendre {DECODER} dans l’une de nos boutiques.", by="au plus tard le 2 avril 2015"),
    )
    assert len(section(content, "Si le matériel ne nous revient pas")) == 1


def test_days_told_with_a_formal_notice_are_said_too() -> None:
    content = says(NOTICE, PENALTY, DAYS)

    assert len(section(content, "Si le matériel ne nous revient pas")) == 2


def test_a_charge_names_what_is_missing_and_that_it_is_given_back() -> None:
    content = says(CHARGED, known=KNOWN | {"equipment.missing": ["tv decoder"]}, received_by="letter")

    assert content.subject == "Le matériel qui ne nous est pas revenu\u00a0: 300,00\u202f€"
    assert content.opening[1] == (
        f"Nous n’avons pas reçu {DECODER}. Nous vous facturons donc 300,00\u202f€. Si ce matériel nous revient, vous "
        "ne devez plus rien, et ce que vous avez payé vous est rendu."
    )


def test_a_charge_of_which_the_pieces_are_not_known_says_so_in_general() -> None:
    told = telling("equipment.charged", {"amount": "300.00", "currency": "EUR"}, effective="2015-02-20")

    content = says(told, household=HOUSEHOLD[:2])

    assert content.opening[1].startswith("Une partie du matériel de ce contrat ne nous est pas revenue. Nous vous")


def test_a_charge_that_falls_says_that_nothing_is_due() -> None:
    content = says(telling("equipment.charged", None, before={"amount": "300.00", "currency": "EUR"}))

    assert content.changes is not None
    assert content.changes.lines == (
        (
            "Matériel manquant\u00a0: la facturation de 300,00\u202f€ n’est plus valable. Vous ne devez rien à ce "
            "titre, et ce que vous avez payé vous est rendu."
        ),
    )


def test_a_partial_return_says_what_is_still_to_come() -> None:
    content = says(telling("equipment.received", ["Box"]), known=KNOWN)

    assert content.opening[1] == (
        "Nous avons bien reçu la box (n°\u00a0de série LB-4471-0093). Merci\u202f! Pour ce matériel, vous n’avez plus "
        f"rien à faire. Il nous reste à recevoir {DECODER}."
    )


def test_a_whole_return_says_nothing_of_a_rest_and_neither_does_one_beside_its_reminder() -> None:
    whole = says(telling("equipment.received", ["box", "tv decoder"]), known=KNOWN)
    reminded = says(telling("equipment.received", ["box"]), MISSING, known=KNOWN)

    assert "Il nous reste" not in whole.opening[1]
    assert "Il nous reste" not in " ".join(reminded.opening)
