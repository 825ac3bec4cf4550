"""One PostgreSQL data folder: created, started and stopped by us, on 127.0.0.1 only, with one password."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from ligneclaire.ops.postgres.binaries import ROOTS_PLACE, PostgresUnavailable, Programs, open_folder

log = logging.getLogger("ligneclaire.postgres")
ROLE = "ligneclaire"
PATIENCE = 40.0  # seconds; a start after kill -9 waits for old backends and for recovery
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may not be long; TCP has no such limit
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
WITHOUT_CARE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A data folder with the programs that serve it; `careless` trades crash safety for speed, for tests."""

    home: Path
    programs: Programs
    careless: bool = False

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    def url(self) -> str | None:
        """How to connect, if the server answers now."""
        port = self._recorded(3)
        if port is None:
            return None
        password = (self.home / "password").read_text()
        url = f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/{ROLE}?sslmode=disable&gssencmode=disable"
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return None
        return url

    def ensure_running(self) -> str:
        """Create and start what is missing; the answer is how to connect."""
        if not (self.data / "PG_VERSION").exists():
            _create(self)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            url = self.url()
            if url:
                return url
            if not self._processes():
                self._start()
            time.sleep(0.05)
        raise PostgresUnavailable(f"PostgreSQL does not start. The end of {self.home / 'log'}:\n{self._log_end()}")

    def stop(self) -> None:
        """End the server: its clients are cut off, its data is written."""
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            for process in self._processes() if how == signal.SIGKILL else self._postmaster():
                os.kill(process, how)
            if _soon(lambda: not self._processes(), seconds=15):
                return

    def _start(self) -> None:
        """Start the server; a `postmaster.pid` that no living process stands behind is a leftover of kill -9."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        settings = SETTINGS | {"port": _port(self.home / "port")} | (WITHOUT_CARE if self.careless else {})
        command = [str(self.programs.folder / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.home / "log").open("ab") as log:
            server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.programs.spawn_options(),
            )
        threading.Thread(target=server.wait, daemon=True).start()  # or a killed server stays a zombie of ours
        _soon(lambda: server.returncode is not None or self.url() is not None, seconds=PATIENCE / 2)

    def _recorded(self, line: int) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[line])
        except (OSError, ValueError, IndexError):
            return None

    def _postmaster(self) -> list[int]:
        pid = self._recorded(0)
        return [pid] if pid in self._processes() else []

    def _processes(self) -> list[int]:
        """Every living process of this server: all of them work in the data folder, zombies work nowhere."""
        if not Path("/proc/self/cwd").exists():
            pid = self._recorded(0)
            return [pid] if pid and _exists(pid) else []
        return [
            int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._is_home_of(entry)
        ]

    def _is_home_of(self, process: Path) -> bool:
        try:
            return (process / "cwd").readlink() == self.data
        except OSError:
            return False

    def _log_end(self) -> str:
        log = self.home / "log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else "(empty)"


def home_under(var: Path, programs: Programs) -> Path:
    """The cluster's folder: under var/, or where the server's user can enter when root's checkout is closed to it."""
    var = var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    if not programs.can_enter(var):
        closed, var = var, open_folder(open_folder(ROOTS_PLACE) / sha256(os.fsencode(var)).hexdigest()[:16])
        log.warning("the database's files are in %s: its user %s cannot enter %s", var, programs.user, closed)
    return open_folder(var / f"postgres-{programs.version}")


def _create(cluster: Cluster) -> None:
    """Make the data folder beside its place and move it there when complete, so that a half-made one never counts."""
    fresh = cluster.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if cluster.programs.user:
        shutil.chown(fresh, cluster.programs.user)
    password = _new_password(cluster.home / "password")
    _run(cluster, [*_initdb(cluster), "-D", str(fresh)])
    (fresh / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    roles = f"CREATE ROLE {ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'\nCREATE DATABASE {ROLE} OWNER {ROLE}\n"
    # Without a running server: so its superuser never needs a password and can never log in.
    _run(cluster, [str(cluster.programs.folder / "postgres"), "--single", "-D", str(fresh), "postgres"], says=roles)
    fresh.rename(cluster.data)


def _initdb(cluster: Cluster) -> list[str]:
    command = [str(cluster.programs.folder / "initdb"), "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    command += ["--auth-local=reject", "--auth-host=reject"]
    if cluster.programs.version >= 17:  # noqa: PLR2004 - the first with a sort order that no system library changes
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*command, "--no-sync"] if cluster.careless else command


def _new_password(place: Path) -> str:
    place.unlink(missing_ok=True)
    password = secrets.token_urlsafe(24)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    return password


def _run(cluster: Cluster, command: list[str], *, says: str = "") -> None:
    options = cluster.programs.spawn_options()
    done = subprocess.run(command, check=False, input=says, capture_output=True, text=True, **options)
    if done.returncode or "ERROR:" in done.stderr:
        raise PostgresUnavailable(f"{Path(command[0]).name} failed: {done.stderr.strip()[-2000:]}")


def _port(remembered: Path) -> str:
    """The port of last time, so that processes which survived the server find the next one; else any free one."""
    before = int(remembered.read_text()) if remembered.exists() else 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", before))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    remembered.write_text(port)
    return port


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _soon(happened: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.03)
    return happened()
