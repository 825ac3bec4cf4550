"""Print a letter, or a whole batch of them, once more: lost, spoiled, or come back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from ligneclaire.channels.letter.address import postal_lines
from ligneclaire.channels.models import Printing
from ligneclaire.channels.queries import messages
from ligneclaire.channels.states import MessageState
from ligneclaire.facts.news import announce
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right, refuse_unless
from ligneclaire.people.queries import addressees


class PrintingUnexplained(Refused):
    """Whoever has something printed again says why."""


class NothingToPrint(Refused):
    """No such letter was printed, or it waits for the print house already."""


class NotToThatAddress(Refused):
    """The letter came back, and the customer's address was not confirmed since, or is another one."""


@transaction.atomic
def print_again(*, message: UUID | None, batch: str | None, reason: str, by: Actor, at: datetime) -> int:
    """Queue a letter, or those of a batch, for the next batch, as they left; return how many.

    Of a batch, letters that wait already and those that the post brought back stay as they are.
    """
    refuse_unless(by, may=Right.HANDLE_PAPER)
    if not reason.strip():
        raise PrintingUnexplained(message=message, batch=batch)
    if message:
        _check_address(message, at)
    meant = Q(message__uuid=message) if message else Q(batch__number=batch, message__state=MessageState.SENT)
    printed = Printing.objects.select_for_update(of=("self",)).filter(meant).order_by("message_id", "turn")
    known = {one.message_id: one for one in printed if one.batch_id}
    for uuid in _printings(known).filter(batch__isnull=True).values_list("message__uuid", flat=True):
        del known[uuid]
    if not known:
        raise NothingToPrint(message=message, batch=batch)
    Printing.objects.bulk_create(
        Printing(
            message_id=uuid,
            turn=turn + 1,
            reason=reason.strip()[:500],
            asked_at=at,
            asked_by=str(by),
            pages=known[uuid].pages,
        )
        for uuid, turn in _printings(known).values_list("message__uuid").annotate(Max("turn"))
    )
    announce(_printings(known).values_list("message__customer", flat=True).distinct())
    return len(known)


def _check_address(message: UUID, at: datetime) -> None:
    card = messages.by_uuid(message)
    if card is None or card.state != MessageState.RETURNED:
        return
    to = addressees.of([card.customer], on=at.date())[card.customer]
    if to.address_doubted_at or not to.address or postal_lines(to.address) != card.destination:
        raise NotToThatAddress(message=message)


def _printings(messages: Collection[UUID]) -> QuerySet[Printing]:
    return Printing.objects.filter(message__uuid__in=messages)
