"""Requests that wait for an adviser, on the desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from contracts.leaving import GUEST, answers, facts, typed
from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.values import Declaration
from ligneclaire.kernel import clock
from world import World

pytestmark = pytest.mark.django_db


def asked(declared: Declaration | None = None) -> str:
    nobody = typed(surname="Personne", lines=("+33639980201",), references="K-MOB-31", reason="over_indebtedness")
    return request_termination(declared=declared or nobody, by=GUEST, at=clock.now()).reference


def test_the_day_shows_what_is_to_match(nora: Client, nobody: Client, monday: World) -> None:
    assert "Demandes à rattacher" not in nora.get("/").content.decode()
    reference = asked()

    for path in ("/", "/requests"):
        page = nora.get(path)
        assert [card.reference for card in page.context["requests"]] == [reference]
        assert f"/requests/{reference}" in page.content.decode()
    assert nobody.get("/requests").status_code == 403


def test_an_adviser_matches_a_request(nora: Client) -> None:
    reference = asked()
    page = nora.get(f"/requests/{reference}")
    assert [one.contract for one in page.context["near"]] == ["K-MOB-31", "K-MOB-2"]
    assert "surendettement" in page.content.decode()

    nora.post(f"/requests/{reference}/match", {"contracts": ["K-MOB-2"]})

    assert [fact[3] for fact in facts()[-1:]] == ["contract:K-MOB-2"]
    assert "rattachée" in nora.get(f"/requests/{reference}").content.decode()
    assert nora.get("/requests").context["requests"] == ()


@pytest.mark.parametrize(
    ("typed_in", "sentence"),
    [
        ({}, "Choisissez un contrat."),
        ({"numbers": "k-9, K-MOB-2"}, "Il n’y a pas de contrat K-9."),
        ({"contracts": ["K-MOB-2"], "numbers": "K-MOB-31"}, "Ces contrats sont à plusieurs clients"),
    ],
)
def test_a_match_that_cannot_be_is_said_and_what_was_typed_stays(
    nora: Client, typed_in: dict[str, Any], sentence: str
) -> None:
    reference, before = asked(), facts()

    page = nora.post(f"/requests/{reference}/match", typed_in)

    assert (page.status_code, facts()) == (422, before)
    assert sentence in page.content.decode()
    assert page.context["numbers"] == typed_in.get("numbers", "")
    assert page.context["ticked"] == typed_in.get("contracts", [])


def test_a_rejection_needs_a_reason(nora: Client) -> None:
    reference = asked()

    assert "Dites pourquoi" in nora.post(f"/requests/{reference}/reject", {"reason": " "}).content.decode()
    nora.post(f"/requests/{reference}/reject", {"reason": "Client d’un autre opérateur"})

    page = nora.get(f"/requests/{reference}").content.decode()
    assert "rejetée" in page
    assert "Client d’un autre opérateur" in page


def test_who_asked_is_told_that_no_contract_was_found_unless_the_adviser_leaves_it(nora: Client) -> None:
    told, left = asked(), asked()
    assert 'name="answer" value="1" checked' in nora.get(f"/requests/{told}").content.decode()

    missing = nora.post(f"/requests/{told}/reject", {"reason": ""}).content.decode()
    nora.post(f"/requests/{told}/reject", {"reason": "Inconnu", "answer": "1"})
    nora.post(f"/requests/{told}/reject", {"reason": "Inconnu", "answer": "1"})
    nora.post(f"/requests/{left}/reject", {"reason": "Inconnu"})

    assert 'name="answer" value="1">' in missing
    assert answers() == [(told, "unfounded")]


def test_who_comes_second_learns_it(nora: Client, hugo: Client) -> None:
    reference = asked()
    nora.post(f"/requests/{reference}/reject", {"reason": "Inconnu"})

    for what, said in (("match", {"contracts": ["K-MOB-2"]}), ("reject", {"reason": "Inconnu"})):
        page = hugo.post(f"/requests/{reference}/{what}", said)
        assert page.status_code == 422
        assert "quelqu’un a été plus rapide" in page.content.decode()


def test_a_request_that_does_not_exist_has_no_page(nora: Client) -> None:
    for path in ("/requests/LC-0", "/requests/LC-0/proofs/1"):
        assert nora.get(path).status_code == 404
    assert nora.post("/requests/LC-0/match", {"contracts": ["K-MOB-2"]}).status_code == 404
    assert nora.post("/requests/LC-0/reject", {"reason": "x"}).status_code == 404


def test_a_proof_is_saved_and_never_opened(nora: Client, settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.SCAN = tmp_path, ""
    declared = typed(surname="Personne")
    file = documents.keep(b"%PDF-1.7", name="avis é.pdf", form=declared.form, at=clock.now() - timedelta(minutes=1))
    reference = asked(typed(form=declared.form, surname="Personne", proofs=(file,)))
    card = requests.by_reference(reference)
    assert card is not None
    path = f"/requests/{reference}/proofs/{card.proofs[0].id}"

    assert "non vérifié par l’antivirus" in nora.get(f"/requests/{reference}").content.decode()
    saved = nora.get(path)
    assert (saved.content, saved.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Content-Disposition"] == "attachment; filename*=utf-8''avis%20%C3%A9.pdf"
    assert nora.get(f"{path}0").status_code == 404
    (tmp_path / "documents" / file.place).unlink()
    assert nora.get(path).status_code == 404


def asked_with_a_reason(reason: str = "over_indebtedness") -> str:
    return asked(typed(reason=reason, reason_words="Dossier recevable"))


def test_the_day_shows_the_reasons_to_decide(nora: Client) -> None:
    reference = asked_with_a_reason()

    day, requests = nora.get("/"), nora.get("/requests")

    for page, reasons in ((day, day.context["lists"]["reasons"].rows), (requests, requests.context["reasons"].rows)):
        assert [card.reference for card in reasons] == [reference]
        assert "Motifs à trancher" in page.content.decode()


def test_a_reason_shows_its_proofs(nora: Client) -> None:
    page = nora.get(f"/requests/{asked_with_a_reason()}").content.decode()

    assert "La notification de recevabilité de la commission" in page
    assert "Une pièce d’identité, en cas de doute" in page
    assert "0 fichier accompagne la demande." in page
    assert "Aucune liste ne dit" in nora.get(f"/requests/{asked_of_another()}").content.decode()


def asked_of_another() -> str:
    return asked(typed(surname="Aubert", lines=("+33639980301",), reason="other"))


@pytest.mark.parametrize(
    ("typed_in", "sentence"),
    [
        ({"verdict": "accept", "note": "vu"}, "Indiquez le jour où la commission a reçu le dossier"),
        (
            {"verdict": "accept", "received_by_commission_on": "2008-05-01", "note": "vu"},
            "moins de trois mois avant ce jour",
        ),
        ({"verdict": "refuse", "note": " "}, "Dites pourquoi il est refusé"),
    ],
)
def test_a_decision_that_cannot_be_is_said_and_what_was_typed_stays(
    nora: Client, typed_in: dict[str, str], sentence: str
) -> None:
    reference, before = asked_with_a_reason(), facts()

    page = nora.post(f"/requests/{reference}/decide", typed_in)

    assert (page.status_code, facts()) == (422, before)
    assert sentence in page.content.decode()
    assert page.context["decision_note"] == typed_in["note"]
    assert page.context["commission_day"] == typed_in.get("received_by_commission_on", "")


def test_an_adviser_accepts_a_reason_once(nora: Client) -> None:
    reference = asked_with_a_reason()
    given = {"verdict": "accept", "received_by_commission_on": "2014-12-01", "note": "notification vue"}

    accepted = nora.post(f"/requests/{reference}/decide", given, follow=True).content.decode()

    assert "accepté" in accepted
    assert "dossier reçu par la commission le 1er décembre 2014" in accepted
    assert "notification vue" in accepted
    assert facts()[-1] == (
        f"{reference}/K-ADSL-1/decided",
        "contracts.reason_decided",
        "C-2001",
        "contract:K-ADSL-1",
    )
    again = nora.post(f"/requests/{reference}/decide", {"verdict": "refuse", "note": "non"})
    assert (again.status_code, "Il n’y a plus rien à trancher" in again.content.decode()) == (422, True)
    assert nora.get("/requests").context["reasons"].rows == ()
    assert "Décision sur le motif de départ" in nora.get("/customers/C-2001/thread").content.decode()


def test_an_adviser_refuses_a_reason(nora: Client, nobody: Client) -> None:
    reference = asked_with_a_reason("move_abroad")
    given = {"verdict": "refuse", "note": "bail à Bordeaux"}
    assert nobody.post(f"/requests/{reference}/decide", given).status_code == 403

    nora.post(f"/requests/{reference}/decide", given)

    page = nora.get(f"/requests/{reference}").content.decode()
    assert "bail à Bordeaux" in page
    assert "refusé" in page
    assert nora.post("/requests/LC-NONE-0000/decide", given).status_code == 404


def test_a_reason_waits_until_the_contract_is_known(nora: Client) -> None:
    assert "Il pourra être tranché quand le contrat sera connu." in nora.get(f"/requests/{asked()}").content.decode()
