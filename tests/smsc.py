"""A short-message centre: takes what it is sent, refuses, waits or hangs up as a test says, and speaks as phones do."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from ligneclaire.channels.sms.centre import Centre
from ligneclaire.channels.sms.inbound import Deliver
from ligneclaire.channels.sms.smpp import Line

NACK, SUBMIT, DELIVER, UNBIND, TRANSCEIVER, ENQUIRE = 0x80000000, 0x04, 0x05, 0x06, 0x09, 0x15
RESPONSE = 0x80000000
INTERNATIONAL = 1


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A part as it came over the wire."""

    source: str
    to: str
    kind: int
    coding: int
    wants_receipt: bool
    body: bytes


@dataclass
class Smsc:
    """Parts in the order in which they were accepted; `says` is taken one status a part, then all are accepted.

    None in `says` hangs up without a word; `silent` never says anything.
    """

    port: int
    says: list[int | None] = field(default_factory=list)
    accepted: list[Submitted] = field(default_factory=list)
    answers: list[tuple[int, int]] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    silent: bool = False
    binds: int = 0
    password: str = "secret"
    _link: socket.socket | None = None
    _sequence: int = 0

    @property
    def centre(self) -> Centre:
        """How to reach it."""
        return Centre(host="127.0.0.1", port=self.port, user="us", password="secret", sender="36105")

    def phone_says(
        self,
        body: bytes,
        *,
        sender: str = "33639980201",
        kind: int = 0,
        coding: int = 0,
        ton: int = INTERNATIONAL,
        options: tuple[tuple[int, bytes], ...] = (),
    ) -> None:
        """Hand a message of a phone, or a receipt, to us."""
        pdu = b"\0" + bytes([ton, 1]) + sender.encode() + b"\0" + bytes([0, 1]) + b"36105\0"
        pdu += bytes([kind, 0, 0]) + b"\0\0" + bytes([0, 0, coding, 0, len(body)]) + body
        pdu += b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in options)
        self.asks(DELIVER, pdu)

    def asks(self, command: int, body: bytes = b"") -> None:
        """Say something of our own accord."""
        self._sequence += 1
        self._say(command, 0, self._sequence, body)

    def hangs_up(self) -> None:
        """End the connection in mid-air."""
        if self._link:
            with suppress(OSError):
                self._link.shutdown(socket.SHUT_RDWR)

    def _say(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        assert self._link is not None
        with suppress(OSError):
            self._link.sendall(struct.pack(">4I", 16 + len(body), command, status, sequence) + body)

    def serve(self, link: socket.socket) -> None:
        """Talk until it is over."""
        self._link = link
        with link, link.makefile("rb") as stream, suppress(OSError, struct.error):
            while head := stream.read(16):
                length, command, status, sequence = struct.unpack(">4I", head)
                self._answer(command, status, sequence, stream.read(length - 16))

    def _answer(self, command: int, status: int, sequence: int, body: bytes) -> None:
        self.heard.append(command)
        if command & RESPONSE:
            self.answers.append((command & ~RESPONSE, status))
        elif command == TRANSCEIVER:
            is_right = body.split(b"\0")[1] == self.password.encode()
            self.binds += is_right
            self._say(command | RESPONSE, 0 if is_right else 0x0E, sequence, b"smsc\0")
        elif command == SUBMIT:
            self._take(sequence, body)
        elif command in {UNBIND, ENQUIRE}:
            self._say(command | RESPONSE, 0, sequence)

    def _take(self, sequence: int, body: bytes) -> None:
        status = self.says.pop(0) if self.says else 0
        if status is None:
            self.hangs_up()
        elif status == NACK:
            self._say(NACK, 0x03, sequence)
        elif status:
            self._say(SUBMIT | RESPONSE, status, sequence)
        else:
            self.accepted.append(_submitted(body))
            if not self.silent:
                self._say(SUBMIT | RESPONSE, 0, sequence, f"{len(self.accepted):X}A\0".encode())


def _submitted(body: bytes) -> Submitted:
    _, rest = body.split(b"\0", 1)
    source, rest = rest[2:].split(b"\0", 1)
    to, rest = rest[2:].split(b"\0", 1)
    kind, _, _, _, _, receipt, _, coding, _, length = rest[:10]
    return Submitted(
        source=source.decode(),
        to=to.decode(),
        kind=kind,
        coding=coding,
        wants_receipt=bool(receipt),
        body=rest[10 : 10 + length],
    )


@contextmanager
def smsc() -> Iterator[Smsc]:
    """Open for the length of the block, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        centre = Smsc(port=listening.getsockname()[1])

        def answer() -> None:
            with suppress(OSError):
                while True:
                    link, _ = listening.accept()
                    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    centre.serve(link)

        serving = threading.Thread(target=answer, daemon=True)
        serving.start()
        yield centre
        listening.shutdown(socket.SHUT_RDWR)
        centre.hangs_up()
        serving.join(5)


@contextmanager
def connected(
    centre: Smsc, hear: Callable[[Deliver], object] = print, *, answer: float = 5.0, per_second: int = 0
) -> Iterator[Line]:
    """A connection that is there for the length of the block."""
    address = Centre(
        host="127.0.0.1", port=centre.port, user="us", password="secret", sender="36105", per_second=per_second
    )
    line, stop = Line(address, hear, answer=answer), threading.Event()
    talking = threading.Thread(target=line.run, args=[stop], daemon=True)
    talking.start()
    try:
        assert line.is_bound.wait(5)
        yield line
    finally:
        stop.set()
        talking.join(5)


def until(is_so: Callable[[], bool]) -> None:
    """Wait a moment for what another thread does."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.005)
