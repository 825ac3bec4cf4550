"""A line that a customer does not want after all is given back, with what was kept for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.end_line import end_line
from ligneclaire.network.actions.release_resource import TakenAlong, release_resource
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.states import Technology


@transaction.atomic
def give_back_line(*, contract: str, place: str, because: str, by: Actor, at: datetime) -> str:
    """Return the code of the newest line by wire, ended if it is at that place and not the only one; else nothing.

    Its number, which was never in use, is free at once.
    """
    there = [line for line in lines.going_on(contract) if line.technology is not Technology.MOBILE]
    if there[1:] and lines.is_at(there[-1], place):
        line = there[-1].code
        for resource in resources.had_by(line, at=at):
            release_resource(line=line, resource=resource, because=because, by=by, at=at)
        end_line(line=line, ended_on=at.date(), number_rests=TakenAlong(), because=because, by=by, at=at)
        return line
    return ""
