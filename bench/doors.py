"""How fast cases come in: a customer's wish stated through the API, and e-mails by LMTP, until they are kept."""

from __future__ import annotations

import http.client
import json
import os
import smtplib
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from itertools import count
from statistics import quantiles
from time import perf_counter, sleep
from uuid import uuid4

from django.db import connection, connections, transaction

from bench.__main__ import Figure
from bench.pages import serving
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.give_token import give_token

CLIENTS = (1, 8, 32)
HANDS = 4  # connections of the mail server
RUN = uuid4().hex[:8]  # so that a later run states something new
FACT = """
    WITH fact AS (
        INSERT INTO facts_fact (source, source_id, kind, subject, by, request, at, recorded_at)
        VALUES ('bench', %(id)s, 'bench', 'bench', 'bench', '', %(at)s, %(at)s) RETURNING id
    )
    INSERT INTO facts_payload (fact_id, value) SELECT id, '{"received_by": "letter"}' FROM fact
"""
MAIL = """
    WITH mail AS (
        INSERT INTO channels_mail (uuid, medium, fingerprint, message_id, sender, sender_name, recipients, subject,
                                   text, quoted, is_automatic, is_readable, received_at, size, sha256, place)
        VALUES (%(uuid)s, 'email', %(hash)s, '', 'x@example.org', '', '{}', 'x',
                'x', '', false, true, %(at)s, 1, %(hash)s, 'x')
        RETURNING uuid
    )
    INSERT INTO channels_entry (uuid, customer, "case", medium, direction, text, happened_at, recorded_at, recorded_by)
    SELECT uuid, 'nobody', '', 'email', 'in', 'x', %(at)s, %(at)s, 'bench' FROM mail
"""
WORDS = "Bonjour,\n\nma box clignote en rouge depuis ce matin et je ne peux plus téléphoner.\n\nMerci d’avance\n"


def measure(*, customers: int, calls: int, mails: int, at: datetime) -> list[Figure]:
    """State wishes to leave over HTTP at several numbers of clients, have cases opened, then hand over e-mails."""
    token = give_token(department="mailroom", by=SYSTEM, at=at)
    numbers = count(int(RUN, 16) % customers)
    figures: list[Figure] = []
    with serving() as port:
        for clients in CLIENTS:
            figures += _stated(port, token, clients, calls, customers, numbers, at)
    figures.append(_opened())
    return [*figures, *_mailed(customers, mails, at)]


def _stated(
    port: int, token: str, clients: int, calls: int, customers: int, numbers: count[int], at: datetime
) -> list[Figure]:
    names = [next(numbers) for _ in range(calls)]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def state(number: int, caller: http.client.HTTPConnection) -> None:
        customer = number % customers
        fact = {
            "id": f"{RUN}-{number}",
            "at": at.isoformat(),
            "event": "termination.requested",
            "contract": f"K-M-{customer}",
            "data": {"received_by": "letter"},
        }
        caller.request("POST", "/api/facts", json.dumps(fact), headers)
        _read(caller)

    def look(_number: int, caller: http.client.HTTPConnection) -> None:
        caller.request("GET", "/healthz")
        _read(caller)

    ours, slowest = over_http(port, clients, names, state)
    bare, _ = over_http(port, clients, names, look)
    plain = _in_sql(clients, names, lambda number: (FACT, _fact(number, at)))
    what = f"a wish to leave stated by API, {clients} clients"
    return [
        Figure(what=what, value=ours, unit="requests/s", baseline=f"/healthz ({bare:,.0f}/s)", ratio=ours / bare),
        Figure(
            what="  next to the same two rows by INSERT, a transaction each",
            value=plain,
            unit="facts/s",
            baseline="plain SQL",
            ratio=ours / plain,
        ),
        Figure(what="  time of one request, p95", value=slowest * 1000, unit="ms"),
    ]


def over_http(
    port: int, clients: int, names: list[int], call: Callable[[int, http.client.HTTPConnection], None]
) -> tuple[float, float]:
    """Calls a second, and the time that one in twenty takes longer than."""

    def work(mine: list[int]) -> list[float]:
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        taken = []
        for number in mine:
            began = perf_counter()
            call(number, caller)
            taken.append(perf_counter() - began)
        caller.close()
        return taken

    began = perf_counter()
    with ThreadPoolExecutor(clients) as workers:
        taken = [one for part in workers.map(work, [names[start::clients] for start in range(clients)]) for one in part]
    return len(names) / (perf_counter() - began), quantiles(taken, n=20)[-1]


def _read(caller: http.client.HTTPConnection) -> None:
    response = caller.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"answered {response.status}: {body[:200]!r}")


def _in_sql(clients: int, names: list[int], row: Callable[[int], tuple[str, dict[str, object]]]) -> float:
    def work(mine: list[int]) -> None:
        try:
            for number in mine:
                statement, values = row(number)
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, values)  # type: ignore[arg-type]
        finally:
            connections.close_all()

    began = perf_counter()
    with ThreadPoolExecutor(clients) as workers:
        list(workers.map(work, [names[start::clients] for start in range(clients)]))
    taken = perf_counter() - began
    return len(names) / taken


def _fact(number: int, at: datetime) -> dict[str, object]:
    return {"id": f"{RUN}-{number}", "at": at}


def _opened() -> Figure:
    """What was stated becomes cases, each with its plan and its receipt, in this one process."""
    before = _count("cases_case")
    began = perf_counter()
    while deliver(until=now()):
        pass
    opened = _count("cases_case") - before
    return Figure(
        what=f"  from stated to a case with plan and receipt, one worker ({opened:,})",
        value=opened / (perf_counter() - began),
        unit="cases/s",
    )


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours
        return int(cursor.fetchone()[0])


def _mailed(customers: int, mails: int, at: datetime) -> list[Figure]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    program = "from ligneclaire.config.cli import main; main()"
    variables = os.environ | {"LIGNECLAIRE_LMTP": f"127.0.0.1:{port}"}
    process = subprocess.Popen([sys.executable, "-c", program, "mail"], env=variables, stderr=subprocess.DEVNULL)
    try:
        _until_open(port)
        before = _count("channels_entry")
        began = perf_counter()
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(lambda start: _hand_over(port, range(start, mails, HANDS), customers), range(HANDS)))
        ours = mails / (perf_counter() - began)
        placed = _count("channels_entry") - before
    finally:
        process.terminate()
        process.wait(30)
    names = list(range(mails))
    plain = _in_sql(HANDS, names, lambda _: (MAIL, {"uuid": uuid4(), "hash": uuid4().hex * 2, "at": at}))
    return [
        Figure(
            what=f"e-mails by LMTP until written down, {HANDS} connections ({placed:,} of {mails:,} in a thread)",
            value=ours,
            unit="e-mails/s",
            baseline=f"the same two rows by INSERT, a transaction each ({plain:,.0f}/s)",
            ratio=ours / plain,
        )
    ]


def _until_open(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        sleep(0.1)
    raise TimeoutError("nobody awaits e-mails")


def _hand_over(port: int, numbers: range, customers: int) -> None:
    server = smtplib.LMTP("127.0.0.1", port)
    for number in numbers:
        sender = f"exemple{number % customers}@example.org"
        text = (
            f"From: {sender}\r\nTo: contact@mail.operator.example\r\nSubject: Panne {RUN} {number}\r\n"
            f"Message-ID: <{RUN}-{number}@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}"
        )
        server.sendmail(sender, ["contact@mail.operator.example"], text.encode())
    server.quit()
