"""Which of these names the records know, for lists that refer to them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model

from ligneclaire.network.models import Line, Resource, Site
from ligneclaire.people.models import Customer, Territory

NAMED_BY: dict[str, tuple[type[Model], str]] = {
    "site": (Site, "code"),
    "resource": (Resource, "code"),
    "line": (Line, "code"),
    "territory": (Territory, "code"),
    "customer": (Customer, "number"),
}


def known(kind: str, names: Collection[str]) -> set[str]:
    """Those that exist."""
    model, key = NAMED_BY[kind]
    rows = model._default_manager.filter(**{f"{key}__in": names})  # noqa: SLF001 - Django's own name
    return set(rows.values_list(key, flat=True))
