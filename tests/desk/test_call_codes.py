"""On a call, an adviser has a code sent and types what they hear; they never see it, and what they typed stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from desk.test_writing import words
from ligneclaire.channels.models import Entry
from ligneclaire.kernel import clock
from ligneclaire.people.models import CallCode, ContactPoint, IdentityCheck
from ligneclaire.people.rules.code import code_of

pytestmark = pytest.mark.django_db
LOG = "/customers/C-2001/log"
TYPED = {"medium": "call", "direction": "in", "text": "Demande la date."}


def typed(page: Any, **more: str) -> dict[str, str]:
    form = page.context["form"]
    hidden = {name: str(form[name].value() or "") for name in ("entry", "check", "code", "next_check")}
    return {**TYPED, **hidden, **more}


def digits() -> str:
    return code_of(CallCode.objects.get(ended_at=None).uuid, key=settings.SECRET_KEY)


def test_a_code_is_sent_compared_and_opens_the_record(nora: Client) -> None:
    page = nora.get(LOG)
    assert "Le code entendu" not in words(page)

    page = nora.post(LOG, typed(page, send_code="mobile"))
    assert page.status_code == 200
    assert "Le code entendu" in words(page)
    assert digits() not in page.content.decode()
    assert page.context["form"]["text"].value() == TYPED["text"]

    page = nora.post(LOG, typed(page, heard=digits()))  # Enter, without pressing a button
    assert "identité vérifiée" in words(page)
    assert "a lu le code que nous avions envoyé" in words(page)
    done = nora.post(LOG, typed(page))

    assert done.headers["Location"] == "/customers/C-2001"
    assert Entry.objects.get(text=TYPED["text"]).identity_check_id == IdentityCheck.objects.get().uuid


def test_what_is_wrong_is_said_and_five_times_wrong_is_recorded(nora: Client) -> None:
    page = nora.post(LOG, typed(nora.get(LOG), send_code="email"))
    wrong = f"{(int(digits()) + 1) % 1_000_000:06}"

    assert "Tapez le code entendu." in words(nora.post(LOG, typed(page, try_code="1")))
    for said in ("4 essais", "3 essais", "2 essais", "1 essai"):
        again = nora.post(LOG, typed(page, heard=wrong, try_code="1"))
        assert again.status_code == 422
        assert said in words(again)
    last = nora.post(LOG, typed(page, heard=wrong, try_code="1"))

    assert "Trop d’erreurs" in words(last)
    assert last.context["form"]["text"].value() == TYPED["text"]
    assert [check.proof for check in IdentityCheck.objects.all()] == ["FAILED"]
    assert "n’est plus valable" in words(nora.post(LOG, typed(page, heard=wrong, try_code="1")))


def test_why_none_is_sent(nora: Client) -> None:
    start = nora.get(LOG)
    ContactPoint.objects.filter(customer_id="C-2001", kind="MOBILE").update(changed_at=clock.now() - timedelta(days=2))

    changed = nora.post(LOG, typed(start, send_code="mobile"))
    assert changed.status_code == 422
    assert "pendant deux semaines, un code envoyé là ne prouve rien" in words(changed)
    ContactPoint.objects.filter(customer_id="C-2001", kind="EMAIL").update(verified=False, doubted_at=clock.now())
    assert "Un envoi en est revenu : un code envoyé là ne prouve rien" in words(
        nora.post(LOG, typed(start, send_code="email"))
    )
    ContactPoint.objects.filter(customer_id="C-2001", kind="EMAIL").delete()
    assert "Nous ne connaissons pas ce moyen" in words(nora.post(LOG, typed(start, send_code="email")))
    assert nora.post(LOG, typed(start, send_code="pigeon")).status_code == 404
    assert nora.post(LOG, typed(start, send_code="email", person=str(uuid4()))).status_code == 404
    assert CallCode.objects.count() == 0


def test_three_codes_are_enough_for_a_quarter_of_an_hour(nora: Client) -> None:
    start = nora.get(LOG)
    for _ in range(3):
        nora.post(LOG, typed(start, send_code="mobile"))

    refused = nora.post(LOG, typed(start, send_code="mobile"))

    assert refused.status_code == 422
    assert "Trois codes sont partis en un quart d’heure" in words(refused)
    assert CallCode.objects.count() == 3


def test_it_is_not_among_what_an_adviser_says_by_hand(nora: Client) -> None:
    page = nora.get(LOG)

    assert "CODE" not in dict(page.context["form"].fields["proof"].choices)
    assert nora.post(LOG, typed(page, proof="CODE")).status_code == 422
    assert IdentityCheck.objects.count() == 0
