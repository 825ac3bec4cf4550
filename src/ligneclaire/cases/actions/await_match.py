"""An e-mail or a text message of which nobody knows whose it is waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ligneclaire.cases.models import UnmatchedMail
from ligneclaire.cases.rules.matching import Matter, meant
from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.people.queries import owners

NEWS = "mail"  # of nobody yet: pages that look at everybody draw again


def await_match(*, mail: UUID, named: Matter | None, writers: Iterable[str], by: Actor, at: datetime) -> None:
    """Put it before an owner, with those who may be meant. Raises `NoAdviser` before a world was imported."""
    suggested = meant(named, writers)
    UnmatchedMail.objects.create(
        mail_id=mail,
        owner_id=owners.of_news(next(iter(suggested), None)),
        case=named.case if named else "",
        customers=list(suggested),
        since=at,
    )
    announce([NEWS])
