"""A department's system brings something a customer needs: a case of its own, and the first that is said in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ligneclaire.cases.facts import CASE_OPENED, CONTACT_LOGGED
from ligneclaire.cases.queries import brought
from ligneclaire.channels.states import Medium
from ligneclaire.facts.record import record
from ligneclaire.facts.sql import named
from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.prepared import prepared
from ligneclaire.kernel.ref import Ref, reference_of, uuid_of
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless

SQL = named(Path(__file__).with_suffix(".sql"))


class CustomerUnknown(Refused):
    """There is no customer with this number."""


class BroughtOtherwise(Refused):
    """The department brought another content under this name: `differences` has both, by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a customer needs as a department's system heard it; `name` is its own name for it."""

    customer: str
    name: str
    medium: Medium
    text: str
    title: str = ""
    kind: str = ""
    severity: str = ""

    @property
    def words(self) -> str:
        """The first entry of the thread."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    def differences(self, earlier: Matter) -> dict[str, tuple[str, str]]:
        """What was brought otherwise before, by field: then and now."""
        pairs = {
            "customer": (earlier.customer, self.customer),
            "medium": (earlier.medium.value, self.medium.value),
            "title": (earlier.title, self.title),
            "kind": (earlier.kind, self.kind),
            "severity": (earlier.severity, self.severity),
            "text": (earlier.text, self.text),
        }
        return {name: (then, now) for name, (then, now) in pairs.items() if then != now}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The case that was opened now, and who owns it; or the one that was opened before."""

    reference: str
    is_new: bool
    owner: str = ""
    owner_name: str = ""


def bring_case(*, matter: Matter, by: Actor, at: datetime) -> Brought:
    """Open a case with its first entry, once for each name of a department; its owner is the customer's adviser.

    In the transaction of who calls it.
    """
    refuse_unless(by, may=Right.BRING_CASES)
    with connection.cursor() as cursor:
        cursor.execute(SQL["alone"], {"department": by.number, "name": matter.name, "customer": matter.customer})
    with prepared() as cursor:
        found = _look(cursor, matter, by)
        if not found.is_new:
            _refuse_other(matter, found.reference, by)
            return found
        if not found.owner:
            raise CustomerUnknown(customer=matter.customer)
        cursor.execute(SQL["bring"], _row(matter, found, by, at))
    record([_said(matter, found.reference, at)], by=by, at=at)
    opened = f"{found.reference}/opened/{at.isoformat()}"
    subject = f"{matter.customer}/{found.reference}"
    offer_events(events=[Event(kind=CASE_OPENED, source="cases", source_id=opened, subject=subject)], by=by, at=at)
    return found


def _look(cursor: CursorWrapper, matter: Matter, by: Actor) -> Brought:
    """The case that it is already, or the one that it becomes: under another reference where one is taken."""
    asked, salt = {"customer": matter.customer, "department": by.number, "name": matter.name}, 0
    while True:
        reference = reference_of("brought", by.number, matter.name, salt=salt)
        cursor.execute(SQL["look"], {**asked, "reference": reference})
        owner, owner_name, known, taken = cursor.fetchone()
        if known:
            return Brought(reference=known, is_new=False)
        if not taken:
            return Brought(reference=reference, is_new=True, owner=owner or "", owner_name=owner_name or "")
        salt += 1


def _refuse_other(matter: Matter, known: str, by: Actor) -> None:
    card = brought.one(known, department=by.number)
    earlier = Matter(
        customer=card.customer,
        name=card.name,
        medium=Medium(card.medium),
        text=card.text,
        title=card.title,
        kind=card.kind,
        severity=card.severity,
    )
    differences = matter.differences(earlier)
    if differences:
        raise BroughtOtherwise(case=known, name=matter.name, differences=differences)


def _row(matter: Matter, found: Brought, by: Actor, at: datetime) -> dict[str, str | datetime]:
    reference = found.reference
    return {
        "reference": reference,
        "customer": matter.customer,
        "subject": str(Ref("case", reference)),
        "owner": found.owner,
        "entry": _entry_of(reference),
        "medium": matter.medium.value,
        "text": matter.words,
        "department": by.number,
        "name": matter.name,
        "kind": matter.kind,
        "severity": matter.severity,
        "title": matter.title,
        "by": str(by),
        "at": at,
    }


def _said(matter: Matter, reference: str, at: datetime) -> Statement:
    return Statement(
        source="cases",
        source_id=_entry_of(reference),
        kind=CONTACT_LOGGED,
        customer=matter.customer,
        subject=str(Ref("case", reference)),
        value={"entry": _entry_of(reference), "medium": matter.medium.value},
        effective=None,
        at=at,
    )


def _entry_of(reference: str) -> str:
    return str(uuid_of("brought", reference))
