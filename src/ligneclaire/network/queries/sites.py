"""Sites, and what is free there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from psycopg.types.range import TimestamptzRange

from ligneclaire.network.models import Assignment, Resource, Site
from ligneclaire.network.states import Condition, ResourceKind, SiteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCard:
    """A place where lines come together."""

    code: str
    kind: SiteKind
    commune: str
    territory: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """A resource that can be given, and how worn it is."""

    code: str
    kind: ResourceKind
    wear: int


def card(code: str) -> SiteCard | None:
    """A site by its code."""
    row = Site.objects.filter(code=code).first()
    if row is None:
        return None
    return SiteCard(
        code=row.code,
        kind=SiteKind(row.kind),
        commune=row.commune,
        territory=row.territory_id,
        parent=row.parent_id or "",
    )


def free(site: str, *, at: datetime, limit: int | None = None) -> tuple[Free, ...]:
    """What can be given at a site from an instant on, by kind, the best first."""
    rows = _free(site, at).order_by("kind", "wear", "code")[:limit]
    return tuple(Free(code=row.code, kind=ResourceKind(row.kind), wear=row.wear) for row in rows)


def counted(site: str) -> dict[ResourceKind, int]:
    """How many resources of each kind there are at a site, free or not."""
    rows = Resource.objects.filter(site_id=site).values_list("kind").annotate(count=Count("pk")).order_by("kind")
    return {ResourceKind(kind): count for kind, count in rows}


def counted_free(site: str, *, at: datetime) -> dict[ResourceKind, int]:
    """How many of each kind can be given at a site from an instant on."""
    rows = _free(site, at).values_list("kind").annotate(count=Count("pk")).order_by("kind")
    return {ResourceKind(kind): count for kind, count in rows}


def hanging_on(site: str, *, limit: int) -> tuple[str, ...]:
    """The sites that hang on a site."""
    return tuple(Site.objects.filter(parent__code=site).order_by("code").values_list("code", flat=True)[:limit])


def _free(site: str, at: datetime) -> QuerySet[Resource]:
    held = Assignment.objects.filter(resource_id=OuterRef("code"), during__overlap=TimestamptzRange(at, None))
    return Resource.objects.filter(~Exists(held), site_id=site, condition=Condition.USABLE, is_held=False)
