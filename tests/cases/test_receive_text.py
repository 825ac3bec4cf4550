"""Text messages come in once: into the thread of whose number it is, or before a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import a_world, the_story_world
from incoming import a_case
from ligneclaire.cases.actions.match_mail import match_mail
from ligneclaire.cases.actions.receive_mail import Outcome
from ligneclaire.cases.actions.receive_text import Heard, receive_text
from ligneclaire.cases.queries import unmatched
from ligneclaire.cases.rules.matching import Matter
from ligneclaire.cases.rules.stop_words import stops
from ligneclaire.channels import mailbox
from ligneclaire.channels.actions.join_what_came import join_what_came
from ligneclaire.channels.models import Entry, HeardPart, Mail, Message, NoAnswerNeeded
from ligneclaire.channels.queries import messages
from ligneclaire.channels.sms.inbound import Text
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.stop_texts import stop_texts
from ligneclaire.people.queries import wishes
from ligneclaire.voice import tasks
from ligneclaire.voice.actions.take_text import take_text

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LENOIR, SHARED, STRANGER = "+33639980201", "+33639980299", "+33639980298"


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    """The operator of the stories, where two customers share a mobile."""
    settings.MAILBOX = tmp_path
    document = the_story_world()
    for one in document["customers"]:
        if one["id"] in {"C-4001", "C-4002"}:
            one["mobile"] = SHARED
    a_world(document)


def a_text(text: str = "Quand passe le technicien ?", *, sender: str = LENOIR) -> Text:
    return Text(sender=sender, recipient="36105", text=text)


def receive(text: Text, *, at: datetime = MONDAY) -> Heard | None:
    return receive_text(text=text, by=SYSTEM, at=at)


def entries() -> list[tuple[str, str, str, str]]:
    return list(Entry.objects.order_by("id").values_list("customer", "case", "medium", "text"))


def waiting() -> list[tuple[str, tuple[str, ...], str]]:
    return [(card.sender, card.customers, card.medium) for card in unmatched.waiting()]


@pytest.mark.parametrize("sender", [LENOIR, "0639980201", "06 39 98 02 01"])
def test_it_is_the_customers_whose_number_it_is_however_it_is_written(sender: str) -> None:
    heard = receive(a_text(sender=sender))

    assert heard is not None
    assert (heard.outcome, heard.matter) == (Outcome.ENTRY, Matter(customer="C-2001", case=""))
    assert entries() == [("C-2001", "", "sms", "Quand passe le technicien ?")]
    assert Entry.objects.get().recorded_by == "customer:C-2001"
    kept = mailbox.kept(Mail.objects.get().place)
    assert kept is not None
    assert b"Quand passe" in kept


def test_the_reference_in_it_says_of_which_matter() -> None:
    reference = a_case("C-2001", at=MONDAY)

    receive(a_text(f"pour {reference.lower()}, demain svp"))

    assert [case for _, case, _, _ in entries()] == [reference]


def test_who_shares_a_number_is_known_by_the_matter_only() -> None:
    reference = a_case("C-4002", at=MONDAY)

    receive(a_text("Bonjour", sender=SHARED))
    receive(a_text(f"Bonjour {reference}", sender=SHARED))

    assert [customer for customer, *_ in entries()] == ["C-4002"]
    assert waiting() == [(SHARED, ("C-4001", "C-4002"), "sms")]


def test_a_number_that_nobody_knows_waits_for_a_person_who_says_whose_it_is() -> None:
    heard = receive(a_text(sender=STRANGER))

    assert heard is not None
    assert (heard.outcome, heard.matter) == (Outcome.WAITING, None)
    assert waiting() == [(STRANGER, (), "sms")]
    match_mail(mail=heard.text, matter=Matter(customer="C-3001", case=""), by=NORA, at=MONDAY)
    assert entries() == [("C-3001", "", "sms", "Quand passe le technicien ?")]


def test_the_same_again_within_minutes_is_the_same_and_later_another() -> None:
    first = receive(a_text("Oui"))

    again = receive(a_text("Oui"), at=MONDAY + MINUTE)
    receive(a_text("Non"), at=MONDAY + MINUTE)
    receive(a_text("Oui"), at=MONDAY + 11 * MINUTE)

    assert first is not None
    assert again is not None
    assert (again.text, again.outcome) == (first.text, Outcome.KNOWN)
    assert [text for *_, text in entries()] == ["Oui", "Non", "Oui"]


def test_a_long_one_is_put_together_in_whatever_order_its_parts_come() -> None:
    parts = [replace(a_text(f"{place} "), reference=42, parts=3, place=place) for place in (3, 1, 1, 2)]

    heard = [receive(part) for part in parts]

    assert [one is None for one in heard] == [True, True, True, False]
    assert [text for *_, text in entries()] == ["1 2 3"]


def test_a_part_that_comes_again_after_all_says_nothing_and_another_with_its_number_does() -> None:
    first, last = (replace(a_text(f"{place} "), reference=42, parts=2, place=place) for place in (1, 2))
    receive(first)
    receive(last)

    assert receive(last, at=MONDAY + MINUTE) is None
    again = [receive(replace(part, text=f"{part.text}bis "), at=MONDAY + MINUTE) for part in (first, last)]

    assert [one is None for one in again] == [True, False]
    assert [text for *_, text in entries()] == ["1 2", "1 bis 2 bis"]
    assert join_what_came(by=SYSTEM, at=MONDAY + timedelta(days=2)) == ()
    assert HeardPart.objects.count() == 0


def test_a_part_of_yesterday_is_of_another_message() -> None:
    first, second = (replace(a_text(text), reference=42, parts=2, place=2) for text in ("hier", "demain"))
    receive(first)
    receive(second, at=MONDAY + timedelta(days=1))

    assert receive(replace(second, text="Venez ", place=1), at=MONDAY + timedelta(days=1, minutes=1)) is not None
    assert [text for *_, text in entries()] == ["Venez demain"]


def test_what_never_came_whole_is_read_with_its_gaps_after_a_day() -> None:
    receive(replace(a_text("Venez"), reference=42, parts=3, place=1))
    receive(replace(a_text("demain"), reference=42, parts=3, place=3))

    assert join_what_came(by=SYSTEM, at=MONDAY + timedelta(hours=23)) == ()
    assert join_what_came(by=SYSTEM, at=MONDAY + timedelta(days=1)) == (a_text("Venez […] demain"),)
    assert HeardPart.objects.count() == 0


def test_a_job_takes_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    receive(replace(a_text("Venez"), reference=42, parts=2, place=1))
    monkeypatch.setattr(tasks, "now", lambda: MONDAY + timedelta(days=1))

    tasks.take_what_never_came_whole(0)

    assert [text for *_, text in entries()] == ["Venez […]"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("STOP", True),
        ("stop.", True),
        ("Arrêt", True),
        (" Stop  SMS 36105", True),
        ("REPRENDRE", False),
        ("start!", False),
        ("Stop, je voudrais parler à quelqu'un", None),
        ("", None),
    ],
)
def test_stop_is_the_word_alone(text: str, *, meant: bool | None) -> None:
    assert stops(text) is meant


def take(text: str, *, sender: str = LENOIR, at: datetime = MONDAY) -> Heard | None:
    return take_text(text=a_text(text, sender=sender), by=SYSTEM, at=at)


def test_stop_counts_at_once_is_confirmed_and_asks_nobody_for_an_answer() -> None:
    take("STOP", at=MONDAY + timedelta(hours=12))

    assert wishes.of("C-2001").no_texts
    [card] = messages.waiting_to_leave()
    assert (card.channel, card.destination, card.is_urgent) == ("sms", (LENOIR,), True)
    assert str(card.content["sms"]) == (
        "C’est noté : Télécom Ligne Claire ne vous enverra plus de SMS d’information ni de publicité. Ceux que la "
        "loi ou votre contrat exigent arriveront encore. Pour revenir en arrière, répondez REPRENDRE."
    )
    assert NoAnswerNeeded.objects.get().reason == "STOP enregistré et confirmé par SMS."


def test_and_so_is_its_end() -> None:
    take("STOP")
    take("REPRENDRE", at=MONDAY + MINUTE)
    take("REPRENDRE", at=MONDAY + 2 * MINUTE)  # handed over again

    assert not wishes.of("C-2001").no_texts
    assert Message.objects.count() == 2


def test_who_changes_their_mind_twice_has_the_last_word() -> None:
    take("STOP")
    take("REPRENDRE", at=MONDAY + MINUTE)
    take("STOP", at=MONDAY + 2 * MINUTE)

    assert wishes.of("C-2001").no_texts
    assert Message.objects.count() == 3


def test_what_changes_nothing_is_not_confirmed_again() -> None:
    take("STOP")
    take("STOP.", at=MONDAY + MINUTE)

    assert (Message.objects.count(), NoAnswerNeeded.objects.count()) == (1, 2)


def test_an_old_word_that_is_placed_late_does_not_undo_a_newer_wish() -> None:
    heard = take("STOP", sender=STRANGER)
    assert heard is not None
    stop_texts(customer="C-3001", stops=True, by=NORA, at=MONDAY + MINUTE)
    stop_texts(customer="C-3001", stops=False, by=NORA, at=MONDAY + 2 * MINUTE)

    match_mail(mail=heard.text, matter=Matter(customer="C-3001", case=""), by=NORA, at=MONDAY + 3 * MINUTE)

    assert not wishes.of("C-3001").no_texts


def test_stop_counts_for_everybody_whose_number_it_is() -> None:
    take("STOP", sender=SHARED)

    assert [wishes.of(number).no_texts for number in ("C-4001", "C-4002", "C-2001")] == [True, True, False]
    assert messages.waiting_to_leave() == ()


def test_and_for_a_number_that_nobody_knew_once_somebody_says_whose_it_is() -> None:
    heard = take("STOP", sender=STRANGER)
    assert heard is not None

    match_mail(mail=heard.text, matter=Matter(customer="C-3001", case=""), by=NORA, at=MONDAY)

    assert wishes.of("C-3001").no_texts


def test_a_part_alone_says_nothing_yet() -> None:
    part = replace(a_text("STOP"), reference=42, parts=2, place=1)

    assert take_text(text=part, by=SYSTEM, at=MONDAY) is None
    assert not wishes.of("C-2001").no_texts


def test_every_other_text_is_an_adviser_s_to_answer() -> None:
    take("Bonjour")

    assert messages.waiting_to_leave() == ()
    assert NoAnswerNeeded.objects.count() == 0
