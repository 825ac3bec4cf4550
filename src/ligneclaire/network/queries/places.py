"""What a text may name in the network: a line, a resource or a site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, Model, Value

from ligneclaire.network.models import Line, Resource, Site
from ligneclaire.network.rules.codes import NotACode, read_code
from ligneclaire.network.states import ResourceKind

SPELLED = (ResourceKind.PAIR, ResourceKind.PATH, ResourceKind.NUMBER)
KINDS: tuple[tuple[type[Model], str], ...] = ((Line, "line"), (Resource, "resource"), (Site, "site"))
LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is meant: `kind` is "line", "resource" or "site"."""

    kind: str
    code: str


def named(text: str, *, region: str) -> Place | None:
    """The one that a text names in any spelling; a line before a resource before a site."""
    codes = set(_codes(text, region))
    if not codes:
        return None
    lines, resources, sites = (
        model._default_manager.filter(code__in=codes)  # noqa: SLF001 - Django's own name
        .annotate(turn=Value(turn), what=Value(kind, output_field=CharField()))
        .values_list("turn", "what", "code")
        for turn, (model, kind) in enumerate(KINDS)
    )
    first = next(iter(lines.union(resources, sites).order_by("turn", "code")), None)
    return Place(kind=first[1], code=first[2]) if first else None


def _codes(text: str, region: str) -> Iterator[str]:
    written = text.strip()
    if not 0 < len(written) <= LONGEST:
        return
    yield written
    for kind in SPELLED:
        try:
            yield read_code(kind, written, region=region)
        except NotACode:
            continue
