"""django-helpdesk beside us, in the same run: the same server, the same PostgreSQL, the same readers and writers.

It is no dependency of ours: it is installed into an interpreter of its own when this part is asked for.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import sleep
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from psycopg import sql

from bench.__main__ import HERE, Figure
from bench.doors import CLIENTS, over_http
from bench.pages import READERS, give_account, logged_in, paced, serving
from ligneclaire.api.tickets import PLACE
from ligneclaire.config.env import environment
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops import postgres
from ligneclaire.people.actions.give_token import give_token

PEER = "django-helpdesk==2.6.1"
NEEDED = (PEER, "psycopg[binary]", "granian")
NAME = "helpdesk"
THREADS = "8"  # that it answers with, in one process as ours
WORDS = "Ma box clignote en rouge depuis hier soir et je ne peux plus téléphoner."
RUN = uuid4().hex[:8]
FOLLOW_UPS = 100


def measure(*, customers: int, calls: int, at: datetime) -> list[Figure]:
    """Create tickets at several numbers of clients and read a page with eight readers: theirs, then ours."""
    python = _installed()
    with _site(python) as (port, session):
        theirs = {clients: _submitted(port, clients, calls) for clients in CLIENTS}
        page, pages = paced(port, "/tickets/1/", {"Cookie": f"sessionid={session}"})
    give_account(at)
    with serving() as port:
        ours = {clients: _brought(port, clients, calls, customers, at) for clients in CLIENTS}
        our_page, our_pages = paced(port, "/customers/L-0", {"Cookie": logged_in(port)})
    figures = []
    for clients in CLIENTS:
        made, slowest = ours[clients]
        beside, their_slowest = theirs[clients]
        figures.append(
            Figure(
                what=f"cases with their first message by API, {clients} clients (p95 {slowest * 1000:.0f} ms)",
                value=made,
                unit="cases/s",
                baseline=f"{PEER}: {beside:.0f} tickets/s (p95 {their_slowest * 1000:.0f} ms)",
                ratio=made / beside,
            )
        )
    return [
        *figures,
        Figure(
            what=f"customer page, {READERS} readers (p95 {our_page * 1000:.0f} ms)",
            value=our_pages,
            unit="pages/s",
            baseline=f"its page of a ticket with {FOLLOW_UPS} entries: {pages:.1f} pages/s (p95 {page * 1000:.0f} ms)",
            ratio=our_pages / pages,
        ),
    ]


def _installed() -> Path:
    place = environment().var / "helpdesk"
    python = place / "bin" / "python"
    if not python.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(place)], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *NEEDED], check=True)
    return python


@contextmanager
def _site(python: Path) -> Iterator[tuple[int, str]]:
    variables = os.environ | _database() | {"PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "bench.helpdesk_site"}
    variables |= {"HELPDESK_WORDS": WORDS, "HELPDESK_FOLLOW_UPS": str(FOLLOW_UPS)}
    prepare = [str(python), "-m", "bench.helpdesk_prepare"]
    session = subprocess.run(prepare, env=variables, check=True, cwd=HERE, stdout=subprocess.PIPE).stdout.decode()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    served = ["bench.helpdesk_wsgi:application", "--interface", "wsgi", "--workers", "1", "--blocking-threads", THREADS]
    process = subprocess.Popen(
        [str(python.with_name("granian")), *served, "--port", str(port)],
        env=variables,
        cwd=HERE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with suppress(OSError):
                if _asked(port, "/tickets/submit/").status == http.client.OK:
                    break
            sleep(0.1)
        yield port, session
    finally:
        process.terminate()
        process.wait(20)


def _database() -> dict[str, str]:
    """A database of its own on our server."""
    url = environment().database_url or postgres.attach(environment().var).url
    with psycopg.connect(url, autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        known = {"host": owner.info.host, "port": str(owner.info.port), "user": owner.info.user}
        known |= {"name": NAME, "password": owner.info.password}
    return {f"HELPDESK_{name.upper()}": value for name, value in known.items()}


def _submitted(port: int, clients: int, calls: int) -> tuple[float, float]:
    """By the form that it offers to customers."""
    first = _asked(port, "/tickets/submit/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', first.text)
    assert token
    headers = {"Cookie": first.cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def submit(number: int, caller: http.client.HTTPConnection) -> None:
        form = {"csrfmiddlewaretoken": token[1], "queue": "1", "title": f"Box {number}", "body": WORDS, "priority": "3"}
        form |= {"submitter_email": f"exemple{number}@example.org"}
        caller.request("POST", "/tickets/submit/", urlencode(form), headers)
        _read(caller, http.client.FOUND)

    return over_http(port, clients, list(range(calls)), submit)


def _brought(port: int, clients: int, calls: int, customers: int, at: datetime) -> tuple[float, float]:
    token = give_token(department="mailroom", by=SYSTEM, at=at)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def bring(number: int, caller: http.client.HTTPConnection) -> None:
        ticket = {
            "externalId": f"{RUN}-{clients}-{number}",
            "relatedParty": [{"id": f"L-{number % customers}", "role": "customer"}],
            "channel": {"name": "email"},
            "name": f"Box {number}",
            "description": WORDS,
        }
        caller.request("POST", f"/api{PLACE}", json.dumps(ticket), headers)
        _read(caller, http.client.CREATED)

    return over_http(port, clients, list(range(calls)), bring)


def _read(caller: http.client.HTTPConnection, expected: int) -> None:
    response = caller.getresponse()
    body = response.read()
    if response.status != expected:
        raise RuntimeError(f"answered {response.status}: {body[:300]!r}")


class _Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.text = response.status, response.read().decode(errors="replace")
        sent = response.headers.get_all("Set-Cookie") or []
        self.cookies = "; ".join(cookie.partition(";")[0] for cookie in sent)


def _asked(port: int, path: str) -> _Answer:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    caller.request("GET", path)
    return _Answer(caller.getresponse())
