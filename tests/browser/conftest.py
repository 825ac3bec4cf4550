"""A demo as people see it: a database of its own, a real server and worker, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from django.conf import global_settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect
from pyotp import TOTP
from pytest_django import DjangoDbBlocker

from browser.parts import running
from builders import STORIES
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel import clock
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.ops.scratch import scratch_database
from ligneclaire.simulation import demo as stories

ColorScheme = Literal["light", "dark"]
PASSWORD = "un mot de passe de test"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# Playwright runs an event loop in this thread, which Django takes for a reason not to use its database here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A running system, with some people logged in."""

    url: str
    browser: Browser
    sessions: Mapping[str, StorageState]
    recovery: Mapping[str, list[str]]  # the codes of each account, each good for coming in once more

    def enter(self, username: str, *, colours: ColorScheme = "light") -> BrowserContext:
        """A device of its own on which somebody is logged in."""
        return self.browser.new_context(
            base_url=self.url,
            storage_state=self.sessions[username],
            viewport=DESKTOP,
            color_scheme=colours,
            locale="fr-FR",
            reduced_motion="reduce",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A database with the demo in it, by how many days its clock differs, and what those need who are logged in."""

    database: str
    days: int
    sessions: Mapping[str, StorageState]
    recovery: Mapping[str, list[str]]
    mail: Path  # what came in, such as scans


@pytest.fixture(scope="session")
def demo(
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    """The demo before anybody did something in it: filled once; some people are logged in."""
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), scratch_database() as name:
        days, mail = stories.days_ahead(clock.now(), calendar=Calendar()), tmp_path_factory.mktemp("came-in") / "mail"
        hashers = global_settings.PASSWORD_HASHERS  # the server's
        with override_settings(PASSWORD_HASHERS=hashers, MAILBOX=mail):
            stories.prepare(
                world=STORIES / "operator.json",
                stories=STORIES,
                password=PASSWORD,
                deliver=deliver,
                at=clock.now() + timedelta(days=days),
            )
        with running(tmp_path_factory.mktemp("demo"), days) as parts:
            keys = {
                username: _log_in(browser, parts.url, username, start)
                for username, start in (("nora", "/"), ("hugo", "/"), ("billing", "/department"), ("marc", "/field"))
            }
        connection.close()
        connection.settings_dict["NAME"] = usual
        sessions = {username: session for username, (session, _) in keys.items()}
        recovery = {username: codes for username, (_, codes) in keys.items()}
        with django_db_blocker.block():
            yield Demo(database=name, days=days, sessions=sessions, recovery=recovery, mail=mail)


@pytest.fixture(scope="module")
def filled(demo: Demo, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The demo's database for the tests of a module, and by how many days its clock differs."""
    with django_db_blocker.unblock(), scratch_database(demo.database):
        yield demo.days


@pytest.fixture(scope="module")
def place(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to write to, in which lies what came in before."""
    place = tmp_path_factory.mktemp("desk")
    shutil.copytree(demo.mail, place / "mail")
    return place


@pytest.fixture(scope="module")
def address(filled: int, place: Path) -> Iterator[str]:
    """A server and a worker on that database."""
    with running(place, filled, "worker") as parts:
        yield parts.url


@pytest.fixture(scope="module")
def desk(demo: Demo, address: str, browser: Browser) -> Desk:
    """The running demo; Nora and Hugo are logged in, a clerk of billing and a technician."""
    return Desk(url=address, browser=browser, sessions=demo.sessions, recovery=demo.recovery)


def give_password(page: Page, username: str) -> None:
    """Take the first step of logging in."""
    page.goto("/login")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    expect(page.locator("#code")).to_be_visible()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Ask axe-core what is wrong with a page, by the rules of WCAG 2.2 AA and good practice."""
    source = (Path(__file__).parent / "axe-core-4.14.1.min.js").read_text(encoding="utf-8")

    def faults(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return faults


def _log_in(browser: Browser, address: str, username: str, start: str) -> tuple[StorageState, list[str]]:
    """The cookies of somebody who logs in for the first time, and the codes they are given."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    give_password(page, username)
    page.locator("#code").fill(TOTP(page.locator("code").inner_text().replace(" ", "")).now())
    page.locator("#code").press("Enter")
    expect(page.locator("li code")).to_have_count(8)
    codes = page.locator("li code").all_inner_texts()
    page.locator("main a.btn").click()
    page.wait_for_url(f"{address}{start}")
    session = context.storage_state()
    context.close()
    return session, codes
