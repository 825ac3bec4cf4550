"""Why was this said: behind each line the facts, decisions, law and timing that led to it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.test_writing import press_send
from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.voice.queries import why
from ligneclaire.voice.rules.grounds import LAW, Timing
from ligneclaire.voice.rules.state import Mode
from world import World

pytestmark = pytest.mark.django_db
LENOIR = "/customers/C-2001"


def words(response: Any) -> str:
    return " ".join(
        re.sub(r"<[^>]*>", " ", response.content.decode())
        .replace("\xa0", " ")
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
        .split()
    )


def newest() -> MessageCard:
    return max(messages.of(["C-2001"]), key=lambda card: card.written_at)


def reasons() -> why.Why:
    found = why.of(newest().utterance)
    assert found
    return found


@pytest.fixture
def told(monday: World) -> World:
    """Nora settled what the departments disagreed on, and the letter left the next day."""
    monday.adviser("A-1").settles("equipment.days_after_formal_notice", 10, because="On compte les jours de l'avis.")
    monday.it_is("2015-02-18T10:00")
    return monday


def test_the_receipt_rests_on_the_request(monday: World) -> None:
    found = reasons()

    [topic] = found.topics
    assert (topic.topic.key, found.timing, found.mode) == ("termination.requested", Timing.RECEIPT, Mode.LIVE)
    assert [(fact.by, fact.end, fact.is_said) for fact in topic.facts] == [("Courrier", "said", True)]
    assert (topic.decided, found.silences, found.pledges) == ((), (), ())


def test_the_letter_rests_on_facts_a_decision_and_the_law(told: World) -> None:
    found = reasons()

    topics = {one.topic.key: one for one in found.topics}
    days = topics["equipment.days_after_formal_notice"]
    assert [(fact.by, fact.value, fact.end, fact.is_said) for fact in days.facts] == [
        ("Équipements", 7, "settled against", False),
        ("Équipements Sud-Ouest", 10, "said", True),
    ]
    [decided] = days.decided
    assert (decided.card.settled_by_name, decided.card.chosen, decided.is_settled) == ("Nora Benali", 10, True)
    assert [rule.id for rule in topics["contract.ends_on"].law] == ["TER-01"]
    assert days.law == ()
    assert {pledge.key for pledge in found.pledges} <= topics.keys()
    assert len(found.pledges) > 1


def test_each_line_names_the_topics_that_it_says(told: World) -> None:
    lines = Content.from_json(newest().content).lines
    by_topic = {key: line.text for line in lines for key in line.topics}

    assert by_topic.keys() == {topic.topic.key for topic in reasons().topics}
    assert "5 mars" in by_topic["closing_bill.date"]
    assert "10 jours" in by_topic["equipment.days_after_formal_notice"]
    assert {line.topics for line in lines if "appelez-moi" in line.text} == {()}


def test_the_page_tells_it_in_words(nora: Client, told: World) -> None:
    page = words(nora.get(f"/messages/{newest().uuid}/why"))

    for said in (
        "Pourquoi cela a été dit",
        "Équipements dit 7 jours, Équipements Sud-Ouest dit 10 jours.",
        "Nora Benali a décidé le 16 février 2015, 10:00",
        "On compte les jours de l&#x27;avis.",
        "TER-01 · CC L224-39",
        "La voix était : en marche",
        "date de la dernière facture : 5 mars 2015 (en cours)",
        "La dernière nouvelle",
    ):
        assert said in page


def test_departments_that_agree_again_leave_nothing_to_decide(nora: Client, monday: World) -> None:
    monday.department("equipment-south-west").states("equipment.days_after_formal_notice", 7)
    monday.it_is("2015-02-20T10:00")

    page = words(nora.get(f"/messages/{newest().uuid}/why"))

    assert "Personne n’a eu à trancher : ils sont de nouveau d’accord." in page
    [decided] = {one.topic.key: one for one in reasons().topics}["equipment.days_after_formal_notice"].decided
    assert not decided.is_settled


def test_a_stop_since_the_facts_is_among_the_reasons(monday: World) -> None:
    monday.voice(Mode.STOP)
    monday.it_is("2015-02-18T10:00")
    monday.voice(Mode.LIVE)
    monday.it_is("2015-02-20T10:00")

    found = reasons()

    assert [change.mode for change in found.silences] == [Mode.STOP, Mode.LIVE]
    assert found.timing is Timing.HELD


def test_a_country_without_the_rule_entered_names_none(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LAW, "contract.ends_on", ("TER-404",))

    assert {one.topic.key: one.law for one in reasons().topics}["contract.ends_on"] == ()


def test_a_message_in_own_words_names_its_writer_and_what_it_answers(nora: Client, monday: World) -> None:
    entry, message = str(uuid4()), uuid4()
    typed = {"entry": entry, "medium": "email", "direction": "in", "text": "Quand recevrai-je la facture ?"}
    nora.post(f"{LENOIR}/log", typed)
    path = f"{LENOIR}/write/{message}"
    nora.post(f"{path}?answers={entry}", {"channel": "email", "subject": "Votre facture", "text": "Début mars."})
    press_send(nora, f"{path}?answers={entry}")

    page = words(nora.get(f"/messages/{message}/why"))

    assert "Nora Benali l’a écrit" in page
    assert "Il répond à : Quand recevrai-je la facture ?" in page
    assert why.of(message) is None


def test_the_thread_leads_there(nora: Client, told: World) -> None:
    assert f'href="/messages/{newest().uuid}/why"' in nora.get(LENOIR).content.decode()
    assert nora.get(f"/messages/{uuid4()}/why").status_code == 404


def test_it_takes_fifteen_queries_however_much_was_told(
    nora: Client, told: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for card in messages.of(["C-2001"])[:2]:
        nora.get(f"/messages/{card.uuid}/why")
        with django_assert_num_queries(15):
            nora.get(f"/messages/{card.uuid}/why")
