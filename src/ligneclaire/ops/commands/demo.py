"""Everything at once on this machine: database, server, worker, and a small operator to look at."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta

import click
from django.conf import settings
from django.core.management import call_command

from ligneclaire.kernel import clock
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.ops import database, postgres
from ligneclaire.ops.supervisor import Part, PartFailed, run_together
from ligneclaire.simulation import demo, workday
from ligneclaire.simulation.replay import Deliver

PORTS_TRIED = 20
CUSTOMER, NUMBER = "lenoir@example.org", "C-2001"
ANSWERS_TO = "reponse@mail.operator.example"
SCAN, WRITTEN = "letter-to-scan.png", "written.json"
SUPERVISES, VISITS = ", who also looks after the others", ", the technician, on a phone"
PRICES = {"LETTER_PRICE": "1.39", "PAGE_PRICE": "0.05", "REGISTERED_PRICE": "5.74"}  # of no print house in particular
STORIES = settings.PACKAGE.parents[1] / "stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a demo is told again when it is started again."""

    days: int  # by which its clock differs
    password: str


@click.command
@click.option("--reset", is_flag=True, envvar="RESET", help="Forget the last demo first (RESET=1).")
@click.option("--port", type=click.IntRange(1, 65535), default=lambda: settings.PORT, help="First port to try.")
@click.pass_obj
def command(deliver: Deliver, *, reset: bool, port: int) -> None:
    """Run the demo until Ctrl-C."""
    # Its people are invented: nobody is written to.
    os.environ["LIGNECLAIRE_SMTP_URL"], settings.SMTP = "", None
    os.environ["LIGNECLAIRE_SMPP_URL"], settings.SMPP = "", None
    os.environ["LIGNECLAIRE_REPLY_ADDRESS"] = settings.REPLY_ADDRESS = ANSWERS_TO
    if reset:
        _forget()
    attachment = postgres.attach(settings.VAR, programs_in=settings.POSTGRES_BIN)
    database.use(attachment.url)
    click.echo("Preparing the database ...")
    call_command("migrate", interactive=False, verbosity=0)
    kept = _kept()
    accounts = _fill(kept, deliver)
    workday.put_down_a_scan(settings.VAR / SCAN, customer=NUMBER)
    port = _free(port)
    mail_port = _free(port + 1)
    logs = settings.VAR / "log"
    logs.mkdir(parents=True, exist_ok=True)
    os.environ["LIGNECLAIRE_DEMO"] = "1"
    os.environ["LIGNECLAIRE_SITE"] = settings.SITE = f"http://localhost:{port}"
    os.environ["LIGNECLAIRE_LMTP"] = f"127.0.0.1:{mail_port}"
    os.environ.setdefault("LIGNECLAIRE_SECOND_FACTOR", "off")
    for name, price in PRICES.items():
        os.environ.setdefault(f"LIGNECLAIRE_{name}", price)
    parts = [
        Part(arguments=("serve", "--port", str(port)), log=logs / "serve.log"),
        Part(arguments=("worker",), log=logs / "worker.log"),
        Part(arguments=("mail",), log=logs / "mail.log"),
    ]
    try:
        with _customers_who_write(mail_port):
            run_together(parts, port=port, on_ready=lambda: _announce(port, accounts, kept), revive=attachment.revive)
    except PartFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo("Stopped.")


def _kept() -> Kept:
    """The password and the day of the last demo, or new ones when there is none."""
    place = settings.VAR / "demo.json"
    if place.exists() and demo.is_prepared():
        return Kept(**json.loads(place.read_text()))
    days = demo.days_ahead(clock.now() - timedelta(days=settings.CLOCK_SHIFT_DAYS), calendar=Calendar())
    kept = Kept(days=days, password=secrets.token_urlsafe(6))
    place.touch(mode=0o600)
    place.write_text(json.dumps(asdict(kept)))
    return kept


def _fill(kept: Kept, deliver: Deliver) -> Sequence[demo.Account]:
    """Put the demo's operator and stories into the database, once, and live on its day from now on."""
    if not STORIES.is_dir():
        raise click.ClickException(f"The demo tells the stories of the repository, which are not in {STORIES}.")
    clock.shift_by(timedelta(days=kept.days))
    os.environ["LIGNECLAIRE_CLOCK_SHIFT_DAYS"] = str(kept.days)
    try:
        return demo.prepare(
            world=STORIES / "operator.json",
            stories=STORIES,
            password=kept.password,
            deliver=deliver,
            at=clock.now(),
        )
    except demo.StoryRefused as refused:
        raise click.ClickException(f"The last demo was left half filled; start with RESET=1. {refused}") from None


@contextmanager
def _customers_who_write(port: int) -> Iterator[None]:
    stop = threading.Event()
    how = {"host": "127.0.0.1", "port": port, "kept": settings.VAR / WRITTEN, "stop": stop}
    writing = threading.Thread(target=workday.let_write, args=(STORIES,), kwargs=how)
    writing.start()
    try:
        yield
    finally:
        stop.set()
        writing.join()


def _forget() -> None:
    try:
        postgres.wipe(settings.VAR, programs_in=settings.POSTGRES_BIN)
    except postgres.PostgresUnavailable as in_use:
        raise click.ClickException(str(in_use)) from None
    for name in ("outbox", "mail", "log"):
        shutil.rmtree(settings.VAR / name, ignore_errors=True)
    for name in ("demo.json", WRITTEN, SCAN):
        (settings.VAR / name).unlink(missing_ok=True)


def _free(first: int) -> int:
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"No free port from {first} to {first + PORTS_TRIED - 1}.")


def _announce(port: int, accounts: Sequence[demo.Account], kept: Kept) -> None:
    click.echo(f"Ligne Claire is ready: http://127.0.0.1:{port}/   (Ctrl-C stops it)")
    click.echo(f"  For the demo it is {clock.now().astimezone(demo.PARIS):%A, %d %B %Y}; nothing reaches anybody.")
    click.echo(f"  Log in with the password {kept.password} as:")
    for account in (one for one in accounts if not one.is_clerk):
        click.echo(
            f"    {account.username:<8} {account.name}{SUPERVISES * account.supervises}{VISITS * account.makes_visits}"
        )
    click.echo("  or, to state facts by hand, as a department:")
    for account in (one for one in accounts if one.is_clerk):
        click.echo(f"    {account.username:<21} {account.name}")
    click.echo(f"  A letter to hand in as a scan lies in {settings.VAR / SCAN}; customers write in the first minutes.")
    click.echo(f"  Customers are at http://localhost:{port}/espace/ and need no password: sign in as {CUSTOMER};")
    click.echo(f"  the code is put down in {settings.OUTBOX / 'email'}.")
