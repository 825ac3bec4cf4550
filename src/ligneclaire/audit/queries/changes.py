"""What was changed of settings and of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ligneclaire.audit.models import Change
from ligneclaire.audit.states import ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCard:
    """One change; `before` is None of what is new, `after` of what is gone."""

    at: datetime
    by: str
    kind: ChangeKind
    about: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which changes are meant: of a kind, by somebody, about something, from an instant until before another."""

    kind: ChangeKind | None = None
    by: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


def newest(wanted: Filter, *, limit: int | None = None, skip: int = 0) -> tuple[ChangeCard, ...]:
    """The changes that are meant, the last ones first."""
    rows = _meant(wanted).order_by("-at", "-id")[skip : None if limit is None else skip + limit]
    return tuple(
        ChangeCard(at=row.at, by=row.by, kind=ChangeKind(row.kind), about=row.about, before=row.before, after=row.after)
        for row in rows
    )


def count(wanted: Filter) -> int:
    """How many changes are meant."""
    return _meant(wanted).count()


def people() -> tuple[str, ...]:
    """Everybody who ever changed something."""
    return tuple(Change.objects.order_by("by").values_list("by", flat=True).distinct())


def _meant(wanted: Filter) -> QuerySet[Change]:
    rows = Change.objects.all()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.by:
        rows = rows.filter(by=wanted.by)
    if wanted.about:
        rows = rows.filter(about__icontains=wanted.about)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    return rows
