"""The database we start ourselves survives what machines and people do to it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Protocol

import psycopg
import pytest

from ligneclaire.config.env import environment
from ligneclaire.ops.postgres import PostgresUnavailable, attach
from ligneclaire.ops.postgres.binaries import find_programs
from ligneclaire.ops.postgres.binaries import open_folder as make_open_folder

pytestmark = pytest.mark.slow
HOLDER = """
import sys
from pathlib import Path
from ligneclaire.ops.postgres import attach
programs = Path(sys.argv[2]) if sys.argv[2] else None
print(attach(Path(sys.argv[1]), programs_in=programs).url, flush=True)
sys.stdin.read()
"""
PROGRAMS = environment().postgres_bin
NOBODY = 65534
PYTHON = f"/usr/bin/python3.{sys.version_info.minor}"  # root's own Python may be closed to others
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


class Holder:
    """Another process that uses the server."""

    def __init__(self, var: Path, user: int | None = None) -> None:
        command = [PYTHON if user else sys.executable, "-c", HOLDER, str(var), str(PROGRAMS or "")]
        clean = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clean, user=user, group=user
        )

    def url(self) -> str:
        assert self.process.stdout
        return str(self.process.stdout.readline()).strip()

    def leaves(self) -> None:
        if self.process.poll() is None:
            self.process.communicate("", timeout=30)

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)


class Hold(Protocol):
    """Start a holder that is gone when the test is."""

    def __call__(self, var: Path, user: int | None = None) -> Holder: ...


@pytest.fixture
def hold() -> Iterator[Hold]:
    holders: list[Holder] = []

    def start(var: Path, user: int | None = None) -> Holder:
        holders.append(Holder(var, user))
        return holders[-1]

    yield start
    for holder in holders:
        holder.leaves()


@pytest.fixture(scope="module")
def var(open_folder: Path) -> Path:
    """A folder with a space, an accent and a long name."""
    return open_folder / "été à la mer" / ("long" * 40)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def server_of(url: str) -> int:
    with psycopg.connect(url) as connection:
        pid = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert pid
        return int(Path(f"/proc/{pid[0]}/stat").read_text().rpartition(")")[2].split()[1])


def write(url: str, number: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def kept(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("DELETE FROM kept RETURNING number").fetchall()]


def test_the_last_process_to_leave_stops_the_server(var: Path, hold: Hold) -> None:
    first, second = hold(var), hold(var)
    url = first.url()

    assert second.url() == url
    first.leaves()
    assert answers(url)
    second.leaves()
    assert not answers(url)


def test_a_killed_holder_leaves_the_server_to_the_next(var: Path, hold: Hold) -> None:
    killed = hold(var)
    url = killed.url()
    server = server_of(url)

    killed.is_killed()
    second = hold(var)
    assert second.url() == url
    assert server_of(url) == server
    second.leaves()
    assert not answers(url)


def test_a_killed_server_is_started_again_with_its_rows_at_the_same_address(var: Path, hold: Hold) -> None:
    survivor = hold(var)
    url = survivor.url()
    write(url, 1)

    os.kill(server_of(url), signal.SIGKILL)

    assert hold(var).url() == url
    assert kept(url) == [1]


def test_server_and_holder_killed_together_start_again(var: Path, hold: Hold) -> None:
    holder = hold(var)
    url = holder.url()
    write(url, 2)

    os.kill(server_of(url), signal.SIGKILL)
    holder.is_killed()

    assert kept(hold(var).url()) == [2]


def test_a_leftover_pid_file_that_names_a_stranger_does_not_block_the_start(var: Path, hold: Hold) -> None:
    holder = hold(var)
    holder.url()
    home = next(var.glob("postgres-*"))
    record = (home / "data" / "postmaster.pid").read_text().split("\n", 1)[1]
    holder.leaves()
    (home / "data" / "postmaster.pid").write_text(f"{os.getppid()}\n{record}")

    assert answers(hold(var).url())


def test_a_half_made_data_folder_is_made_again(var: Path) -> None:
    place = var.parent / "half"
    version = find_programs(PROGRAMS).version
    (place / f"postgres-{version}" / "data.new").mkdir(parents=True)
    (place / f"postgres-{version}" / "data.new" / "PG_VERSION").write_text("0")

    attachment = attach(place, programs_in=PROGRAMS, careless=True)

    assert answers(attachment.url)
    attachment.close()
    assert not answers(attachment.url)


def test_our_login_is_no_superuser_and_nobody_enters_without_password(var: Path, hold: Hold) -> None:
    url = hold(var).url()
    with psycopg.connect(url) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert rights.fetchone() == (False, True, True)

    assert not answers(url.replace("ligneclaire:", "postgres:", 1))
    assert not answers(url.replace("@", "x@", 1))
    password = next(var.glob("postgres-*")) / "password"
    assert password.stat().st_mode & 0o777 == 0o600


@as_root
@pytest.mark.skipif(not Path(PYTHON).exists(), reason=f"needs a {PYTHON} that everybody may run")
def test_an_ordinary_user_has_a_server_of_their_own(var: Path, hold: Hold) -> None:
    place = var.parent / "of nobody"
    place.mkdir(parents=True)
    os.chown(place, NOBODY, NOBODY)

    holder = hold(place, user=NOBODY)
    url = holder.url()

    assert Path(f"/proc/{server_of(url)}").stat().st_uid == NOBODY
    holder.leaves()
    assert not answers(url)


@as_root
def test_a_closed_umask_does_not_close_the_data_to_the_servers_user(var: Path) -> None:
    place = var.parent / "umask"
    place.mkdir(parents=True, exist_ok=True)
    before = os.umask(0o077)

    try:
        attachment = attach(place, programs_in=PROGRAMS, careless=True)
    finally:
        os.umask(before)

    assert attachment.cluster.home.parent == place
    assert answers(attachment.url)
    attachment.close()


@as_root
def test_data_in_a_place_closed_to_the_servers_user_goes_where_it_can_enter(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    attachment = attach(closed / "var", programs_in=PROGRAMS, careless=True)

    home = attachment.cluster.home
    assert answers(attachment.url)
    assert home.parent.parent == Path("/var/lib/ligneclaire")
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        f"the database's files are in {home.parent}"
    ]
    attachment.close()
    shutil.rmtree(home.parent)


def test_processes_that_come_first_together_find_one_folder(tmp_path: Path) -> None:
    together = Barrier(2)

    def arrive(number: int) -> Path:
        together.wait()
        return make_open_folder(tmp_path / f"{number // 2}" / "postgres")

    with ThreadPoolExecutor(max_workers=2) as arrivals:
        found = list(arrivals.map(arrive, range(2000)))

    assert set(found) == {tmp_path / f"{pair}" / "postgres" for pair in range(1000)}


def test_programs_that_are_missing_or_too_old_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PostgresUnavailable, match=f"{tmp_path} has no initdb and postgres of version 15 or newer"):
        find_programs(tmp_path)

    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(PostgresUnavailable, match="version 15 or newer"):
        find_programs(tmp_path)


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
    place = var.parent / "broken"
    attach(place, programs_in=PROGRAMS, careless=True).close()
    home = next(place.glob("postgres-*"))
    with (home / "data" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    monkeypatch.setattr("ligneclaire.ops.postgres.cluster.PATIENCE", 1.0)
    started = time.monotonic()

    with pytest.raises(PostgresUnavailable, match="unrecognized configuration parameter"):
        attach(place, programs_in=PROGRAMS, careless=True)

    assert time.monotonic() - started < 10
