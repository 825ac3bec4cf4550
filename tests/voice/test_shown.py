"""Every value that may be stated reads as words, in both languages, wherever it is printed."""

from __future__ import annotations

import pytest

from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from ligneclaire.voice.wording.shown import shown
from ligneclaire.voice.wording.texts import texts

BILL = {"period": ["2015-02-01", "2015-02-28"], "amount": {"amount": "30.00", "currency": "EUR"}}
SLOT = {"from": "2015-02-20T08:00:00+01:00", "to": "2015-02-20T10:00:00+01:00"}
FEBRUARY = "30,00 € pour la période du 1er février 2015 au 28 février 2015"
READ = [
    (Takes.DATE, "2015-02-20", "20 février 2015", "20 February 2015"),
    (Takes.MONEY, BILL["amount"], "30,00 €", "€30.00"),
    (Takes.TEXT, "Orphée", "Orphée", "Orphée"),
    (Takes.TEXTS, ["box", "cables"], "box et cables", "box and cables"),
    (Takes.DAYS, 1, "1 jour", "1 day"),
    (Takes.FLAG, True, "oui", "yes"),
    (Takes.EVENT, {}, "demande du client", "the customer’s request"),
    (Takes.REQUEST, {}, "demande du client", "the customer’s request"),
    (Takes.SLOT, SLOT, "20 février 2015, entre 8 h et 10 h", "20 February 2015, between 8:00 and 10:00"),
    (Takes.BILL, BILL, FEBRUARY, "€30.00 for the period from 1 February 2015 to 28 February 2015"),
    (Takes.CREDITS, [BILL], FEBRUARY, "€30.00 for the period from 1 February 2015 to 28 February 2015"),
    (Takes.CLOSING, {"result": "line works", "pair": "63510-D4-017"}, "la ligne fonctionne (63510-D4-017)",
     "the line works (63510-D4-017)"),
    (Takes.CLOSING, {"result": "rien", "port": None, "none_because": "absent "}, "rien (absent)", "rien (absent)"),
    (Takes.ANSWER, {"said": "il manque une étape"}, "« il manque une étape »", "“il manque une étape”"),
    (Takes.ANSWER, {"said": "on vient", "by": "2015-02-20"}, "« on vient » (le 20 février 2015)",
     "“on vient” (on 20 February 2015)"),
    (Takes.PAIR, {"pair": "63510-D4-017"}, "63510-D4-017", "63510-D4-017"),
    (Takes.ANYTHING, {"a": 1}, '{"a":1}', '{"a":1}'),
]  # fmt: skip
A_TOPIC = {topic.takes: key for key, topic in TOPICS.items()}


@pytest.mark.parametrize(("takes", "value", "french", "english"), READ)
def test_a_value_reads_as_words(takes: Takes, value: object, french: str, english: str) -> None:
    key = A_TOPIC.get(takes, "nothing.known")

    read = [shown(key, value, texts(language)) for language in ("fr", "en")]

    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in read] == [french, english]


def test_no_type_of_value_is_left_out() -> None:
    assert {takes for takes, *_ in READ} == set(Takes)
