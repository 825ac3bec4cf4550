"""Runs the parts of an installation as processes of their own, and keeps them running until told to stop."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GRACE = 10.0  # seconds between asking a part to stop and killing it
MOST_STARTS = 5
REVIVAL = 3.0  # seconds between looks at what is not a process of ours


class PartFailed(Exception):
    """A part of the installation ends again and again."""


@dataclass(kw_only=True)
class Part:
    """A command of `ligneclaire` that must be running, and where it writes."""

    arguments: tuple[str, ...]
    log: Path
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None

    def keep_running(self) -> None:
        """Start it, or start it again when it ended."""
        if self.process and self.process.poll() is None:
            return
        if self.starts == MOST_STARTS:
            raise PartFailed(f"`ligneclaire {' '.join(self.arguments)}` does not run:\n{self.last_words()}")
        self.starts += 1
        command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", *self.arguments]
        with self.log.open("ab") as log:
            # In a session of its own: Ctrl-C reaches us alone, and we stop everything in order.
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, deadline: float) -> None:
        """Wait for the process that was asked to end, and end it."""
        if self.process:
            try:
                self.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])


def run_together(parts: Sequence[Part], *, port: int, on_ready: Callable[[], None], revive: Callable[[], None]) -> None:
    """Run the parts until SIGINT or SIGTERM; say once when the server on this port is ready for work."""
    waiting = True
    looked_at = time.monotonic()
    with _until_told_to_stop() as told:
        try:
            while not told:
                for part in parts:
                    part.keep_running()
                if waiting and is_ready(port):
                    waiting = False
                    on_ready()
                if time.monotonic() - looked_at > REVIVAL:
                    revive()
                    looked_at = time.monotonic()
                time.sleep(0.1)
        finally:
            _stop(parts)


def is_ready(port: int) -> bool:
    """Whether a server on this port is ready for work."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def _until_told_to_stop() -> Iterator[list[int]]:
    told: list[int] = []
    before = {
        number: signal.signal(number, lambda got, _: told.append(got)) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.process:
            part.process.terminate()
    deadline = time.monotonic() + GRACE
    for part in parts:
        part.stop(deadline)
