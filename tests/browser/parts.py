"""The processes of the product on one database, started, killed and started again as a test says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from ligneclaire.ops.supervisor import is_ready
from post_office import free_port

PROGRAM = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()"]
SECRET = "the same wherever somebody who is logged in comes to"


@dataclass
class Parts:
    """A server on a port of its own, and more parts beside it."""

    var: Path
    days: int  # by which their clock is ahead
    more: Mapping[str, str] = field(default_factory=dict)  # of the environment
    port: int = field(default_factory=free_port)
    at_work: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        """Start parts; a server is ready for work then."""
        for name in names:
            options = ["--port", str(self.port)] if name == "serve" else []
            with (self.var / f"{name}.log").open("ab") as log:
                self.at_work[name] = subprocess.Popen(
                    [*PROGRAM, name, *options],
                    env=self._environment(),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        end = time.monotonic() + 120  # a busy machine is slow, not wrong
        while "serve" in names and not is_ready(self.port):
            assert all(part.poll() is None for part in self.at_work.values()), self.said()
            assert time.monotonic() < end, "the server is never ready"
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """End a part in the middle of whatever it does, with the processes that it started."""
        part = self.at_work.pop(name)
        os.killpg(part.pid, signal.SIGKILL)
        part.wait(20)

    def stop(self) -> None:
        """Ask all to end."""
        for part in self.at_work.values():
            part.terminate()
        while self.at_work:
            self.at_work.popitem()[1].wait(20)

    def said(self) -> list[str]:
        """What they logged."""
        return [log.read_text() for log in sorted(self.var.glob("*.log"))]

    def _environment(self) -> dict[str, str]:
        login = connection.settings_dict
        return {
            **os.environ,
            "DATABASE_URL": f"postgresql://{login['USER']}:{login['PASSWORD']}@{login['HOST']}:{login['PORT']}/{login['NAME']}",
            "LIGNECLAIRE_VAR": str(self.var),
            "LIGNECLAIRE_SECRET_KEY": SECRET,
            "LIGNECLAIRE_CLOCK_SHIFT_DAYS": str(self.days),
            **self.more,
        }


@contextmanager
def running(var: Path, days: int, *names: str, **more: str) -> Iterator[Parts]:
    """A server, and more parts of the product, at work in the database of this process for the length of the block."""
    parts = Parts(var, days, more)
    try:
        parts.start("serve", *names)
        yield parts
    finally:
        parts.stop()
