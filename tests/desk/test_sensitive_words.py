"""What customers write of accounts, cards and codes is masked at the desk; seeing it in full is logged."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from builders import LONG_AGO
from contracts.leaving import GUEST, typed
from incoming import LENOIR, STRANGER, an_email
from ligneclaire.cases.actions.receive_mail import receive_mail
from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.channels.models import Entry, Mail
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.clock import now
from space.conftest import a_browser_of
from world import World

pytestmark = pytest.mark.django_db
IBAN = "FR14 2004 1010 0505 0001 3M02 606"
HIDDEN = ("2004 1010", "4242 4242")
PART = {"HX-Request": "true"}


def wrote(world: World, text: str) -> UUID:
    """What M. et Mme Lenoir wrote."""
    uuid = uuid4()
    Entry.objects.create(
        uuid=uuid,
        customer="C-2001",
        medium="email",
        direction="in",
        text=text,
        happened_at=world.now or LONG_AGO,
        recorded_at=world.now or LONG_AGO,
        recorded_by=str(Actor(ActorKind.CUSTOMER, "C-2001")),
    )
    return uuid


@pytest.fixture
def entry(monday: World) -> UUID:
    """An e-mail with an account and a card in it."""
    return wrote(monday, f"Remboursez sur {IBAN}, pas sur la carte 4242 4242 4242 4242.")


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def revealed() -> list[tuple[str, Basis]]:
    return [(card.adviser, card.basis) for card in reads.of(["C-2001"], limit=20) if card.page is ReadPage.WORDS]


@pytest.mark.parametrize("path", ["/customers/C-2001", "/", "/customers?q=remboursez", "/customers/C-2001/write"])
def test_the_desk_shows_the_end_of_it_only(entry: UUID, nora: Client, path: str) -> None:
    answer = nora.get(path, {"answers": str(entry)} if path.endswith("write") else {}, follow=True)
    page = answer.content.decode() + (shown(nora, "/customers?q=remboursez") if path.startswith("/customers?") else "")

    assert answer.status_code == 200
    assert "••••2606" in page
    assert [part for part in HIDDEN if part in page] == []
    assert revealed() == []


def test_a_click_shows_it_and_the_customer_reads_that(entry: UUID, nora: Client) -> None:
    part = nora.post(f"/entries/{entry}/in-full", headers=PART)
    page = nora.post(f"/entries/{entry}/in-full")

    assert all(IBAN in answer.content.decode() for answer in (part, page))
    assert (part["Cache-Control"], revealed()) == ("no-store", [("A-1", Basis.CASE)])
    read = shown(a_browser_of("C-2001"), "/espace/consultations")
    assert "un compte, une carte ou un code dans ce que vous avez écrit, affiché en entier" in read


def test_the_customer_reads_their_own_words_as_they_are(entry: UUID, nora: Client) -> None:
    assert nora.post(f"/entries/{uuid4()}/in-full").status_code == 404
    assert nora.get(f"/entries/{entry}/in-full").status_code == 405
    assert Entry.objects.get(uuid=entry).text.count(IBAN) == 1


@pytest.mark.parametrize("sender", [STRANGER, LENOIR])
def test_a_subject_and_what_is_repeated_are_masked_as_well(monday: World, nora: Client, sender: str) -> None:
    raw = an_email(f"Bonjour\n\n> {IBAN}", sender=sender, Subject=f"Mon compte {IBAN}")
    mail = receive_mail(raw=raw, envelope=None, by=SYSTEM, at=now()).mail
    paths = ["/", "/mails", f"/mails/{mail}"] if sender == STRANGER else ["/customers/C-2001", f"/mails/{mail}"]
    assert Mail.objects.get().quoted == f"> {IBAN}"

    for path in paths:
        page = shown(nora, path)
        assert "Mon compte ••••2606" in page
        assert HIDDEN[0] not in page


@pytest.mark.parametrize("reason", ["other", "over_indebtedness", ""])
def test_the_reason_of_a_request_is_masked_as_well(monday: World, nora: Client, reason: str) -> None:
    declared = typed(reason=reason, reason_words=f"Rendez-le sur {IBAN}")
    request = request_termination(declared=declared, by=GUEST, at=now())

    page = shown(nora, f"/requests/{request.reference}")

    assert page.count("Rendez-le sur ••••2606") == (2 if reason else 1)
    assert HIDDEN[0] not in page


def test_what_is_cut_on_the_day_is_masked_before(monday: World, nora: Client) -> None:
    wrote(monday, "Bonjour : " + f"{IBAN} " * 12)

    page = shown(nora, "/")

    assert "Bonjour : ••••2606 ••••2606" in page
    assert HIDDEN[0] not in page
