"""The subject line, the greeting, who signs, and the text message."""

from __future__ import annotations

from datetime import date

import pytest

from ligneclaire.channels.sms.text import length_of, text_of
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording.compose import WORDINGS
from voice.letters import (
    AMOUNT,
    BILL,
    ENDS,
    HUGO,
    PENALTY,
    REQUEST,
    SUPPORT,
    TAKEN_OVER,
    a_customer,
    holding,
    says,
    telling,
)


@pytest.mark.parametrize(
    ("tellings", "received_by", "subject"),
    [
        ((BILL, PENALTY), "letter", "La fin de votre contrat Internet et téléphone ADSL"),
        ((BILL, PENALTY), "", "Du nouveau pour votre contrat Internet et téléphone ADSL"),
        ((BILL,), "letter", "La dernière facture de votre contrat Internet et téléphone ADSL"),
        (
            (telling("contract.ends_on", None, before="2015-02-20"), telling("refund.paid", AMOUNT, before=None)),
            "letter",
            "La fin de votre contrat Internet et téléphone ADSL",
        ),
        (
            (telling("closing_bill.date", "2015-03-12", before="2015-03-05"),),
            "letter",
            "Ce qui change pour votre contrat Internet et téléphone ADSL",
        ),
        (
            (telling("contract.ends_on", None, before="2015-02-20"),),
            "letter",
            "Ce qui change pour votre contrat Internet et téléphone ADSL",
        ),
        ((telling("contract.goes_on", value=False),), "", "Votre contrat Internet et téléphone ADSL ne continue pas"),
        (
            (REQUEST, telling("contract.goes_on", None, before=True)),
            "letter",
            "Votre demande de résiliation est bien arrivée",
        ),
        ((telling("refund.paid", AMOUNT),), "letter", "Votre remboursement de 5,00\u202f€"),
    ],
)
def test_the_subject_says_what_the_message_is_about(
    tellings: tuple[object, ...], received_by: str, subject: str
) -> None:
    assert says(*tellings, received_by=received_by).subject == subject  # type: ignore[arg-type]


def test_a_colleague_who_stands_in_says_until_when() -> None:
    content = says(ENDS, addressee=a_customer(present=HUGO, absent_until=date(2015, 3, 2)))

    assert content.closing[1] == (
        "En l’absence de Nora Benali, qui revient le 2 mars 2015, je m’occupe de votre dossier. Pour toute question, "
        "appelez-moi au 01 99 00 01 02 ou écrivez-moi. Avec votre référence, je retrouve aussitôt votre dossier."
    )
    assert (content.contact.name, content.contact.phone) == ("Hugo Marchand", "01 99 00 01 02")


def test_a_colleague_who_stands_in_for_an_unknown_time_says_so_beside_the_questions() -> None:
    content = says(TAKEN_OVER, SUPPORT, addressee=a_customer(present=HUGO))

    assert content.closing[0] == "En l’absence de Nora Benali, je m’occupe de votre dossier."


@pytest.mark.parametrize(
    ("name", "line", "salutation"),
    [
        ("M. et Mme Lenoir", "M ET MME LENOIR", "Madame, Monsieur,"),
        ("Mme et M. Lenoir", "", "Madame, Monsieur,"),
        ("Famille Delmas", "M ET MME DELMAS", "Madame, Monsieur,"),
        ("Roussel", "MME ROUSSEL", "Madame,"),
        ("Mlle Aubert", "", "Madame,"),
        ("M. Garnier", "", "Monsieur,"),
        ("Garnier", "M GARNIER", "Monsieur,"),
        ("Ateliers M", "ATELIERS M", "Madame, Monsieur,"),
        ("", "", "Madame, Monsieur,"),
        ("Garnier et", "", "Madame, Monsieur,"),
    ],
)
def test_people_are_greeted_as_they_are_addressed(name: str, line: str, salutation: str) -> None:
    address = (line, "33000 BORDEAUX") if line else ()

    content = says(ENDS, addressee=a_customer(name=name, address=address))

    assert content.salutation == salutation
    assert content.closing[-1] == f"Veuillez agréer, {salutation} mes salutations distinguées."


ONE_OF_EACH = {
    Takes.DATE: "2015-08-20",
    Takes.MONEY: AMOUNT,
    Takes.TEXT: "parcel",
    Takes.TEXTS: ["box"],
    Takes.DAYS: 10,
    Takes.FLAG: True,
    Takes.EVENT: {},
    Takes.REQUEST: {},
    Takes.SLOT: {"from": "2015-08-20T08:00:00+02:00", "to": "2015-08-20T10:00:00+02:00"},
    Takes.BILL: {"period": ["2015-08-01", "2015-08-31"], "amount": AMOUNT},
    Takes.CREDITS: [{"period": ["2015-08-01", "2015-08-20"], "amount": AMOUNT}],
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", WORDINGS)
def test_a_subject_fits_into_one_text_message(key: str, language: str) -> None:
    content = says(telling(key, ONE_OF_EACH[TOPICS[key].takes]), received_by="letter", language=language)

    assert (length_of(text_of(content)).parts, length_of(text_of(content)).coding) == (1, "GSM-7")


def test_a_text_message_has_the_subject_with_plain_signs() -> None:
    content = says(telling("contract.ends_on", "2015-08-20"), on="2015-08-25")

    assert content.sms == "Votre contrat Internet et téléphone ADSL s'est terminé le 20 aout 2015"


@pytest.mark.parametrize(
    ("line", "written"),
    [("+34910000000", "+34 910 00 00 00"), ("eSIM", "eSIM"), ("+33639980201", "06 39 98 02 01")],
)
def test_a_line_is_written_as_people_of_the_country_do(line: str, written: str) -> None:
    held = holding("K-ADSL-1", "Mobile", line, "2008-04-01")

    assert says(ENDS, household=(held,)).details[2].value == written
