"""What the end costs and what is paid back: an amount and its day are one sentence, a fee has its calculation."""

from __future__ import annotations

import pytest

from voice.letters import AMOUNT, says, telling

FEE = telling("fees.early_termination", {"amount": "60.00", "currency": "EUR"})
FORMULA = telling("fees.formula", "20% of 10 x 30.00 EUR")
NARROW = "\u202f"


def opening(*tellings: object, **more: object) -> str:
    return says(*tellings, **more).opening[-1]  # type: ignore[arg-type]


def test_ter_11_a_fee_is_told_with_its_calculation() -> None:
    assert opening(FEE, FORMULA) == (
        f"Des frais de résiliation vous seront facturés\u00a0: 60,00{NARROW}€. En voici le calcul\u00a0: "
        f"20{NARROW}% de 10 mensualités de 30,00{NARROW}€."
    )


@pytest.mark.parametrize(
    "fee",
    [
        telling("fees.early_termination", {"amount": "0.00", "currency": "EUR"}),
        telling("fees.early_termination", {"amount": "60.00", "currency": "EUR"}, before=AMOUNT),
        telling("closing_bill.amount", AMOUNT),
    ],
    ids=["no fee", "a fee that changed", "another amount"],
)
def test_a_calculation_without_a_new_fee_is_a_sentence_of_its_own(fee: object) -> None:
    sentence = f"Voici comment sont calculés les frais de résiliation\u00a0: 20{NARROW}% de 10 mensualités"

    assert sentence in opening(fee, FORMULA)


NO_FEE = "Nous vous avions indiqué que vous n’aviez pas de frais de résiliation à payer."
A_FEE = f"Frais de résiliation\u00a0: le montant de 60,00{NARROW}€ que nous vous avions indiqué n’est plus valable."


@pytest.mark.parametrize(
    ("amount", "line"), [("0.00", f"{NO_FEE} Cette indication n’est plus valable."), ("60.00", A_FEE)]
)
def test_a_fee_that_falls_is_named_and_no_fee_is_no_amount(amount: str, line: str) -> None:
    before = {"amount": amount, "currency": "EUR"}

    content = says(telling("fees.early_termination", None, before=before), telling("closing_bill.amount", AMOUNT))

    assert content.changes is not None
    assert content.changes.lines == (line,)


def test_a_calculation_that_changed_stands_among_the_changes() -> None:
    content = says(FEE, telling("fees.formula", "4 x 30.00 EUR", before="20% of 10 x 30.00 EUR"))

    assert content.changes is not None
    assert content.opening[-1].count("mensualités") == 0


@pytest.mark.parametrize(
    ("stated", "french", "english"),
    [
        ("1 x 30.00 EUR", f"1 mensualité de 30,00{NARROW}€", "1 monthly payment of €30.00"),
        (
            "4 x 30.00 EUR + 25% of 12 x 30.00 EUR",
            f"4 mensualités de 30,00{NARROW}€ + 25{NARROW}% de 12 mensualités de 30,00{NARROW}€",
            "4 monthly payments of €30.00 + 25% of 12 monthly payments of €30.00",
        ),
        (
            "20% of 9 x 30.00 EUR + 20% of 20.32 EUR",
            f"20{NARROW}% de 9 mensualités de 30,00{NARROW}€ + 20{NARROW}% de 20,32{NARROW}€",
            "20% of 9 monthly payments of €30.00 + 20% of €20.32",
        ),
        ("4 x 30.00 EUR + rien", "«\u00a04 x 30.00 EUR + rien\u00a0»", "“4 x 30.00 EUR + rien”"),
    ],
)
def test_a_calculation_reads_as_people_write_it(stated: str, french: str, english: str) -> None:
    assert french in opening(telling("fees.formula", stated))
    assert english in opening(telling("fees.formula", stated), language="en")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("deposit", "votre dépôt de garantie"),
        ("advance", "ce que vous avez payé d’avance"),
        ("withdrawal", "ce que vous avez payé pour ce contrat"),
    ],
)
def test_ter_19_an_amount_and_its_latest_day_are_one_sentence(kind: str, what: str) -> None:
    amount, by = telling(f"refund.{kind}", AMOUNT), telling(f"refund.{kind}_by", "2015-03-16")

    assert opening(amount, by) == f"Nous vous remboursons {what} au plus tard le 16 mars 2015\u00a0: 5,00{NARROW}€."
    assert opening(by) == f"Nous vous remboursons {what} au plus tard le 16 mars 2015."


def test_a_day_among_other_steps_says_that_it_is_the_latest() -> None:
    steps = says(telling("closing_bill.date", "2015-03-05"), telling("refund.advance_by", "2015-03-16")).steps

    assert [(step.when, step.what) for step in steps] == [
        ("5 mars 2015", "Nous établissons la dernière facture de ce contrat."),
        ("au plus tard le 16 mars 2015", "Nous vous remboursons ce que vous avez payé d’avance."),
    ]


def test_a_day_that_has_passed_is_told_as_it_was_planned() -> None:
    by = telling("refund.deposit_by", "2015-02-10")

    assert opening(by) == (
        "Le remboursement de votre dépôt de garantie était prévu pour le 10 février 2015 au plus tard."
    )
    assert says(by, telling("closing_bill.date", "2015-03-05")).steps[0].when == "10 février 2015"


def test_an_amount_with_a_day_of_its_own_is_told_beside_the_latest_one() -> None:
    amount = telling("refund.deposit", AMOUNT, effective="2015-03-02")

    steps = says(amount, telling("refund.deposit_by", "2015-03-16")).steps

    assert [step.when for step in steps] == ["2 mars 2015", "au plus tard le 16 mars 2015"]


def test_an_amount_stays_when_its_day_has_changed() -> None:
    content = says(telling("refund.deposit", AMOUNT), telling("refund.deposit_by", "2015-03-16", before="2015-03-02"))

    assert content.changes is not None
    assert f"5,00{NARROW}€" in " ".join(line.text for line in content.lines)
