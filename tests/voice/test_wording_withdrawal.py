"""A contract renounced, a line that stays, a file that is closed: each in its own few words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ligneclaire.channels.content import Detail, Section, Todo
from ligneclaire.voice.rules.state import Utterance
from ligneclaire.voice.wording.compose import compose
from voice.gate import at, stated
from voice.letters import ADSL, AMOUNT, ANY, HOUSEHOLD, OPERATOR, a_context, says, section, telling

RENOUNCED = "withdrawal.requested"
DECLARED = {"received_by": "online", "declared_at": "2015-02-14T23:12:07+01:00"}
TOLD = telling(RENOUNCED, DECLARED)
CONFIRMED = (
    "Nous avons bien reçu votre rétractation\u00a0: vous renoncez à votre contrat Internet et téléphone ADSL "
    "(ligne 05 36 49 02 01). Le contrat prend fin aussitôt."
)
GOODS = Todo(
    what="Nous rendre la box (n°\u00a0de série LB-4471-0093) et le décodeur TV (n°\u00a0de série TV-2210-7781).",
    by="sous 14 jours",
)
REFUND = (
    "Nous vous remboursons ce que vous avez payé, sous 14 jours et par le même moyen de paiement\u202f; si vous avez "
    "quelque chose à nous rendre, au plus tard à son retour."
)


def test_wdr_07_a_declaration_is_acknowledged_with_its_content_date_and_time() -> None:
    content = says(TOLD, received_by="online", on="2015-02-14")

    assert content.subject == "Votre rétractation pour votre contrat Internet et téléphone ADSL est bien arrivée"
    assert section(content, "Votre déclaration") == (
        (
            "Déclaration faite en ligne le 14 février 2015 à 23 h 12, au nom de M. et Mme Lenoir\u00a0: «\u00a0Je "
            "renonce au contrat K-ADSL-1.\u00a0» Horodatage\u00a0: 2015-02-14T23:12:07+01:00."
        ),
    )
    assert content.details[0] == Detail(name="Titulaire", value="M. et Mme Lenoir")


def test_wdr_03_and_wdr_04_it_says_what_comes_back_and_what_is_paid_back() -> None:
    content = says(TOLD, received_by="online")

    assert content.opening == (f"{CONFIRMED} {REFUND}",)
    assert content.todo == (GOODS,)


def test_who_holds_nothing_of_ours_has_nothing_to_return() -> None:
    household = (*HOUSEHOLD[:2], replace(HOUSEHOLD[2], equipment=()))

    assert says(TOLD, household=household).todo == ()


def test_what_is_told_with_its_date_is_not_said_in_general() -> None:
    content = says(
        TOLD,
        telling("equipment.return_by", "2015-02-28"),
        telling("refund.withdrawal", AMOUNT),
        telling("refund.withdrawal_by", "2015-02-28"),
        on="2015-02-14",
    )

    assert content.opening == (
        CONFIRMED,
        (
            "Nous vous remboursons ce que vous avez payé pour ce contrat au plus tard le 28 février 2015\u00a0: "
            "5,00\u202f€."
        ),
    )


def test_a_withdrawal_names_what_goes_on_the_complaints_and_no_other_right() -> None:
    content = says(TOLD)

    assert len(section(content, "Ce qui continue sans changement")) == 2
    assert content.rights is not None
    assert [line.partition("\u202f")[0] for line in content.rights.lines] == ["Une réclamation"]
    assert content.closing[0] == "Merci de la confiance que vous nous accordez depuis 2001."


@pytest.mark.parametrize("declared_at", [None, "yesterday", "2015-02-14T23:12:07"])
def test_a_declaration_without_a_proper_time_has_the_time_at_which_it_came(declared_at: object) -> None:
    request = stated("journeys", RENOUNCED, {}, "2015-02-14 23:11")

    content = says(telling(RENOUNCED, {"declared_at": declared_at}), request=request)

    assert section(content, "Votre déclaration")[0].endswith(" Horodatage\u00a0: 2015-02-14T23:11:00+01:00.")


def test_a_declaration_of_which_only_the_telling_is_known_has_its_time() -> None:
    content = says(telling(RENOUNCED, "?"), on="2015-02-16")

    assert section(content, "Votre déclaration")[0].startswith("Déclaration faite le 16 février 2015 à 8 h, au nom")


def test_another_country_has_its_own_delays() -> None:
    utterance = Utterance(
        uuid=ANY, subject=ADSL, at=at("2015-02-17 08:00"), tellings=(TOLD,), follow_ups=(), received_by=""
    )

    content = compose(utterance, replace(a_context(), operator=replace(OPERATOR, country="ES")))

    assert content.opening == (CONFIRMED.replace("05 36 49 02 01", "+33 5 36 49 02 01"),)
    assert (content.todo, content.rights) == ((), None)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (
            "port.failed",
            (
                "Le passage de votre numéro 05 36 49 02 01 chez un autre opérateur n’a pas abouti. Votre contrat "
                "Internet et téléphone ADSL continue aux mêmes conditions\u00a0: vous gardez votre numéro et vos "
                "services jusqu’à ce que ce passage réussisse."
            ),
        ),
        (
            "port.cancelled",
            (
                "L’opérateur qui devait reprendre votre numéro 05 36 49 02 01 a annulé sa demande. La résiliation qui "
                "en découlait est annulée aussi\u00a0: votre contrat Internet et téléphone ADSL continue aux mêmes "
                "conditions."
            ),
        ),
    ],
)
def test_por_07_and_por_11_a_line_that_stays_says_that_the_contract_goes_on(key: str, told: str) -> None:
    content = says(
        telling(key, {}),
        telling("line.taken_over_by", None, before="other operator", since="2015-02-13"),
        ending=frozenset(),
    )

    assert content.subject == "Votre contrat Internet et téléphone ADSL continue"
    assert content.opening == (told,)
    assert content.changes == Section(
        title="Ce qui n’est plus valable dans notre courrier du 11 février 2015",
        lines=(
            (
                "Reprise de votre ligne\u00a0: l’indication que nous vous avions donnée (un autre opérateur (le 13 "
                "février 2015)) n’est plus valable."
            ),
        ),
    )
    assert not any("Merci" in line for line in content.closing)


def test_the_good_bye_is_one_short_message_without_a_date_or_an_offer() -> None:
    content = says(telling("contract.closed", {}), received_by="letter", ending=frozenset({"K-ADSL-1"}))

    assert content.subject == "Tout est réglé pour votre contrat Internet et téléphone ADSL"
    assert content.opening == (
        (
            "Tout est réglé pour votre contrat Internet et téléphone ADSL (ligne 05 36 49 02 01). Il ne vous reste "
            "rien à faire, ni rien à payer."
        ),
    )
    assert (content.changes, content.todo, content.steps, content.sections, content.rights) == (None, (), (), (), None)
    assert content.closing[0] == "Merci de la confiance que vous nous accordez depuis 2001."
