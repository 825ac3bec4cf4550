"""One database for tests, under var/test, where the code works as the application's role and not as the owner."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from ligneclaire.config.env import environment
from ligneclaire.ops import database, postgres, roles

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


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
    """Create and drop the test database as owner; in between the tests are the application."""
    with django_db_blocker.unblock(), roles.as_owner(connection):
        created = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    yield
    with django_db_blocker.unblock(), roles.as_owner(connection):
        teardown_databases(created, verbosity=0)


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The test database, for a process of its own that works in it."""
    login = connection.settings_dict
    return f"postgresql://{login['USER']}:{login['PASSWORD']}@{login['HOST']}:{login['PORT']}/{login['NAME']}"
