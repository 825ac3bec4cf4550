"""What a customer finds on the form for ending contracts when one of them ends already, by whatever way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from space.leaving import opened, send

pytestmark = pytest.mark.django_db


def test_a_contract_that_a_letter_ends_is_named_and_cannot_be_ended_once_more(lenoir: Client) -> None:
    form = opened(lenoir)

    page: Any = lenoir.get(form)

    assert sorted(page.context["visit"].ending.items()) == [("K-ADSL-1", None)]
    assert "Ces contrats prennent déjà fin" in page.content.decode()
    assert "<li>contrat K-ADSL-1</li>" in page.content.decode()
    assert "Voir ou retirer vos demandes" not in page.content.decode()  # it was not asked for here
    refused = send(lenoir, form, {"contracts": ["K-ADSL-1"], "email": "l@example.org"})
    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, ["contracts"])
