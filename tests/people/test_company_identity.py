from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.sign_in_by_company import NobodysIdentity, sign_in_by_company
from ligneclaire.people.models import CompanyIdentity

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
ISSUER, EMAIL = "https://login.company.example", "nora.benali@ligneclaire.example"


def comes(email: str = "") -> int:
    return sign_in_by_company(issuer=ISSUER, subject="n-1", email=email, by=SYSTEM, at=NOW)


def test_an_account_that_is_closed_here_is_closed_to_its_identity_too() -> None:
    a_world()
    user = give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=NOW).user
    assert comes(EMAIL) == user.pk == comes()

    User.objects.update(is_active=False)

    with pytest.raises(NobodysIdentity):
        comes(EMAIL)
    assert CompanyIdentity.objects.count() == 1
