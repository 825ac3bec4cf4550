"""E-mails that came back, seen on the desk, and the e-mail address that a person confirms."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bounces import by_postfix, still_trying
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.tick_off_message import tick_off_message
from ligneclaire.channels.email.inbound import Envelope
from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.actions.take_mail import take_mail
from ligneclaire.voice.actions.write_message import Words, write_message
from ligneclaire.voice.dispatch import dispatch
from world import World

pytestmark = pytest.mark.django_db
NORA = Actor(ActorKind.ADVISER, "A-1")
PAGE = "/customers/C-2001/email"


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def sent(nora: Client) -> Message:
    """An e-mail of Nora's that has left."""
    uuid, at = uuid4(), clock.now()
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=at)
    case = open_cases(needs={("C-2001", "contract:K-MOB-11"): need}, by=SYSTEM, at=at)["C-2001", "contract:K-MOB-11"]
    given = Words(customer="C-2001", channel=Channel.EMAIL, subject="Votre question", text="Oui.", case=case.reference)
    write_message(message=uuid, words=given, by=NORA, at=at)
    assert dispatch(message=uuid, by=SYSTEM, at=at)
    return Message.objects.get(uuid=uuid)


def comes_back(message: Message, *, write: Any = by_postfix) -> str:
    back = f"reponse+{message.case}@mail.operator.example"
    raw = write(f"<{message.uuid}@ligneclaire.example>", to=back)
    return str(take_mail(raw=raw, envelope=Envelope(sender="", recipients=(back,)), by=SYSTEM, at=clock.now()).mail)


def point() -> ContactPoint:
    return ContactPoint.objects.get(customer__number="C-2001", kind=ContactKind.EMAIL)


def test_that_it_came_back_stands_on_today_with_the_customer_and_on_the_message(nora: Client, sent: Message) -> None:
    mail = comes_back(sent)

    today, page, message = nora.get("/"), nora.get("/customers/C-2001"), nora.get(f"/messages/{sent.uuid}")

    said = "550 5.1.1 &lt;lenoir@example.org&gt;: Recipient address rejected: User unknown"
    assert f"{said} Confirmer ou changer l’adresse e-mail" in words(today)
    assert f'href="{PAGE}"' in today.content.decode()
    assert "un e-mail est revenu : confirmer l’adresse" in words(page)
    assert f"Ce que disent les serveurs de messagerie lundi 16 février, 10:00 · n’a pas pu être remis {said}" in words(
        message
    )
    assert f'href="/mails/{mail}"' in message.content.decode()
    report = nora.get(f"/mails/{mail}")
    assert "Le message dont parle ce rapport : n’a pas pu être remis" in words(report)
    assert f'href="/messages/{sent.uuid}"' in report.content.decode()


def test_a_warning_is_read_on_the_message_and_is_nobodys_work(nora: Client, sent: Message) -> None:
    comes_back(sent, write=still_trying)

    assert "encore en route" in words(nora.get(f"/messages/{sent.uuid}"))
    assert "lenoir@example.org ·" not in words(nora.get("/today/undelivered"))
    assert nora.get("/mails").context["mails"] == ()


def test_a_report_belongs_to_the_record_of_its_customer(ines: Client, sent: Message, monday: World) -> None:
    monday.adviser("A-1").settles("equipment.days_after_formal_notice", 10, because="Avis")
    mail = comes_back(sent)
    tick_off_message(message=sent.uuid, note="x", by=NORA, at=clock.now())

    for path in (f"/mails/{mail}", f"/mails/{mail}/original.eml"):
        assert "Qu’est-ce qui vous amène" in words(ines.get(path)), path


def test_sent_again_without_confirming_it_is_refused_plainly(nora: Client, sent: Message) -> None:
    comes_back(sent)

    again = nora.post(f"/messages/{sent.uuid}/send-again")

    assert "Un message est revenu de cette adresse : confirmez-la ou changez-la d’abord." in words(again)
    assert Message.objects.get(uuid=sent.uuid).state == "undeliverable"


def test_the_address_is_confirmed_or_changed(nora: Client, sent: Message) -> None:
    comes_back(sent)
    looked = nora.get(PAGE)
    assert "Un e-mail est revenu : depuis le 16 février 2015, 10:00, aucun message ne part à cette adresse." in words(
        looked
    )
    assert 'value="lenoir@example.org"' in looked.content.decode()

    done = nora.post(PAGE, {"email": " m.lenoir@example.org "})

    assert done.headers["Location"] == "/customers/C-2001"
    assert (point().value, point().verified, point().doubted_at) == ("m.lenoir@example.org", True, None)
    assert point().changed_by == "adviser:A-1"
    assert "un e-mail est revenu" not in words(nora.get("/customers/C-2001"))


def test_that_it_was_changed_is_told_where_we_knew_the_customer_before_and_never_at_the_new_one(
    nora: Client, sent: Message
) -> None:
    comes_back(sent)
    before = set(Message.objects.values_list("uuid", flat=True))

    nora.post(PAGE, {"email": "lenoir@example.org"})  # the same: nothing changed
    assert set(Message.objects.values_list("uuid", flat=True)) == before
    doubted = {"doubted_at": clock.now(), "verified": False}
    ContactPoint.objects.filter(customer__number="C-2001", kind=ContactKind.EMAIL).update(**doubted)
    nora.post(PAGE, {"email": "m.lenoir@example.org"})

    [warning] = Message.objects.exclude(uuid__in=before)
    assert (warning.channel, warning.subject) == (Channel.SMS, "Votre adresse e-mail a été changée")
    assert warning.destination == ["+33639980201"]
    assert "Si ce n'est pas vous qui l'avez demandé, appelez-moi." in str(warning.content).replace("’", "'")


def test_whom_we_know_no_other_way_is_told_nothing(nora: Client, sent: Message) -> None:
    comes_back(sent)
    ContactPoint.objects.filter(customer__number="C-2001").exclude(kind=ContactKind.EMAIL).delete()
    before = Message.objects.count()

    assert nora.post(PAGE, {"email": "m.lenoir@example.org"}).status_code == 302

    assert (Message.objects.count(), point().value) == (before, "m.lenoir@example.org")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "Écrivez l’adresse e-mail."),
        ("lenoir", "Ce n’est pas une adresse e-mail."),
        ("lénoir@example.org", "Ce n’est pas une adresse e-mail."),
        ("lenoir@exämple.org", "Aucun e-mail n’arrive à une adresse avec des accents"),
    ],
)
def test_what_is_no_address_is_said(nora: Client, sent: Message, typed: str, fault: str) -> None:
    refused = nora.post(PAGE, {"email": typed})

    assert (refused.status_code, fault in words(refused)) == (422, True)
    assert point().value == "lenoir@example.org"


def test_an_address_from_which_nothing_came_back_is_not_changed_here(nora: Client, monday: World) -> None:
    looked, refused = nora.get(PAGE), nora.post(PAGE, {"email": "mine@example.org"})

    assert "Rien n’est revenu de cette adresse : il n’y a rien à confirmer." in words(looked)
    assert 'name="email"' not in looked.content.decode()
    assert (refused.status_code, refused.context["form"].errors) == (
        422,
        {"email": ["Rien n’est revenu de cette adresse\u00a0: il n’y a rien à confirmer."]},
    )
    assert (point().value, point().verified) == ("lenoir@example.org", False)


def test_who_has_none_and_who_is_nobody(nora: Client, monday: World) -> None:
    point().delete()

    none = nora.post(PAGE, {"email": "x@example.org"})

    assert "Ce client n’a pas d’adresse e-mail." in words(none)
    assert nora.get("/customers/C-9/email").status_code == 404
