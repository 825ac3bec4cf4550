"""Which entries of a thread are shown, as the address of the page says it, and what else one can choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from ligneclaire.cases.queries.cards import CaseCard
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.desk import words
from ligneclaire.people.rules.plain import plain
from ligneclaire.voice.queries.thread import ALL, Author, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to choose by."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What is chosen and can be; `query` is the end of an address that chooses the same, "" for everything."""

    fields: tuple[Field, ...]
    query: str
    found: int | None  # entries, where not everything is shown


def wanted(request: HttpRequest) -> Wanted:
    """What an address asks for; one that no screen of ours made leads nowhere."""
    chosen = {name: request.GET.get(name, "") for name in asdict(ALL)}
    if not all(value.isprintable() for value in chosen.values()):
        raise Http404
    return Wanted(**chosen)


def query_of(chosen: Wanted) -> str:
    """The end of an address that asks for it."""
    return urlencode({name: value for name, value in asdict(chosen).items() if value})


def sieve(
    chosen: Wanted,
    *,
    household: Iterable[Holding],
    cases: Iterable[CaseCard],
    authors: Iterable[Author],
    found: int | None,
) -> Sieve:
    """Put together what one can choose by for a customer."""
    contracts = [(one.contract, f"{one.offer_name}, {one.contract}") for one in household]
    matters = [(one.reference, f"{words.CASE_KINDS.get(one.kind, one.kind)}, {one.reference}") for one in cases]
    writers = [(one.key, one.name or str(words.AUTHORS.get(one.key, one.key))) for one in authors]
    groups = list(dict.fromkeys(_group(key) for key, _name in writers))
    writers.sort(key=lambda one: (groups.index(_group(one[0])), plain(one[1])))
    return Sieve(
        fields=(
            _field("channel", gettext("Way"), words.WAYS.items(), chosen.channel),
            _field("contract", gettext("Contract"), contracts, chosen.contract),
            _field("case", gettext("Case"), matters, chosen.case),
            _field("author", gettext("By"), writers, chosen.author),
        ),
        query=query_of(chosen),
        found=found,
    )


def _group(key: str) -> str:
    return key.partition(":")[0]


def _field(name: str, label: str, known: Iterable[tuple[str, str | Promise]], chosen: str) -> Field:
    options: Sequence[tuple[str, str | Promise]] = list(known)
    if chosen and chosen not in dict(options):
        options = [*options, (chosen, chosen)]  # so that the page shows why it is empty
    return Field(
        name=name,
        label=label,
        options=tuple(Option(value=key, text=str(text), is_chosen=key == chosen) for key, text in options),
    )
