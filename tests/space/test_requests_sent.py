"""The page of a request that was sent: taking it back, adding a proof, finding it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contracts.leaving import NOON, facts
from ligneclaire.contracts import documents
from ligneclaire.kernel import clock
from space.leaving import PDF, a_file, card, end, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def test_a_guest_takes_a_request_back_by_its_link() -> None:
    client = visitor()
    token = client.get(end(client)).context["token"]

    page = client.post(f"/resilier/demande/{token}", {"withdraw": "1"}, follow=True)

    assert "Cette demande est retirée" in page.content.decode()
    assert [fact[1] for fact in facts()] == ["termination.requested", "termination.withdrawn"]
    client.post(f"/resilier/demande/{token}", {"withdraw": "1"})
    assert len(facts()) == 2
    assert client.get(f"/resilier/demande/{token}x").status_code == 404


def test_a_guest_reads_that_the_contract_ends_all_the_same_by_the_request_of_somebody_else() -> None:
    client, other = visitor(), visitor()
    token, stands = client.get(end(client)).context["token"], other.get(end(other)).context["token"]

    page = client.post(f"/resilier/demande/{token}", {"withdraw": "1"}, follow=True).content.decode()

    assert "Le contrat prend fin malgré tout" in page
    assert "elle ne met fin à aucun contrat" not in page
    assert [fact[1] for fact in facts()] == ["termination.requested"]
    other.post(f"/resilier/demande/{stands}", {"withdraw": "1"})
    assert "elle ne met fin à aucun contrat" in client.get(f"/resilier/demande/{token}").content.decode()


def test_after_the_last_day_it_is_too_late() -> None:
    client = visitor()
    token = client.get(end(client)).context["token"]
    clock.shift_by(NOON + timedelta(days=11) - datetime.now(UTC))

    page = client.post(f"/resilier/demande/{token}", {"withdraw": "1"})

    assert page.status_code == 422
    assert "son dernier jour est passé" in page.content.decode()
    assert "C’était possible jusqu’au" in page.content.decode()
    assert len(facts()) == 1


def test_a_proof_is_added_later() -> None:
    client = visitor()
    token = client.get(end(client)).context["token"]
    path = f"/resilier/demande/{token}"

    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"proofs": a_file("x.pdf", b"MZ")}).status_code == 422
    client.post(path, {"proofs": a_file()})
    assert [proof.name for proof in card().proofs] == ["avis.pdf"]
    more = [a_file(f"{number}.pdf", PDF + bytes([number])) for number in range(5)]
    assert "maximum" in client.post(path, {"proofs": more}).content.decode()
    client.post(path, {"withdraw": "1"})
    assert client.post(path, {"proofs": a_file("y.pdf", PDF + b"y")}).status_code == 422


def test_no_file_stays_that_became_no_proof() -> None:
    client = visitor()
    token = client.get(end(client)).context["token"]
    path = f"/resilier/demande/{token}"

    client.post(path, {"proofs": [a_file(f"{number}.pdf", PDF + bytes([number])) for number in range(4)]})
    client.post(path, {"proofs": a_file("again.pdf", PDF + bytes([0]))})
    client.post(path, {"proofs": [a_file(f"{number}.pdf", PDF + bytes([number])) for number in range(4, 7)]})

    lie = {file.relative_to(documents.folder()).as_posix() for file in documents.folder().rglob("*.pdf")}
    assert len(card().proofs) == 5
    assert lie == {proof.place for proof in card().proofs}


def test_a_customer_sees_their_requests() -> None:
    client = visitor(customer="C-2001")
    end(client, {"contracts": ["K-ADSL-1"], "email": "l@example.org"})

    page = client.get("/resilier/demandes").content.decode()

    assert card().reference in page
    assert "Connectez-vous" in visitor().get("/resilier/demandes").content.decode()
    assert (
        "Vous n’avez demandé la fin d’aucun contrat."
        in visitor(customer="C-3001").get("/resilier/demandes").content.decode()
    )
