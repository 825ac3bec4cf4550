"""Several processes, one server: whoever comes first starts it, whoever leaves last stops it.

Presence is a shared file lock, which the kernel gives up for a process that was killed.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ligneclaire.ops.postgres.binaries import PostgresUnavailable, find_programs
from ligneclaire.ops.postgres.cluster import Cluster, home_under


@dataclass(kw_only=True)
class Attachment:
    """Our use of the server, until `close` or the end of the process."""

    url: str
    cluster: Cluster
    _presence: int
    _process: int

    def close(self) -> None:
        """Leave, and stop the server when nobody else is there; a forked child leaves without a word."""
        if self._presence < 0 or os.getpid() != self._process:
            return
        with _alone(self.cluster.home):
            os.close(self._presence)
            self._presence = -1
            if not _others(self.cluster.home):
                self.cluster.stop()

    def revive(self) -> None:
        """Start the server again if somebody killed it."""
        with _alone(self.cluster.home):
            self.cluster.ensure_running()


def attach(var: Path, *, programs_in: Path | None = None, careless: bool = False) -> Attachment:
    """Join the server of this var/, started if need be."""
    cluster = _cluster(var, programs_in, careless=careless)
    with _alone(cluster.home):
        presence = _open(cluster.home / "users.lock")
        fcntl.flock(presence, fcntl.LOCK_SH)
        attachment = Attachment(url=cluster.ensure_running(), cluster=cluster, _presence=presence, _process=os.getpid())
    atexit.register(attachment.close)
    return attachment


def wipe(var: Path, *, programs_in: Path | None = None) -> None:
    """Remove the server of this var/ with all its data, unless somebody uses it."""
    cluster = _cluster(var, programs_in)
    with _alone(cluster.home):
        if _others(cluster.home):
            raise PostgresUnavailable(f"{cluster.home} is in use: stop what runs there first.")
        cluster.stop()
        shutil.rmtree(cluster.home)


def _cluster(var: Path, programs_in: Path | None, *, careless: bool = False) -> Cluster:
    programs = find_programs(programs_in)
    return Cluster(home=home_under(var, programs), programs=programs, careless=careless)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    turn = _open(home / "turn.lock")
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)


def _others(home: Path) -> bool:
    probe = _open(home / "users.lock")
    try:
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(probe)
    return False


def _open(place: Path) -> int:
    return os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
