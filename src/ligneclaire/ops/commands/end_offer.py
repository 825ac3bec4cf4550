"""`ligneclaire end-offer OFFER --on DAY`."""

from __future__ import annotations

from datetime import date, datetime

import click
from django.db import transaction

from ligneclaire.contracts.actions.end_contracts import Ended, end_contracts
from ligneclaire.contracts.queries import holders
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.printing import refusals

AT_ONCE = 2_000  # so few that live news of these customers waits only a moment


@click.command("end-offer")
@click.argument("offer")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Last day of the contracts.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would happen.")
def command(*, offer: str, day: datetime, dry_run: bool) -> None:
    """End every contract on an offer: each gets its plan, each customer is told in one message.

    At least a month's notice is needed. An interrupted run is simply run again; what was ended is known then.
    """
    contracts = _all_of(offer)
    if not contracts:
        raise click.ClickException(f"there is no contract on the offer {offer}")
    done = _end(contracts, offer, day.date(), dry_run=dry_run)
    would = "would " if dry_run else ""
    click.echo(f"{done.new:,} contracts {would}end on {day.date()}, {done.before:,} did already")
    if done.leaving:
        click.echo(f"{done.leaving:,} contracts {would}end on their own day")


def _all_of(offer: str) -> list[str]:
    found: list[str] = []
    while part := holders.on_offer(offer, after=found[-1] if found else "", limit=50_000):
        found += part
    return found


def _end(contracts: list[str], offer: str, day: date, *, dry_run: bool) -> Ended:
    name, done = f"offer-ends/{offer}", Ended(new=0, before=0, leaving=0)
    with refusals():
        for start in range(0, len(contracts), AT_ONCE):
            part = contracts[start : start + AT_ONCE]
            with transaction.atomic():
                done += end_contracts(contracts=part, ends_on=day, name=name, by=SYSTEM, at=clock.now())
                transaction.set_rollback(dry_run)
    return done
