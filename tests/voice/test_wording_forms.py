"""What each form of message holds: receipt, end, later news, withdrawal, news without a request."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from ligneclaire.channels.content import Detail, Section
from voice.letters import (
    AMOUNT,
    BILL,
    ENDS,
    HOUSEHOLD,
    HUGO,
    REQUEST,
    TAKEN_OVER,
    a_customer,
    says,
    section,
    telling,
    text,
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_receipt_has_no_date_but_its_own(language: str) -> None:
    hugo = a_customer(present=HUGO, absent_until=date(2015, 3, 2))

    for addressee in (a_customer(), hugo):
        content = says(REQUEST, received_by="letter", on="2015-02-11", language=language, addressee=addressee)
        sentences = (content.subject, *content.opening, *content.closing, content.sms)
        without_phone = " ".join(sentences).replace(content.contact.phone, "")

        assert re.findall(r"\d+", without_phone) == []
        assert (content.changes, content.todo, content.steps, content.sections) == (None, (), (), ())
        assert content.dated_on == date(2015, 2, 11)


def test_a_receipt_says_who_takes_care_and_what_comes() -> None:
    content = says(REQUEST, received_by="letter", on="2015-02-11")

    assert content.opening == (
        "Nous avons bien reçu votre demande de mettre fin à votre contrat Internet et téléphone ADSL. Je m’en occupe.",
        (
            "Vous recevrez un seul courrier complet, qui vous dira ce qui se termine et quand, ce qui continue et ce "
            "que vous aurez à faire. D’ici là, vous n’avez aucune démarche à faire."
        ),
    )
    assert content.contact.name == "Nora Benali"


def test_a_receipt_by_the_colleague_who_stands_in_says_for_whom() -> None:
    content = says(REQUEST, addressee=a_customer(present=HUGO, absent_until=date(2015, 3, 2)))

    assert content.opening[0].endswith("En l’absence de Nora Benali, je m’occupe de votre dossier.")
    assert content.contact.name == "Hugo Marchand"
    assert "Nora Benali" not in "".join(content.closing)


def test_a_request_told_with_the_end_is_not_a_receipt() -> None:
    content = says(REQUEST, ENDS, received_by="letter")

    assert content.opening == (
        "Nous avons bien reçu votre demande de mettre fin à votre contrat Internet et téléphone ADSL.",
        "Votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01) prend fin le 20 février 2015.",
    )


def test_the_end_alone_is_said_once_and_the_other_contracts_go_on() -> None:
    content = says(ENDS, received_by="letter")

    assert content.subject == "Votre contrat Internet et téléphone ADSL se termine le 20 février 2015"
    assert content.opening == (
        (
            "Comme vous l’avez demandé, votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01) prend fin le "
            "20 février 2015."
        ),
    )
    assert content.steps == ()
    assert content.sections == (
        Section(
            title="Ce qui continue sans changement",
            lines=(
                "Votre contrat Ligne fixe, numéro 05 36 49 02 02 (résidence secondaire, 33120 Arcachon).",
                "Votre contrat Mobile Pro Europe, numéro 06 39 98 02 01.",
            ),
        ),
    )
    assert content.closing[0] == "Merci de la confiance que vous nous accordez depuis 2001."


def test_an_end_in_the_past_is_said_in_the_past() -> None:
    content = says(ENDS, BILL, on="2015-02-24", received_by="letter")

    assert content.subject == "Votre contrat Internet et téléphone ADSL s’est terminé le 20 février 2015"
    assert content.opening[0].endswith("a pris fin le 20 février 2015.")
    assert [step.what for step in content.steps] == [
        "Votre contrat a pris fin.",
        "Nous établissons la dernière facture de ce contrat.",
    ]


def test_an_end_that_nobody_asked_for_does_not_say_so() -> None:
    assert says(ENDS).opening[0].startswith("Votre contrat Internet et téléphone ADSL (ligne")


def test_an_end_without_its_date_yet_is_said_with_the_day_on_which_it_will_be_told() -> None:
    content = says(BILL, later={"contract.ends_on": "2015-02-18"}, received_by="letter")

    assert content.subject == "La fin de votre contrat Internet et téléphone ADSL"
    assert content.opening[0] == (
        "Comme vous l’avez demandé, nous mettons fin à votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01)."
    )
    assert section(content, "Ce que nous vous dirons encore") == (
        "Au plus tard le 18 février 2015, nous vous dirons quel jour votre contrat prend fin.",
    )
    assert len(section(content, "Ce qui continue sans changement")) == 2


def test_who_leaves_with_everything_is_thanked_for_the_time_that_was() -> None:
    content = says(ENDS, ending=frozenset({"K-ADSL-1", "K-MOB-2", "K-FIX-3"}))

    assert content.sections == ()
    assert content.closing[0] == "Merci de la confiance que vous nous avez accordée depuis 2001."


def test_who_came_this_year_is_thanked_without_a_year() -> None:
    content = says(ENDS, household=(replace(HOUSEHOLD[2], since=date(2015, 1, 5)),))

    assert content.closing[0] == "Merci de votre confiance."


def test_an_end_told_a_second_time_is_not_taken_leave_of_again() -> None:
    content = says(telling("contract.ends_on", "2015-02-27", before="2015-02-20"), received_by="letter")

    assert (
        content.subject == "Nouvelle date de fin de votre contrat Internet et téléphone ADSL\u00a0: le 27 février 2015"
    )
    assert content.changes == Section(
        title="Ce qui change depuis notre courrier du 11 février 2015",
        lines=(
            (
                "Fin de votre contrat\u00a0: nous vous avions indiqué le 20 février 2015\u202f; la date est maintenant "
                "le 27 février 2015."
            ),
        ),
    )
    assert (content.steps, content.sections) == ((), ())
    assert not any("Merci" in line for line in content.closing)


def test_changes_of_several_messages_do_not_name_one() -> None:
    content = says(
        telling("contract.ends_on", "2015-02-27", before="2015-02-20", told="2015-02-17"),
        telling("closing_bill.date", "2015-03-12", before="2015-03-05", told="2015-02-11"),
    )

    assert content.changes is not None
    assert content.changes.title == "Ce qui change"
    assert content.steps == ()


def test_what_changes_stands_among_the_steps_beside_news() -> None:
    content = says(telling("contract.ends_on", "2015-02-27", before="2015-02-20"), BILL)

    assert [(step.when, step.what) for step in content.steps] == [
        ("27 février 2015", "Votre contrat prend fin."),
        ("5 mars 2015", "Nous établissons la dernière facture de ce contrat."),
    ]


def test_steps_follow_the_calendar_and_what_has_no_date_stands_under_no_day() -> None:
    content = says(
        TAKEN_OVER,
        ENDS,
        telling("equipment.received", ["box"]),
        telling("number.kept_until", "2015-03-01"),
        BILL,
        telling("refund.deposit", {"amount": "49.00", "currency": "EUR"}),
        telling("mailbox.kept_until", "2015-08-20"),
    )

    assert [step.when for step in content.steps] == [
        "13 février 2015",
        "20 février 2015",
        "jusqu’au 1er mars 2015",
        "5 mars 2015",
        "jusqu’au 20 août 2015",
    ]
    assert content.sections[0] == Section(
        title="À savoir aussi",
        lines=(
            (
                "Nous avons bien reçu la box (n°\u00a0de série LB-4471-0093). Merci\u202f! Pour ce matériel, vous "
                "n’avez plus rien à faire."
            ),
            "Nous vous remboursons votre dépôt de garantie\u00a0: 49,00\u202f€.",
        ),
    )


def test_things_without_any_date_are_sentences() -> None:
    content = says(
        telling("refund.deposit", {"amount": "49.00", "currency": "EUR"}),
        telling("fees.early_termination", {"amount": "0.00", "currency": "EUR"}),
    )

    assert content.steps == ()
    assert content.opening[1] == (
        "Nous vous remboursons votre dépôt de garantie\u00a0: 49,00\u202f€. Vous n’avez pas de frais de résiliation "
        "à payer."
    )


def test_a_termination_taken_back_says_that_the_contract_goes_on_and_what_falls() -> None:
    content = says(
        telling("termination.withdrawn", {"received_by": "letter"}),
        telling("contract.ends_on", None, before="2015-02-20", told="2015-02-17"),
        telling("equipment.to_return", None, before=["box"], told="2015-02-17"),
        ending=frozenset(),
    )

    assert content.subject == "Votre contrat Internet et téléphone ADSL continue"
    assert content.opening == (
        (
            "Nous avons bien noté que vous gardez votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01). "
            "Votre demande de résiliation est annulée et le contrat continue."
        ),
    )
    assert content.changes == Section(
        title="Ce qui n’est plus valable dans notre courrier du 17 février 2015",
        lines=(
            "Fin de votre contrat\u00a0: la date du 20 février 2015 que nous vous avions indiquée n’est plus valable.",
            (
                "Matériel à rendre\u00a0: nous vous avions indiqué la box (n°\u00a0de série LB-4471-0093). Cette "
                "indication n’est plus valable."
            ),
        ),
    )
    assert (content.todo, content.steps, content.sections) == ((), (), ())
    assert content.closing[0] == "Merci de la confiance que vous nous accordez depuis 2001."


def test_news_on_a_contract_that_does_not_end_is_about_that_contract() -> None:
    content = says(telling("refund.advance", {"amount": "5.00", "currency": "EUR"}), about="contract:K-MOB-2")

    assert content.opening[0] == "Je vous écris au sujet de votre contrat Mobile Pro Europe (ligne 06 39 98 02 01)."
    assert content.details == (
        Detail(name="Client", value="C-2001"),
        Detail(name="Contrat", value="K-MOB-2"),
        Detail(name="Ligne", value="06 39 98 02 01"),
    )


def test_a_line_taken_over_without_a_request_names_what_goes_on() -> None:
    content = says(TAKEN_OVER)

    assert content.subject == "Votre ligne 05 36 49 02 01 passe chez un autre opérateur"
    assert content.opening[1] == ("Votre ligne 05 36 49 02 01 a été reprise le 13 février 2015 par un autre opérateur.")
    assert len(section(content, "Ce qui continue sans changement")) == 2


def test_news_of_a_termination_is_about_the_end() -> None:
    content = says(
        telling("equipment.received", ["box"], effective="2015-03-02"), on="2015-03-04", received_by="letter"
    )

    assert content.subject == "Votre matériel est bien arrivé"
    assert content.opening == (
        "Je vous écris au sujet de la fin de votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01).",
        (
            "Nous avons bien reçu la box (n°\u00a0de série LB-4471-0093) le 2 mars 2015. Merci\u202f! Pour ce "
            "matériel, vous n’avez plus rien à faire."
        ),
    )


@pytest.mark.parametrize(
    ("about", "contract", "details"),
    [
        ("contract:K-9", "contrat K-9", {"Client": "C-2001", "Contrat": "K-9"}),
        ("bill:B-1", "dossier", {"Client": "C-2001"}),
    ],
)
def test_what_the_household_does_not_hold_is_called_by_its_number(
    about: str, contract: str, details: dict[str, str]
) -> None:
    content = says(
        TAKEN_OVER, telling("number.kept_until", "2015-04-01"), telling("refund.advance", AMOUNT), about=about
    )

    assert content.opening[0] == f"Je vous écris au sujet de votre {contract}."
    assert {detail.name: detail.value for detail in content.details} == details
    assert [step.what for step in content.steps[:1]] == ["Votre ligne a été reprise par un autre opérateur."]
    assert "Nous gardons votre numéro." in text(content)
