"""`ligneclaire mode [live|shadow|stop]`."""

from __future__ import annotations

import click

from ligneclaire.kernel import clock
from ligneclaire.ops.printing import instant, refusals, someone, zone
from ligneclaire.voice.actions.set_mode import set_mode
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import Mode

MEANS = {
    Mode.LIVE: "what is decided leaves",
    Mode.SHADOW: "everything is proposed, nothing leaves",
    Mode.STOP: "nothing leaves, nothing is proposed",
}


@click.command
@click.argument("mode", type=click.Choice([mode.value for mode in Mode]), required=False)
@click.option("--reason", help="Why; others will read it.")
@click.option("--by", metavar="ADVISER", help="Who says so, as in A-1; the system unless given.")
def command(*, mode: str | None, reason: str | None, by: str | None) -> None:
    """Show how much the voice may do, or change it at once for everybody.

    live: what is decided leaves.

    shadow: everything is proposed, nothing leaves.

    stop: nothing is proposed, and nothing leaves any more once this command has returned.
    """
    at = clock.now()
    if mode is None:
        click.echo(_current())
        return
    if not (reason or "").strip():
        raise click.UsageError("say why: --reason")
    with refusals():
        changed = set_mode(mode=Mode(mode), reason=str(reason), by=someone(by), at=at)
    click.echo(_current() if changed else f"Nothing changed. {_current()}")


def _current() -> str:
    change = rules.last_change(clock.now())
    if change is None:
        return f"live: {MEANS[Mode.LIVE]}. It was never changed."
    return f"{change.mode}: {MEANS[change.mode]}. Since {instant(change.at, zone())}, by {change.by}: {change.reason}"
