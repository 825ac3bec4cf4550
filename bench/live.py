"""How long after a commit an open desk hears of it and has drawn again, with two hundred desks open."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import datetime
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter, sleep
from urllib.parse import quote

import psycopg
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from bench.__main__ import Figure
from bench.pages import give_account, logged_in, read_once, serving
from ligneclaire.facts.news import CHANNEL, EVERYBODY, announce
from ligneclaire.kernel.clock import now

DESKS, ROUNDS = 200, 30
ALL_IN = 3.0  # seconds until every desk listens and has had the news that greets it


def measure(*, desks: int = DESKS, at: datetime) -> list[Figure]:
    """Open many desks, commit news of one customer, then of everybody, and see when it arrives."""
    give_account(at)
    with serving() as port:
        cookies = logged_in(port)
        opened = [_Desk(port, cookies, f"L-{number}") for number in range(desks)]
        sleep(ALL_IN)
        _heard_by(opened)
        bare = _bare()
        events = [_one(opened[number % desks], port, cookies) for number in range(0, ROUNDS * 7, 7)]
        last = [_all(opened) for _ in range(5)]
        for desk in opened:
            desk.close()
    heard, drawn = [one for one, _ in events], [both for _, both in events]
    beside = f"NOTIFY to a bare listener ({_p95(bare) * 1000:.1f} ms); news is gathered for 300 ms"
    return [
        Figure(
            what=f"commit to the desk that shows it, {desks} desks open, p95",
            value=_p95(heard) * 1000,
            unit="ms",
            baseline=beside,
        ),
        Figure(
            what="  until it has drawn again, p95", value=_p95(drawn) * 1000, unit="ms", baseline="the aim: 1,000 ms"
        ),
        Figure(
            what=f"  commit to the last of {desks} desks, when it concerns all, worst of 5",
            value=max(last) * 1000,
            unit="ms",
        ),
    ]


class _Desk:
    """An open page that hears news, in a thread of its own."""

    def __init__(self, port: int, cookies: str, customer: str) -> None:
        self.customer = customer
        self.heard_at = 0.0
        self.told = Event()
        self._socket = socket.create_connection(("127.0.0.1", port))
        path = f"/news?customer={customer}&since={quote(now().isoformat())}"
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode())
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while received := self._socket.recv(65536):
                if b"event: news" in received:
                    self.heard_at = perf_counter()
                    self.told.set()
        except OSError:
            return

    def close(self) -> None:
        """Close the page."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _heard_by(desks: Sequence[_Desk]) -> None:
    for desk in desks:
        desk.told.clear()


def _one(desk: _Desk, port: int, cookies: str) -> tuple[float, float]:
    """Seconds from the commit until a desk hears of its customer, and until it has drawn the part anew."""
    desk.told.clear()
    with transaction.atomic():
        announce([desk.customer])
    began = perf_counter()
    if not desk.told.wait(10):
        raise RuntimeError(f"the desk of {desk.customer} heard nothing")
    heard = desk.heard_at - began
    drawn = read_once(port, f"/customers/{desk.customer}/live", {"Cookie": cookies, "HX-Request": "true"})
    return heard, heard + drawn


def _all(desks: Sequence[_Desk]) -> float:
    _heard_by(desks)
    with transaction.atomic():
        announce([EVERYBODY])
    began = perf_counter()
    for desk in desks:
        if not desk.told.wait(10):
            raise RuntimeError(f"the desk of {desk.customer} heard nothing")
    return max(desk.heard_at for desk in desks) - began


def _bare() -> list[float]:
    known = {
        name: value for name, value in connection.get_connection_params().items() if isinstance(value, str) and value
    }
    taken = []
    with psycopg.connect(make_conninfo(**known), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        for _ in range(ROUNDS):
            with transaction.atomic():
                announce(["nobody"])
            began = perf_counter()
            heard = next(listener.notifies(timeout=5, stop_after=1), None)
            assert heard
            taken.append(perf_counter() - began)
    return taken


def _p95(taken: Sequence[float]) -> float:
    return quantiles(taken, n=20)[-1]
