"""An adviser matches or rejects what a machine could not, and proofs come with a request or after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import a_world
from contracts.leaving import GUEST, NOON, NORA, a_file, a_form, facts, typed
from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.attach_proof import RequestClosed, TooManyProofs, attach_proof
from ligneclaire.contracts.actions.forget_drafts import forget_drafts
from ligneclaire.contracts.actions.keep_draft import TooManyForms, keep_draft
from ligneclaire.contracts.actions.reject_request import ReasonMissing, reject_request
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.contracts.actions.settle_request import (
    ContractUnknown,
    NothingToMatch,
    SeveralCustomers,
    settle_request,
)
from ligneclaire.contracts.queries import drafts, matches, requests
from ligneclaire.contracts.values import Declaration
from ligneclaire.facts.models import Fact

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def waiting(declared: Declaration | None = None) -> str:
    nobody = typed(surname="Personne", lines=("+33639980201",))
    return request_termination(declared=declared or nobody, by=GUEST, at=NOON).reference


def card_of(reference: str) -> requests.RequestCard:
    card = requests.by_reference(reference)
    assert card is not None
    return card


def test_a_match_counts_from_the_day_on_which_the_request_came() -> None:
    reference = waiting()

    settle_request(reference=reference, contracts=["K-MOB-31"], by=NORA, at=LATER)

    card = card_of(reference)
    assert (card.state, card.customer, card.closed_by_name) == ("taken", "C-3001", "Nora Benali")
    assert facts() == [(f"{reference}/K-MOB-31", "termination.requested", "C-3001", "contract:K-MOB-31")]
    assert list(Fact.objects.values_list("at", "recorded_at", "by")) == [(NOON, LATER, "adviser:A-1")]


def test_a_match_adds_to_what_was_found() -> None:
    reference = waiting(typed(lines=("+33536490201", "+33199000999")))

    settle_request(reference=reference, contracts=["K-ADSL-1", "K-MOB-2"], by=NORA, at=LATER)

    assert sorted((end.contract, end.state) for end in card_of(reference).ends) == [
        ("K-ADSL-1", "open"),
        ("K-MOB-2", "open"),
    ]
    assert len(facts()) == 2


def test_a_match_is_refused_for_no_contract_several_customers_and_a_second_time() -> None:
    reference, found = waiting(), waiting(typed(lines=("+33536490201", "+33199000999")))

    for contracts in ([], ["K-9"], ["K-ADSL-1", "K-9"]):
        with pytest.raises(ContractUnknown):
            settle_request(reference=reference, contracts=contracts, by=NORA, at=LATER)
    with pytest.raises(SeveralCustomers):
        settle_request(reference=reference, contracts=["K-FIX-3", "K-MOB-31"], by=NORA, at=LATER)
    with pytest.raises(SeveralCustomers):
        settle_request(reference=found, contracts=["K-MOB-31"], by=NORA, at=LATER)
    assert (card_of(reference).state, len(facts())) == ("waiting", 1)
    settle_request(reference=reference, contracts=["K-MOB-31"], by=NORA, at=LATER)
    with pytest.raises(NothingToMatch):
        settle_request(reference=reference, contracts=["K-MOB-31"], by=NORA, at=LATER)
    with pytest.raises(NothingToMatch):
        reject_request(reference=reference, reason="trop tard", by=NORA, at=LATER)
    assert len(facts()) == 2


def test_a_rejection_needs_a_reason_and_keeps_it() -> None:
    reference = waiting()

    with pytest.raises(ReasonMissing):
        reject_request(reference=reference, reason=" ", by=NORA, at=LATER)
    assert card_of(reference).state == "waiting"
    reject_request(reference=reference, reason=" Client d'un autre opérateur ", by=NORA, at=LATER)

    card = card_of(reference)
    assert (card.state, card.note, card.closed_at) == ("rejected", "Client d'un autre opérateur", LATER)
    assert facts() == []


def test_what_was_found_ends_although_the_rest_is_rejected() -> None:
    reference = waiting(typed(lines=("+33536490201", "+33199000999")))

    reject_request(reference=reference, reason="Deuxième ligne inconnue", by=NORA, at=LATER)

    assert (card_of(reference).state, len(facts())) == ("taken", 1)


def test_an_adviser_sees_what_a_request_may_mean_whatever_the_name() -> None:
    assert [one.contract for one in matches.near(["+33639980201"], "K-MOB-31, c-5001")] == [
        "K-MOB-31",
        "K-MOB-2",
        "K-FIX-51",
    ]


def test_a_proof_comes_after_the_request_five_at_most() -> None:
    reference = waiting()

    for number in (1, 1, 2, 3, 4, 5):
        attach_proof(reference=reference, file=a_file(sha256=str(number) * 64), by=GUEST, at=LATER)
    with pytest.raises(TooManyProofs):
        attach_proof(reference=reference, file=a_file(sha256="6" * 64), by=GUEST, at=LATER)

    assert len(card_of(reference).proofs) == 5
    reject_request(reference=reference, reason="Inconnu", by=NORA, at=LATER)
    with pytest.raises(RequestClosed):
        attach_proof(reference=reference, file=a_file(sha256="7" * 64), by=GUEST, at=LATER)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"\x00\x00\x00\x18ftypmp42", None),
        (b"MZ\x90\x00", None),
        (b"<html>%PDF-", None),
        (b"", None),
    ],
)
def test_what_a_file_is_stands_in_its_first_bytes(content: bytes, kind: str | None) -> None:
    assert documents.kind_of(content) == kind


def test_a_proof_is_kept_once_under_what_it_is(settings: Any, tmp_path: Path) -> None:
    settings.VAR, form = tmp_path, a_form()

    kept = documents.keep(b"%PDF-1.7", name="C:\\fakepath\\photo.png", form=form, at=NOON)
    documents.keep(b"%PDF-1.7", name="again.pdf", form=form, at=NOON)

    assert (kept.name, kept.kind, kept.size, kept.scan) == ("photo.png", "pdf", 8, "unchecked")
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*.*"))] == [f"documents/{kept.place}"]
    documents.forget([form])
    assert list((tmp_path / "documents").iterdir()) == []


@pytest.mark.parametrize(
    ("command", "scan"),
    [("true", "clean"), ("sh -c 'exit 2'", "unchecked"), ("/no/such/scanner", "unchecked"), ("", "unchecked")],
)
def test_a_scanner_that_cannot_say_leaves_a_mark(settings: Any, tmp_path: Path, command: str, scan: str) -> None:
    settings.VAR, settings.SCAN = tmp_path, command

    assert documents.keep(b"%PDF-1.7", name="a.pdf", form=a_form(), at=NOON).scan == scan


def test_a_scanner_that_takes_too_long_leaves_a_mark(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR, settings.SCAN = tmp_path, "sh -c 'sleep 5'"
    monkeypatch.setattr(documents, "SECONDS", 0.1)

    assert documents.keep(b"%PDF-1.7", name="a.pdf", form=a_form(), at=NOON).scan == "unchecked"


@pytest.mark.parametrize(
    ("content", "command", "refusal"),
    [
        (b"MZ", "true", documents.NotAProof),
        (b"%PDF-" + b"x" * documents.LARGEST, "true", documents.TooLarge),
        (b"%PDF-1.7", "false", documents.Infected),
    ],
)
def test_nothing_stays_of_a_file_that_is_refused(
    settings: Any, tmp_path: Path, content: bytes, command: str, refusal: type[Exception]
) -> None:
    settings.VAR, settings.SCAN = tmp_path, command

    with pytest.raises(refusal):
        documents.keep(content, name="a.pdf", form=a_form(), at=NOON)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_draft_is_kept_a_day_and_then_forgotten_with_its_files() -> None:
    sent, left = typed(), a_form()
    for form in (sent.form, left):
        keep_draft(form=form, content={"surname": "L"}, customer="", sender="s", by=GUEST, at=NOON)
    request_termination(declared=sent, by=GUEST, at=NOON)

    assert forget_drafts(by=GUEST, at=NOON + timedelta(days=1)) == ()
    assert drafts.of(left) == drafts.DraftCard(content={"surname": "L"}, customer="")
    assert forget_drafts(by=GUEST, at=NOON + timedelta(days=1, seconds=1)) == (left,)
    assert (drafts.of(left), drafts.of(sent.form)) == (None, None)


def test_an_address_begins_sixty_forms_an_hour_at_most_and_may_go_on_with_one() -> None:
    forms = [a_form() for _ in range(60)]
    for form in forms:
        keep_draft(form=form, content={}, customer="", sender="s", by=GUEST, at=NOON)

    with pytest.raises(TooManyForms):
        keep_draft(form=a_form(), content={}, customer="", sender="s", by=GUEST, at=NOON)

    keep_draft(form=forms[0], content={"surname": "L"}, customer="", sender="s", by=GUEST, at=NOON)
    assert drafts.of(forms[0]) == drafts.DraftCard(content={"surname": "L"}, customer="")


def test_a_request_is_read_back_with_its_instant_in_any_zone() -> None:
    card = card_of(waiting())

    assert card.received_at == datetime.fromisoformat("2026-11-20T11:00:00+00:00")
    assert card.name == "Anne Personne"
    assert [one.reference for one in requests.of_customer("C-2001")] == []
