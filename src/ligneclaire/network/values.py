"""What an import says of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ligneclaire.network.states import Condition, ResourceKind, Seen, SiteKind, Technology


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEntry:
    """A place where lines come together."""

    code: str
    kind: SiteKind
    commune: str
    territory: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceEntry:
    """A resource, its code as `read_code` returns it."""

    code: str
    kind: ResourceKind
    site: str | None = None
    condition: Condition = Condition.USABLE
    wear: int = 0
    imsi: str = ""
    imei: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """A line at a place."""

    code: str
    customer: str
    contract: str
    technology: Technology
    since: date
    until: date | None = None
    place: str = ""
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingEntry:
    """A line has a resource since an instant; without a line somebody unknown has it."""

    resource: str
    line: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationEntry:
    """What the network sees of a resource, and which number answers on it, if any."""

    resource: str
    number: str
    seen: Seen
