"""How long a customer's page takes with eight readers, for a short thread and for a very long one."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from statistics import quantiles
from urllib.parse import urlencode

from bench.__main__ import Figure
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import LoginTaken, give_login
from ligneclaire.voice.actions.state_facts import state_facts
from ligneclaire.voice.intake import parse

READERS = 8
PAGES_EACH = 25
THREADS = {"L-0": 100, "L-3": 10_000}  # both of the adviser who reads: nobody else sees them without a word
USER, PASSWORD = "bench", "a password for measuring only"  # of a database that lives for this run


def measure(*, customers: int, at: datetime) -> list[Figure]:
    """Read the pages of two customers over HTTP, logged in, eight at a time."""
    for customer, entries in THREADS.items():
        _fill(customer, entries, at)
    give_account(at)
    with serving() as port:
        health = p95(port, "/healthz", {})
        cookies = logged_in(port)
        figures = []
        for customer, entries in THREADS.items():
            page = p95(port, f"/customers/{customer}", {"Cookie": cookies})
            figures.append(
                Figure(
                    what=f"customer page, {entries:,} entries, {customers:,} customers, p95",
                    value=page * 1000,
                    unit="ms",
                    baseline=f"/healthz at the same load ({health * 1000:.1f} ms)",
                    ratio=page / health,
                )
            )
    return figures


def _fill(customer: str, entries: int, at: datetime) -> None:
    contract = customer.replace("L-", "K-L-")
    items = [
        parse(
            {
                "id": f"bench-{customer}-{number}",
                "at": (at - timedelta(minutes=number)).isoformat(),
                "source": "equipment",
                "customer": customer,
                "contract": contract,
                "event": "fact",
                "data": {"key": "contact.phone", "value": str(3900 + number % 100)},
            }
        )
        for number in range(entries)
    ]
    state_facts(items=items, by=SYSTEM, at=at)
    while deliver(until=at + timedelta(seconds=1)):
        pass


def give_account(at: datetime) -> None:
    """An account for the one who reads, once."""
    with suppress(LoginTaken):
        give_login(adviser="A-1", username=USER, password=PASSWORD, by=SYSTEM, at=at)


@contextmanager
def serving() -> Iterator[int]:
    """A server of its own for the length of the block; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "serve", "--port", str(port)]
    variables = os.environ | {"LIGNECLAIRE_SECOND_FACTOR": "off"}
    process = subprocess.Popen(
        command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # ourselves
    try:
        _until_ready(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _until_ready(port: int) -> None:
    for _ in range(300):
        with suppress(OSError):
            if _get(port, "/readyz", {})[0] == http.client.OK:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not become ready")


def p95(port: int, path: str, headers: dict[str, str]) -> float:
    """Seconds that one page in twenty takes longer than, eight readers at a time."""
    return paced(port, path, headers)[0]


def paced(port: int, path: str, headers: dict[str, str]) -> tuple[float, float]:
    """The same, and how many pages a second all of them read."""
    _read(port, path, headers)
    began = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        futures = [readers.submit(_read, port, path, headers) for _ in range(READERS)]
        taken = [seconds for future in futures for seconds in future.result()]
    return quantiles(taken, n=20)[-1], len(taken) / (time.perf_counter() - began)


def _read(port: int, path: str, headers: dict[str, str]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = [_timed(connection, path, headers) for _ in range(PAGES_EACH)]
    connection.close()
    return taken


def read_once(port: int, path: str, headers: dict[str, str]) -> float:
    """Seconds for one page on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = _timed(connection, path, headers)
    connection.close()
    return taken


def _timed(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    began = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{path} answered {response.status}")
    return time.perf_counter() - began


def _get(port: int, path: str, headers: dict[str, str]) -> tuple[int, str, list[str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read().decode(errors="replace")
    return response.status, body, response.headers.get_all("Set-Cookie") or []


def logged_in(port: int) -> str:
    """The cookies of the account."""
    _, page, cookies = _get(port, "/login", {})
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    sent = "; ".join(cookie.partition(";")[0] for cookie in cookies)
    body = urlencode({"csrfmiddlewaretoken": token[1], "username": USER, "password": PASSWORD})
    headers = {
        "Cookie": sent,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{port}/",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/login", body, headers)
    response = connection.getresponse()
    response.read()
    if response.status != http.client.FOUND:
        raise RuntimeError(f"log-in answered {response.status}")
    return "; ".join(cookie.partition(";")[0] for cookie in response.headers.get_all("Set-Cookie") or [])
