"""Every topic for customers is worded in both languages: first told, changed, no longer true, and still to come."""

from __future__ import annotations

from itertools import product

import pytest

from ligneclaire.voice.topics import TOPICS, Audience
from ligneclaire.voice.wording.compose import WORDINGS
from voice.letters import says, telling, text

# (told, its French, its English), first the value told now, then the one told before.
Sample = tuple[object, str, str]
DATES: tuple[Sample, Sample] = (
    ("2015-02-27", "27 février 2015", "27 February 2015"),
    ("2015-03-01", "1er mars 2015", "1 March 2015"),
)
AMOUNTS: tuple[Sample, Sample] = (
    ({"amount": "1234.56", "currency": "EUR"}, "1\u202f234,56\u202f€", "€1,234.56"),
    ({"amount": "300.00", "currency": "EUR"}, "300,00\u202f€", "€300.00"),
)
EQUIPMENT: tuple[Sample, Sample] = (
    (
        ["box", "tv decoder"],
        "la box (n°\u00a0de série LB-4471-0093) et le décodeur TV (n°\u00a0de série TV-2210-7781)",
        "the box (serial number LB-4471-0093) and the TV decoder (serial number TV-2210-7781)",
    ),
    (["Tablet"], "Tablet", "Tablet"),
)
SLOTS: tuple[Sample, Sample] = (
    (
        {"from": "2015-02-27T08:00:00+01:00", "to": "2015-02-27T10:30:00+01:00"},
        "27 février 2015, entre 8 h et 10 h 30",
        "27 February 2015, between 8:00 and 10:30",
    ),
    (
        {"from": "2015-03-01T13:00:00+01:00", "to": "2015-03-01T15:00:00+01:00"},
        "1er mars 2015, entre 13 h et 15 h",
        "1 March 2015, between 13:00 and 15:00",
    ),
)
SAMPLES: dict[str, tuple[Sample, Sample]] = {
    "contract.ends_on": DATES,
    "line.taken_over_by": (
        ("other operator", "un autre opérateur", "another operator"),
        ("Untel Mobile", "Untel Mobile", "Untel Mobile"),
    ),
    "support.for_line": (
        ("other operator", "votre nouvel opérateur", "your new operator"),
        ("Untel Mobile", "Untel Mobile", "Untel Mobile"),
    ),
    "closing_bill.date": DATES,
    "closing_bill.amount": AMOUNTS,
    "closing_bill.issued": DATES,
    "fees.early_termination": AMOUNTS,
    "fees.formula": (
        (
            "20% of 10 x 30.00 EUR",
            "20\u202f% de 10 mensualités de 30,00\u202f€",
            "20% of 10 monthly payments of €30.00",
        ),
        ("voir l'article 9", "«\u00a0voir l'article 9\u00a0»", "“voir l'article 9”"),
    ),
    "case.merged": (("LC-7K2M-9QX4",) * 3, ("LC-C8A3-YX5S",) * 3),
    "refund.deposit": AMOUNTS,
    "refund.deposit_by": DATES,
    "refund.advance": AMOUNTS,
    "refund.advance_by": DATES,
    "refund.withdrawal": AMOUNTS,
    "refund.withdrawal_by": DATES,
    "refund.paid": AMOUNTS,
    "equipment.to_return": EQUIPMENT,
    "equipment.return_by": DATES,
    "equipment.return_how": (
        ("Prepaid Label", "avec une étiquette de retour prépayée", "with a prepaid return label"),
        ("au dépôt de Mérignac", "«\u00a0au dépôt de Mérignac\u00a0»", "“au dépôt de Mérignac”"),
    ),
    "equipment.penalty": AMOUNTS,
    "equipment.days_after_formal_notice": ((10, "10 jours", "10 days"), (1, "1 jour", "1 day")),
    "equipment.received": EQUIPMENT,
    "equipment.missing": EQUIPMENT,
    "equipment.formal_notice": DATES,
    "equipment.charged": AMOUNTS,
    "number.kept_until": DATES,
    "mailbox.kept_until": DATES,
    "line.lost": DATES,
    "line.restored_by": DATES,
    "line.works_on": DATES,
    "line.works": DATES,
    "line.restored": DATES,
    "remedy.offered": (
        (["4g box"], "le prêt d’une box 4G", "the loan of a 4G box"),
        (["call forwarding"], "le renvoi de vos appels", "forwarding of your calls"),
    ),
    "visit.repair_at": SLOTS,
    "visit.repair_reminder": SLOTS,
    "visit.reminder": SLOTS,
    "visit.under_way": SLOTS,
    "compensation.missed_visit": AMOUNTS,
    "visit.to_choose": (
        ("https://care.example/visits/N-1/", "https://care.example/visits/N-1/", "https://care.example/visits/N-1/"),
        ("https://care.example/visits/N-2/", "https://care.example/visits/N-2/", "https://care.example/visits/N-2/"),
    ),
    "visit.at": SLOTS,
    "bill.issued": (
        (
            {"period": ["2015-02-01", "2015-02-28"], "amount": {"amount": "48.90", "currency": "EUR"}},
            "48,90\u202f€ pour la période du 1er février 2015 au 28 février 2015",
            "€48.90 for the period from 1 February 2015 to 28 February 2015",
        ),
        (
            {"period": ["2015-01-01", "2015-01-31"], "amount": {"amount": "48.00", "currency": "EUR"}},
            "48,00\u202f€",
            "€48.00",
        ),
    ),
    "credit.no_service": (
        (
            [{"period": ["2015-02-06", "2015-02-28"], "amount": {"amount": "30.00", "currency": "EUR"}}],
            "30,00\u202f€ pour la période du 6 février 2015 au 28 février 2015",
            "€30.00 for the period from 6 February 2015 to 28 February 2015",
        ),
        (
            [{"period": ["2015-01-01", "2015-01-02"], "amount": {"amount": "2.40", "currency": "EUR"}}],
            "2,40\u202f€",
            "€2.40",
        ),
    ),
}
CHANGING = [key for key in SAMPLES if not TOPICS[key].each_anew]
# Topics whose value is not printed are told in a sentence of their own: (value, French, English).
REQUEST = {"received_by": "letter"}
SENTENCES: dict[str, list[Sample]] = {
    "termination.requested": [
        (REQUEST, "Nous avons bien reçu votre demande", "We have received your request"),
    ],
    "termination.withdrawn": [
        (REQUEST, "vous gardez votre contrat", "you are keeping your"),
    ],
    "withdrawal.requested": [
        (REQUEST, "Nous avons bien reçu votre rétractation", "We have received your withdrawal"),
    ],
    "port.failed": [
        (REQUEST, "chez un autre opérateur n’a pas abouti", "to another operator did not succeed"),
    ],
    "port.cancelled": [
        (REQUEST, "a annulé sa demande", "has cancelled its request"),
    ],
    "contract.closed": [
        (REQUEST, "Tout est réglé pour votre contrat", "Everything is settled for your"),
    ],
    "move.requested": [
        (REQUEST, "votre demande de déménager votre ligne", "your request to move your line"),
        (
            {"to": "3 rue du Four, 63510 Malintrat", "date": "2015-03-01"},
            "au 3 rue du Four, 63510 Malintrat, pour le 1er mars 2015",
            "to 3 rue du Four, 63510 Malintrat on 1 March 2015",
        ),
        ({"to": "3 rue du Four"}, "ligne 05 36 49 02 01 au 3 rue du Four", "line 05 36 49 02 01 to 3 rue du Four"),
        ({"date": "2015-03-01"}, "pour le 1er mars 2015", "on 1 March 2015"),
    ],
    "move.withdrawn": [
        (REQUEST, "vous renoncez à déménager votre ligne", "you no longer wish to move your line"),
    ],
    "line.requested": [
        (REQUEST, "votre demande de ligne pour votre contrat", "your request for a line for your"),
        ({"address": "5 rue du Four"}, ", au 5 rue du Four", ", at 5 rue du Four"),
    ],
    "fault.reported": [
        ({"said": "no dial tone"}, "ne fonctionne pas", "does not work"),
    ],
    "contract.goes_on": [
        (True, "continue sans changement", "goes on unchanged"),
        (False, "ne continue pas", "does not go on"),
    ],
}
NO_LONGER: dict[str, list[Sample]] = {
    "termination.requested": [
        (REQUEST, "que nous avions reçu votre demande de résiliation", "that we had received your request"),
    ],
    "termination.withdrawn": [
        (REQUEST, "que votre demande de résiliation était annulée", "your request to end the contract was cancelled"),
    ],
    "withdrawal.requested": [
        (REQUEST, "que vous aviez renoncé à ce contrat", "that you had withdrawn from this contract"),
    ],
    "port.failed": [
        (
            REQUEST,
            "n’avait pas abouti et que votre contrat continuait",
            "had not succeeded and that your contract would",
        ),
    ],
    "port.cancelled": [
        (REQUEST, "était annulé et que votre contrat continuait", "was cancelled and that your contract would go on"),
    ],
    "contract.closed": [
        (REQUEST, "que tout était réglé pour votre contrat", "that everything was settled for your"),
    ],
    "move.requested": [
        (REQUEST, "que nous avions reçu votre demande de déménagement", "that we had received your request to move"),
    ],
    "move.withdrawn": [
        (REQUEST, "que votre déménagement était annulé", "that your move was cancelled"),
    ],
    "line.requested": [
        (REQUEST, "que nous avions reçu votre demande de ligne", "that we had received your request for a line"),
    ],
    "fault.reported": [
        (REQUEST, "ne fonctionnait pas", "did not work"),
    ],
    "contract.goes_on": [
        (True, "que votre contrat continuait", "that your contract would go on"),
        (False, "que votre contrat ne continuait pas", "that your contract would not go on"),
    ],
}
FOR_CUSTOMERS = [key for key, topic in TOPICS.items() if topic.audience is Audience.CUSTOMER]


def in_language(sample: Sample, language: str) -> str:
    return sample[1] if language == "fr" else sample[2]


def test_every_topic_for_customers_has_a_wording_and_a_sample_here() -> None:
    assert set(WORDINGS) == set(FOR_CUSTOMERS)
    assert {*SAMPLES, *SENTENCES} == set(FOR_CUSTOMERS)
    assert set(SENTENCES) == set(NO_LONGER)


@pytest.mark.parametrize(("key", "language"), [*product(SAMPLES, ("fr", "en"))])
@pytest.mark.parametrize("place", [0, 1])
def test_a_value_is_told(key: str, place: int, language: str) -> None:
    sample = SAMPLES[key][place]

    content = says(telling(key, sample[0]), language=language)

    assert text(content).count(in_language(sample, language)) >= 1
    assert content.changes is None


@pytest.mark.parametrize(("key", "language"), [*product(CHANGING, ("fr", "en"))])
def test_a_change_names_what_was_told_and_what_is_true_now(key: str, language: str) -> None:
    now, before = SAMPLES[key]

    content = says(telling(key, now[0], before=before[0], told="2015-02-11"), language=language)

    assert content.changes is not None
    (line,) = content.changes.lines
    assert line.index(in_language(before, language)) < line.index(in_language(now, language))
    since = {"fr": "Ce qui change depuis notre courrier du 11 février 2015"}
    assert content.changes.title == since.get(language, "What has changed since our message of 11 February 2015")


@pytest.mark.parametrize(("key", "language"), [*product(SAMPLES, ("fr", "en"))])
def test_what_no_longer_holds_is_named(key: str, language: str) -> None:
    now, _ = SAMPLES[key]

    content = says(telling(key, None, before=now[0], told="2015-02-11"), language=language)

    assert content.changes is not None
    (line,) = content.changes.lines
    assert in_language(now, language) in line
    assert {"fr": "plus valable", "en": "no longer hold"}[language] in line
    assert (content.todo, content.steps, content.sections) == ((), (), ())


@pytest.mark.parametrize(("key", "language"), [*product(FOR_CUSTOMERS, ("fr", "en"))])
def test_what_stays_behind_has_a_date(key: str, language: str) -> None:
    content = says(
        telling("line.taken_over_by", "Untel"), later={key: "2015-02-25"}, language=language, ending=frozenset()
    )

    *_, section = content.sections
    start = {
        "fr": "Au plus tard le 25 février 2015, nous vous dirons ",
        "en": "By 25 February 2015 at the latest, we will tell you ",
    }[language]
    (line,) = section.lines
    assert line.startswith(start)
    assert len(line) > len(start) + len("x.")


def cases(samples: dict[str, list[Sample]]) -> list[tuple[str, Sample, str]]:
    return [(key, sample, language) for key in samples for sample in samples[key] for language in ("fr", "en")]


@pytest.mark.parametrize(("key", "sample", "language"), cases(SENTENCES))
def test_a_thing_without_a_printed_value_is_told_in_a_sentence(key: str, sample: Sample, language: str) -> None:
    content = says(telling(key, sample[0]), language=language)

    assert in_language(sample, language) in content.opening[0]
    assert content.changes is None


@pytest.mark.parametrize(("key", "sample", "language"), cases(NO_LONGER))
def test_a_sentence_that_no_longer_holds_is_named(key: str, sample: Sample, language: str) -> None:
    content = says(telling(key, None, before=sample[0]), language=language)

    assert content.changes is not None
    (line,) = content.changes.lines
    assert in_language(sample, language) in line
    assert {"fr": "n’est plus valable", "en": "no longer holds"}[language] in line


@pytest.mark.parametrize(
    ("language", "value", "line"),
    [
        ("fr", True, "Nous vous avions indiqué que votre contrat ne continuait pas\u202f; il continue."),
        ("fr", False, "Nous vous avions indiqué que votre contrat continuait\u202f; ce n’est plus le cas."),
        ("en", True, "We had told you that your contract would not go on; it does."),
        ("en", False, "We had told you that your contract would go on; this is no longer the case."),
    ],
)
def test_a_contract_that_goes_on_or_not_after_all_says_so(language: str, value: bool, line: str) -> None:  # noqa: FBT001
    content = says(telling("contract.goes_on", value, before=not value), language=language)

    assert content.changes is not None
    assert content.changes.lines == (line,)


@pytest.mark.parametrize("key", SENTENCES)
def test_the_same_told_again_is_no_change(key: str) -> None:
    value = SENTENCES[key][0][0]

    content = says(telling(key, value, before=value, effective="2015-02-20"))

    assert content.changes is None
    assert SENTENCES[key][0][1] in content.opening[0]


@pytest.mark.parametrize(("key", "language"), [*product([k for k in SAMPLES if TOPICS[k].each_anew], ("fr", "en"))])
def test_what_happens_anew_is_no_change_of_the_time_before(key: str, language: str) -> None:
    now, before = SAMPLES[key]

    content = says(telling(key, now[0], before=before[0], told="2015-02-11"), language=language)

    assert content.changes is None
    assert in_language(now, language) in text(content)
    assert in_language(before, language) not in text(content)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        (
            "fr",
            "Votre ligne 05 36 49 02 01 a été coupée par erreur : nous la rétablissons au plus tard le 1er mars 2015",
        ),
        ("en", "Your line 05 36 49 02 01 was cut by mistake: it works again by 1 March 2015 at the latest"),
    ],
)
def test_a_line_that_was_cut_names_in_its_first_line_the_day_by_which_it_is_back(language: str, subject: str) -> None:
    request = telling("move.requested", {"to": "3 rue du Four", "date": "2015-03-01"})
    cut = (telling("line.lost", "2015-02-17"), telling("line.restored_by", "2015-03-01"))

    content = says(request, *cut, language=language)

    assert content.subject.replace("\u202f", " ").replace("\u00a0", " ") == subject
    stays = {"fr": "votre ligne actuelle reste en service", "en": "your present line stays in service"}
    assert stays[language] not in text(content)
    assert stays[language] in text(says(request, language=language))
