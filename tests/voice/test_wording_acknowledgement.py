"""The acknowledgement of a termination is complete: domain rules TER-08, TER-19, TER-22, TER-23, and the ombudsman."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ligneclaire.channels.content import Detail
from ligneclaire.kernel.money import Money
from ligneclaire.voice.rules.state import Stated, Utterance
from ligneclaire.voice.wording.compose import compose
from voice.gate import at, requested
from voice.letters import (
    ADSL,
    AMOUNT,
    ANY,
    BILL,
    ENDS,
    HOUSEHOLD,
    OPERATOR,
    REQUEST,
    TAKEN_OVER,
    a_context,
    says,
    section,
    telling,
)

BY_LETTER = requested("2015-02-10 09:12")
ONLINE = requested("2015-02-14 23:12", by={"received_by": "online", "wished_on": "2015-03-20"})
WITH_DEPOSIT = (*HOUSEHOLD[:2], replace(HOUSEHOLD[2], deposit=Money.of("49.00")))
TAKE_BACK = "Vous pouvez revenir sur votre demande jusqu’au 20 février 2015\u00a0: appelez-moi ou écrivez-moi."
DEPOSIT = "Votre dépôt de garantie vous est rendu au plus tard 10 jours après le retour du matériel."
ADVANCE = (
    "Ce que vous avez payé d’avance vous est rendu au plus tard 10 jours après le paiement de la dernière facture."
)
MANDATE = "Si vous payez par prélèvement, le mandat sert encore à la dernière facture, puis il est révoqué."
MAILBOX = "Si vous avez une adresse e-mail chez nous, le courrier reçu y reste lisible 6 mois, sans frais."
COMPLAINTS = (
    "Une réclamation\u202f? Écrivez-moi, puis à notre service consommateurs, à la même adresse\u00a0: chacun répond "
    "sous un mois. Ensuite, ou après deux mois sans réponse, le médiateur des communications électroniques "
    "(mediation-telecom.org) est gratuit, dans l’année qui suit votre réclamation écrite."
)
NUMBER = (
    "Votre numéro 05 36 49 02 01 est perdu, sauf si vous l’emportez chez un autre opérateur. Demandez-le-lui avec "
    "votre code RIO (appel gratuit au 3179 depuis cette ligne). C’est possible jusqu’à 40 jours après la fin du "
    "contrat."
)


def rights(*tellings: object, request: Stated = BY_LETTER, **more: object) -> tuple[str, ...]:
    content = says(*tellings, received_by="letter", request=request, **more)  # type: ignore[arg-type]
    return content.rights.lines if content.rights else ()


def test_ter_08_it_says_when_and_how_the_request_came_and_how_the_end_follows() -> None:
    content = says(ENDS, received_by="letter", request=BY_LETTER)

    assert content.opening == (
        (
            "Comme vous l’avez demandé, votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01) prend fin le "
            "20 février 2015. Nous avons reçu votre demande par courrier le 10 février 2015 à 9 h 12. Le contrat prend "
            "fin 10 jours après la réception de votre demande."
        ),
    )
    assert content.details[0] == Detail(name="Titulaire", value="M. et Mme Lenoir")


def test_ter_08_online_it_is_said_once_when_the_request_came() -> None:
    content = says(
        REQUEST, telling("contract.ends_on", "2015-03-20"), received_by="online", request=ONLINE, on="2015-02-14"
    )

    assert content.opening == (
        (
            "Le 14 février 2015 à 23 h 12, nous avons bien reçu en ligne votre demande de mettre fin à votre contrat "
            "Internet et téléphone ADSL."
        ),
        (
            "Votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01) prend fin le 20 mars 2015. C’est la date "
            "que vous avez choisie."
        ),
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Votre demande porte la référence LC-7K2M-9QXB\u202f; elle est aussi dans votre espace client."),
        ("en", "Your request has the reference LC-7K2M-9QXB; it is in your customer space too."),
    ],
)
def test_ter_08_a_request_that_came_by_the_pages_is_named(language: str, sentence: str) -> None:
    by = {"received_by": "online", "request": "LC-7K2M-9QXB"}
    content = says(ENDS, received_by="online", request=requested("2015-02-10 09:12", by=by), language=language)

    assert content.opening[0].endswith(f". {sentence}")


def test_ter_08_an_end_that_contracts_set_is_said_to_be_theirs() -> None:
    content = says(telling("contract.ends_on", "2015-02-18"), received_by="letter", request=BY_LETTER)

    assert content.opening[0].endswith("Cette date a été fixée par le service qui gère votre contrat.")


def test_ter_08_an_end_without_its_date_is_acknowledged_too() -> None:
    content = says(
        BILL,
        later={"contract.ends_on": "2015-02-18"},
        received_by="letter",
        request=requested("2015-02-10 09:00", by={}),
    )

    assert content.opening[0].endswith(
        "(ligne 05 36 49 02 01). Nous avons reçu votre demande le 10 février 2015 à 9 h."
    )
    assert content.rights is not None
    assert content.rights.lines[0] == (
        "Vous pouvez revenir sur votre demande jusqu’à la fin du contrat\u00a0: appelez-moi ou écrivez-moi."
    )


def test_the_rights_of_who_leaves_stand_in_small_print() -> None:
    content = says(ENDS, received_by="letter", request=BY_LETTER, household=WITH_DEPOSIT)

    assert content.rights is not None
    assert content.rights.title == "Vos droits"
    assert content.rights.lines == (TAKE_BACK, NUMBER, DEPOSIT, ADVANCE, MANDATE, MAILBOX, COMPLAINTS)


def test_the_rights_read_the_same_in_english() -> None:
    content = says(ENDS, received_by="letter", request=BY_LETTER, household=WITH_DEPOSIT, language="en")

    assert content.rights is not None
    assert content.rights.lines == (
        "You can take your request back until 20 February 2015: call me or write to me.",
        (
            "Your number 05 36 49 02 01 is lost unless you take it to another operator. Ask them for it with "
            "your RIO code (free call to 3179 from this line). This is possible until 40 days after the end of the "
            "contract."
        ),
        "Your deposit is paid back within 10 days of the return of the equipment.",
        "What you paid in advance is paid back within 10 days of the payment of the last bill.",
        "If you pay by direct debit, your mandate serves for the last bill and is then revoked.",
        "If you have an e-mail address with us, the mail you received stays readable free of charge for 6 months.",
        (
            "A complaint? Write to me, then to our consumer department at the same address: each answers within one "
            "month. After that, or after two months without an answer, the ombudsman for electronic communications "
            "(mediation-telecom.org) is free of charge, within one year of your written complaint."
        ),
    )


def test_ter_23_a_line_that_moves_says_nothing_of_its_number() -> None:
    assert NUMBER not in rights(ENDS, TAKEN_OVER)
    assert NUMBER not in rights(ENDS, known={"line.taken_over_by": "other operator"})


def test_ter_23_a_day_until_which_the_number_is_kept_is_said_once() -> None:
    lines = rights(ENDS, telling("number.kept_until", "2015-04-01"))

    assert lines[1].startswith("Passé le 1er avril 2015, votre numéro 05 36 49 02 01 est perdu")
    assert "40 jours" not in lines[1]


@pytest.mark.parametrize(
    ("key", "value", "unsaid"),
    [
        ("refund.deposit_by", "2015-03-16", DEPOSIT),
        ("refund.advance_by", "2015-03-16", ADVANCE),
        ("mailbox.kept_until", "2015-08-20", MAILBOX),
    ],
)
def test_what_the_message_says_itself_is_not_said_again(key: str, value: object, unsaid: str) -> None:
    lines = rights(ENDS, telling(key, value), household=WITH_DEPOSIT)

    assert [line for line in (DEPOSIT, ADVANCE, MAILBOX) if line not in lines] == [unsaid]


@pytest.mark.parametrize("key", ["refund.deposit", "refund.advance"])
def test_ter_19_an_amount_alone_does_not_say_by_when_it_is_paid_back(key: str) -> None:
    lines = rights(ENDS, telling(key, AMOUNT), household=WITH_DEPOSIT)

    assert {DEPOSIT, ADVANCE} <= set(lines)


def test_a_mobile_line_has_no_mailbox_and_no_deposit_no_refund_of_one() -> None:
    mobile = (replace(HOUSEHOLD[2], kind="mobile"),)

    assert rights(ENDS, household=mobile) == (TAKE_BACK, NUMBER, ADVANCE, MANDATE, COMPLAINTS)


def test_after_the_end_the_request_cannot_be_taken_back() -> None:
    assert TAKE_BACK not in rights(ENDS, on="2015-02-24")


def test_a_contract_that_is_not_ours_to_know_has_the_rights_that_everybody_has() -> None:
    lines = rights(ENDS, household=())

    assert [line for line in lines if line in {DEPOSIT, MAILBOX}] == []
    assert lines[1].startswith("Votre numéro est perdu")


def test_another_country_has_its_own_law() -> None:
    content = says_in("ES")

    assert content == (
        "Vous pouvez revenir sur votre demande jusqu’au 20 février 2015\u00a0: appelez-moi ou écrivez-moi.",
        MANDATE,
    )


def says_in(country: str) -> tuple[str, ...]:
    """The small print of an operator of another country."""
    utterance = Utterance(
        uuid=ANY,
        subject=ADSL,
        at=at("2015-02-17 08:00"),
        tellings=(ENDS,),
        follow_ups=(),
        received_by="letter",
        request=BY_LETTER,
    )
    content = compose(utterance, replace(a_context(), operator=replace(OPERATOR, country=country)))
    return content.rights.lines if content.rights else ()


@pytest.mark.parametrize(
    "tellings",
    [(REQUEST,), (telling("contract.ends_on", "2015-02-27", before="2015-02-20"),), (BILL,)],
    ids=["a receipt", "a change", "later news"],
)
def test_only_the_message_that_tells_the_end_for_the_first_time_has_them(tellings: tuple[object, ...]) -> None:
    content = says(*tellings, received_by="letter", request=BY_LETTER)  # type: ignore[arg-type]

    assert content.rights is None
    assert content.details[0] == Detail(name="Client", value="C-2001")


def test_the_way_of_a_request_is_left_out_when_nobody_says_it() -> None:
    content = says(ENDS, request=requested("2015-02-10 09:00", by="?"))

    assert "Nous avons reçu votre demande le 10 février 2015 à 9 h." in content.opening[0]
    assert section(content, "Votre déclaration") == ()
