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
        ("voir l'article 9", "«\u202fvoir l'article 9\u202f»", "“voir l'article 9”"),
    ),
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
        ("au dépôt de Mérignac", "«\u202fau dépôt de Mérignac\u202f»", "“au dépôt de Mérignac”"),
    ),
    "equipment.penalty": AMOUNTS,
    "equipment.days_after_formal_notice": ((10, "10 jours", "10 days"), (1, "1 jour", "1 day")),
    "equipment.received": EQUIPMENT,
    "equipment.missing": EQUIPMENT,
    "equipment.formal_notice": DATES,
    "equipment.charged": AMOUNTS,
    "number.kept_until": DATES,
    "mailbox.kept_until": DATES,
}
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


@pytest.mark.parametrize(("key", "language"), [*product(SAMPLES, ("fr", "en"))])
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
