"""What advisers read about facts, decisions and promises, as short sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ligneclaire.promises.rules import Matter, Pledge, PledgeState
from ligneclaire.voice.rules.state import SETTLEMENT, Claim, Contradiction, End, Hold, Mode
from ligneclaire.voice.topics import TOPICS, Audience
from ligneclaire.voice.wording import explain
from ligneclaire.voice.wording.texts import texts
from voice.gate import CALENDAR, at, ended, requested, stated, until, withdrawn
from voice.letters import ADSL, ANY

NAMES = {"equipment": "Équipements", "equipment-south-west": "Équipements Sud-Ouest"}


@pytest.mark.parametrize(
    ("key", "language", "name"),
    [
        ("contract.ends_on", "fr", "date de fin du contrat"),
        ("contract.ends_on", "en", "end date of the contract"),
        ("unknown.key", "fr", "unknown.key"),
    ],
)
def test_a_topic_has_a_name(key: str, language: str, name: str) -> None:
    assert explain.topic_name(key, language=language) == name


@pytest.mark.parametrize(
    ("key", "value", "french", "english"),
    [
        ("contract.ends_on", "2015-02-20", "20 février 2015", "20 February 2015"),
        ("equipment.penalty", {"amount": "300.00", "currency": "EUR"}, "300,00\u202f€", "€300.00"),
        ("equipment.to_return", ["box", "hub"], "la box et hub", "the box and hub"),
        ("equipment.days_after_formal_notice", 7, "7 jours", "7 days"),
        ("contract.goes_on", True, "oui", "yes"),
        ("contract.goes_on", False, "non", "no"),
        ("termination.requested", {"received_by": "letter"}, "demande du client", "the customer’s request"),
        ("line.taken_over_by", "other operator", "un autre opérateur", "another operator"),
        ("contact.phone", "1014", "1014", "1014"),
        ("contact.address", {"town": "Lille"}, '{"town":"Lille"}', '{"town":"Lille"}'),
        ("offer.promotion", "Black Friday", "Black Friday", "Black Friday"),
        ("unknown.key", [1], "[1]", "[1]"),
        ("contract.ends_on", None, "rien", "nothing"),
    ],
)
def test_a_value_reads_as_people_write_it(key: str, value: object, french: str, english: str) -> None:
    assert explain.value_text(key, value, language="fr") == french
    assert explain.value_text(key, value, language="en") == english


@pytest.mark.parametrize(
    ("reason", "until_at", "sentence"),
    [
        ("receipt", "2015-02-11 08:00", "Accusé de réception prêt\u202f; il part le 11 février 2015 à 8 h."),
        (
            "settling",
            "2015-02-17 08:30",
            "Attend d’éventuels compléments\u202f; le message part le 17 février 2015 à 8 h 30.",
        ),
        (
            "contradiction",
            "2015-02-17 08:00",
            (
                "Attend une décision\u00a0: délai après la mise en demeure et date de fin du contrat. À régler "
                "au plus tard le 17 février 2015 à 8 h."
            ),
        ),
        ("stopped", "2015-02-17 08:00", "La voix est arrêtée\u00a0: rien ne part."),
        ("full moon", "2015-02-17 08:00", "En attente\u00a0: full moon."),
    ],
)
def test_a_hold_says_why_and_until_when(reason: str, until_at: str, sentence: str) -> None:
    keys = ("equipment.days_after_formal_notice", "contract.ends_on")
    hold = Hold(subject=ADSL, facts=(1,), reason=reason, keys=keys, until=at(until_at))

    assert explain.hold_reason(hold, calendar=CALENDAR, language="fr") == sentence


def test_a_hold_without_an_end_says_so() -> None:
    hold = Hold(subject=ADSL, facts=(1,), reason="settling", keys=("contract.ends_on",), until=None)

    sentence = explain.hold_reason(hold, calendar=CALENDAR, language="en")

    assert sentence == "Waiting for possible additions; the message leaves on no date."


@pytest.mark.parametrize(
    ("end", "reason", "sentence"),
    [
        (End.SAID, "", "Dit au client."),
        (End.FOLDED, "", "Compris dans un message au client."),
        (End.FOLDED, "told already", "Déjà dit au client."),
        (End.SUPERSEDED, "by billing/e4", "Remplacé par billing/e4."),
        (End.SUPERSEDED, "", "Remplacé par un fait plus récent ou d’un service prioritaire."),
        (End.WITHDRAWN, "by billing/e5", "Retiré par billing/e5."),
        (End.WITHDRAWN, "", "Retiré par le service qui l’avait annoncé."),
        (End.SETTLED_AGAINST, "by equipment/e8", "Écarté par une décision\u202f; equipment/e8 fait foi."),
        (End.SETTLED_AGAINST, "", "Écarté par une décision."),
        (End.NOT_FOR_CUSTOMERS, "", "N’est pas dit au client."),
        (
            End.NOT_FOR_CUSTOMERS,
            Audience.VOICE_ONLY.value,
            "N’est pas dit au client\u00a0: la voix donne elle-même le contact.",
        ),
        (
            End.NOT_FOR_CUSTOMERS,
            Audience.NOBODY.value,
            "N’est pas dit au client\u00a0: pas de message commercial sans son accord.",
        ),
        (
            End.NOT_FOR_CUSTOMERS,
            Audience.PLANS.value,
            "N’est pas dit tel quel\u00a0: le suivi du dossier dit au client ce qui en découle.",
        ),
        (End.NOT_FOR_CUSTOMERS, "our own record", "N’est pas dit au client\u00a0: écriture interne."),
        (End.NOT_FOR_CUSTOMERS, 'withdraws "e4"', "Retire le fait e4."),
        (
            End.NOT_UNDERSTOOD,
            "unknown topic or event 'bill.colour'",
            "Non compris\u00a0: sujet ou événement inconnu, bill.colour.",
        ),
        (End.NOT_UNDERSTOOD, "unknown source 'kitchen'", "Non compris\u00a0: service inconnu, kitchen."),
        (
            End.NOT_UNDERSTOOD,
            'no fact "e9" of this source to withdraw',
            "Non compris\u00a0: ce service n’a aucun fait e9 à retirer.",
        ),
        (End.NOT_UNDERSTOOD, "", "Non compris."),
        (End.SAID, "loudly", "Dit au client. loudly"),
    ],
)
def test_an_outcome_is_a_sentence(end: End, reason: str, sentence: str) -> None:
    assert explain.outcome(end, reason, language="fr") == sentence


def test_every_reason_that_the_gate_writes_has_a_sentence() -> None:
    first = stated("billing", "closing_bill.date", "2015-03-05", "2015-02-12", name="b1")
    told = (
        requested("2015-02-10"),
        first,
        stated("billing", "closing_bill.date", "2015-03-06", "2015-02-12 09:00"),
        stated("billing", "refund.paid", {"amount": "5.00", "currency": "EUR"}, "2015-02-12", name="b3"),
        withdrawn("b3", "2015-02-12 10:00", source="billing"),
        withdrawn("b9", "2015-02-12 11:00", source="billing"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-12"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-19"),
        stated("equipment", "contact.phone", "3970", "2015-02-12"),
        stated("marketing", "offer.promotion", "fibre", "2015-02-12"),
        stated("field", "visit.closed", {"result": "line works", "pair": "63510-D4-017"}, "2015-02-12"),
        stated("billing", "bill.colour", "blue", "2015-02-12"),
        stated("kitchen", "contract.ends_on", "2015-02-20", "2015-02-12"),
        stated("voice", SETTLEMENT, {}, "2015-02-12"),
    )

    progress = until("2015-02-28", *told)

    assert "waiting" not in ended(progress, *told)
    for _, outcome in progress.ended:
        for language in ("fr", "en"):
            alone = explain.outcome(outcome.end, language=language)
            sentence = explain.outcome(outcome.end, outcome.reason, language=language)
            assert sentence != texts(language).say("ends.with_reason", end=alone, reason=outcome.reason)


def test_a_question_says_who_says_what() -> None:
    question = Contradiction(
        subject=ADSL,
        key="equipment.days_after_formal_notice",
        claims=(
            Claim(value=7, sources=("equipment",), facts=(1,)),
            Claim(value=10, sources=("equipment-south-west", "kitchen"), facts=(2, 3)),
        ),
        since=at("2015-02-15"),
    )

    assert explain.question_text(question, departments=NAMES, language="fr") == (
        "Équipements dit 7 jours, Équipements Sud-Ouest et kitchen disent 10 jours."
    )
    assert explain.question_text(question, departments=NAMES, language="en") == (
        "Équipements says 7 days, Équipements Sud-Ouest and kitchen say 10 days."
    )


def test_a_plan_that_disagrees_with_itself_has_a_name_too() -> None:
    claims = tuple(Claim(value=value, sources=("journeys",), facts=(value,)) for value in (7, 10))
    question = Contradiction(
        subject=ADSL, key="equipment.days_after_formal_notice", claims=claims, since=at("2015-02-15")
    )

    assert explain.question_text(question, departments=NAMES, language="fr") == (
        "le suivi du dossier dit 7 jours, le suivi du dossier dit 10 jours."
    )


@pytest.mark.parametrize(
    ("source", "french", "english"),
    [("journeys", "le suivi du dossier", "the plan of the file"), ("Facturation", "Facturation", "Facturation")],
)
def test_a_part_of_this_system_that_states_facts_has_a_name(source: str, french: str, english: str) -> None:
    assert explain.source_name(source, language="fr") == french
    assert explain.source_name(source, language="en") == english


def test_modes_have_names() -> None:
    assert [explain.mode_name(mode, language="fr") for mode in Mode] == [
        "en marche",
        "propositions seulement",
        "à l’arrêt",
    ]
    assert [explain.mode_name(mode, language="en") for mode in Mode] == ["running", "proposals only", "stopped"]


VALUE = Pledge(
    subject=ADSL,
    key="closing_bill.date",
    matter=Matter.VALUE,
    value="2015-03-05",
    due_on=date(2015, 3, 5),
    made_by=ANY,
    made_at=at("2015-02-17"),
)
TELLING = replace(VALUE, key="equipment.return_how", matter=Matter.TELLING, value=None, due_on=date(2015, 2, 25))


@pytest.mark.parametrize(
    ("pledge", "french", "english"),
    [
        (
            VALUE,
            "date de la dernière facture\u00a0: 5 mars 2015 (en cours)",
            "date of the last bill: 5 March 2015 (open)",
        ),
        (
            TELLING,
            "dire au client comment nous rendre le matériel, au plus tard le 25 février 2015 (en cours)",
            "tell the customer how to return the equipment, by 25 February 2015 at the latest (open)",
        ),
        (
            replace(TELLING, due_on=None),
            "dire au client comment nous rendre le matériel (en cours)",
            "tell the customer how to return the equipment (open)",
        ),
    ],
)
def test_a_promise_says_what_and_for_when(pledge: Pledge, french: str, english: str) -> None:
    assert explain.promise_text(pledge, language="fr") == french
    assert explain.promise_text(pledge, language="en") == english


@pytest.mark.parametrize(
    ("due_on", "french", "english"),
    [
        (
            TELLING.due_on,
            "Au plus tard le 25 février 2015, nous vous dirons comment nous rendre le matériel.",
            "By 25 February 2015 at the latest, we will tell you how to return the equipment.",
        ),
        (
            None,
            "Nous vous dirons encore comment nous rendre le matériel.",
            "We will still tell you how to return the equipment.",
        ),
    ],
)
def test_a_customer_reads_what_is_still_to_be_told(due_on: date | None, french: str, english: str) -> None:
    assert explain.still_to_tell(replace(TELLING, due_on=due_on), language="fr") == french
    assert explain.still_to_tell(replace(TELLING, due_on=due_on), language="en") == english


def test_every_state_of_a_promise_has_a_name() -> None:
    assert [explain.promise_state(state, language="fr") for state in PledgeState] == [
        "en cours",
        "tenue",
        "déplacée à temps",
        "non tenue",
        "date passée, sans confirmation",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_topic_has_a_name_of_its_own(language: str) -> None:
    assert len({explain.topic_name(key, language=language) for key in TOPICS}) == len(TOPICS)
