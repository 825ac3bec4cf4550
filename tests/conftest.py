"""One database for tests, under var/test, where the code works as the application's role and not as the owner."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings
from pytest_django import DjangoDbBlocker

import standing
from ligneclaire.config.env import environment
from ligneclaire.kernel import clock
from ligneclaire.ops import database, postgres, roles
from ligneclaire.ops.scratch import migrated_template
from ligneclaire.ops.supervisor import is_ready
from world import MONDAY, World, standing_for_a_module

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
IN_THE_DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what works in the database; keep in one process what shares a standing that is long in the making."""
    for item in items:
        if IN_THE_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))  # they share a demo that is long in the making
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium here"))
        elif "story" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.location[0]))  # told once for a module


@pytest.fixture(scope="session")
def outboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names for outboxes, of which each is made when something is put into it."""
    place = tmp_path_factory.mktemp("outboxes")
    return (place / str(number) for number in count())


@pytest.fixture(autouse=True)
def _nothing_leaves_the_test(outboxes: Iterator[Path]) -> None:
    django_settings.OUTBOX, django_settings.MAILBOX = next(outboxes), next(outboxes)
    django_settings.SMTP, django_settings.REPLY_ADDRESS = None, ""
    django_settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # the real one is slow on purpose


@pytest.fixture(scope="session")
def database_slot() -> Iterator[int]:
    """A number that no other running test process has, so that several may run at once on one server."""
    place = environment().var / "test"
    place.mkdir(parents=True, exist_ok=True)
    for slot in range(64):
        with (place / f"slot-{slot}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield slot
            return
    pytest.exit("64 test processes use this var/ already", returncode=2)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_slot: int) -> None:
    """Point Django at the server for tests."""
    env = environment()
    url = env.database_url or postgres.attach(env.var / "test", programs_in=env.postgres_bin, careless=True).url
    database.use(url)
    connection.settings_dict["TEST"]["NAME"] = f"test_ligneclaire_{database_slot}"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Create the test database from the migrated template and drop it as owner; in between we are the application."""
    with django_db_blocker.unblock(), roles.as_owner(connection):
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()
        created = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        standing.keep()
    TransactionTestCase._fixture_teardown = lambda _: standing.sweep()  # type: ignore[attr-defined]  # what pytest-django calls
    yield
    with django_db_blocker.unblock(), roles.as_owner(connection):
        teardown_databases(created, verbosity=0)


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker, outboxes: Iterator[Path]) -> Iterator[World]:
    """The second story up to its Monday, told once for the tests of a module."""
    with standing_for_a_module(django_db_blocker, next(outboxes)):
        world = World()
        world.read("2-five-goodbyes.jsonl")
        world.it_is(MONDAY)
        with django_db_blocker.block():
            yield world


@pytest.fixture
def clock_at() -> Iterator[Callable[[datetime], None]]:
    """Put the clock of the doors to an instant."""
    yield lambda at: clock.shift_by(at - datetime.now(UTC))
    clock.shift_by(timedelta())


@pytest.fixture
def monday(story: World, db: None, clock_at: Callable[[datetime], None]) -> World:
    """The Monday of the story, 10 o'clock: the contradiction is open, the letter waits."""
    clock_at(datetime.fromisoformat(MONDAY))
    return story.again()


def _url_of_the_test_database() -> str:
    login = connection.settings_dict
    return f"postgresql://{login['USER']}:{login['PASSWORD']}@{login['HOST']}:{login['PORT']}/{login['NAME']}"


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The test database, for a process of its own that works in it."""
    return _url_of_the_test_database()


@pytest.fixture(scope="session")
def server_url(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server on the test database, for tests with `transactional_db` that need real connections."""
    var = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": _url_of_the_test_database(), "LIGNECLAIRE_VAR": str(var)}
    command = [sys.executable, "-c", "from ligneclaire.config.cli import main; main()", "serve", "--port", str(port)]
    with (var / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
    end = time.monotonic() + 60
    while not is_ready(port):
        assert server.poll() is None, (var / "log").read_text()
        assert time.monotonic() < end, "the server is never ready"
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use the machine's own chromium."""
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_OPTIONS}
