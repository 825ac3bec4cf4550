"""Every page of the desk in the demo's house: everybody can read it, on a telephone too, by day and by night.

`LIGNECLAIRE_SHOTS=folder` keeps a picture of each, for a person to look at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize

from browser.conftest import DESKTOP, ColorScheme, Desk
from desk.test_requests import asked_with_a_reason
from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.cases.queries import unmatched
from ligneclaire.channels.queries import messages, scans
from ligneclaire.desk import agenda
from ligneclaire.desk.urls import urlpatterns
from ligneclaire.journeys.queries import plans
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.begin_survey import begin_survey
from ligneclaire.network.actions.compare_survey import compare_survey
from ligneclaire.network.actions.order_build import order_build
from ligneclaire.network.actions.take_observations import take_observations
from ligneclaire.network.queries import differences
from ligneclaire.network.states import ResourceKind, Seen
from ligneclaire.network.values import ObservationEntry
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.simulation.demo import PARIS
from ligneclaire.visits.queries import visits
from ligneclaire.voice.actions.batch_letters import batch_letters
from ligneclaire.voice.queries import by_source, print_terms, thread
from ligneclaire.voice.queries.day import DayList
from today import listed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 360, "height": 740}
SHOTS = os.environ.get("LIGNECLAIRE_SHOTS", "")
LENOIR, CASE = "/customers/C-2001", "/cases/LC-C8A3-YX5S"
Found = Mapping[str, str]
PAGES: Mapping[str, Callable[[Found], str]] = {
    "today": lambda _: "/",
    **{f"whole {name}": lambda _, name=name: f"/today/{name}" for name in agenda.HEADINGS},  # type: ignore[misc]
    "figures": lambda _: "/figures",
    "account": lambda _: "/account",
    "sending": lambda _: "/sending",
    "search": lambda _: "/customers?q=mme",
    "search messages": lambda _: "/customers?q=contrat",
    "search nothing": lambda _: "/customers?q=personne",
    "customer": lambda _: LENOIR,
    "customer sieved": lambda _: f"{LENOIR}?channel=sms",
    "customer asked": lambda _: "/customers/C-5001",
    "older": lambda found: f"{LENOIR}/thread?before={found['older']}",
    "address": lambda _: f"{LENOIR}/address",
    "log": lambda _: f"{LENOIR}/log",
    "log scan": lambda found: f"/customers/C-1001/log?scan={found['scan']}",
    "plan": lambda found: f"{LENOIR}/plans/{found['plan']}",
    "persons": lambda _: f"{LENOIR}/persons",
    "wishes": lambda _: f"{LENOIR}/wishes",
    "promise": lambda found: f"/customers/C-3001/promises/{found['promise']}",
    "write": lambda _: f"{LENOIR}/write/{uuid4()}",
    "case": lambda _: CASE,
    "case_link": lambda _: f"{CASE}/link",
    "case_merge": lambda _: f"{CASE}/merge",
    "case_split": lambda _: f"{CASE}/split",
    "visits": lambda _: "/field",
    "visits of the day of one": lambda found: f"/field?day={found['day']}",
    "visit": lambda found: f"/field/{found['visit']}",
    "technicians": lambda _: "/field/technicians",
    "technician": lambda found: f"/field/technicians/T-1?day={found['day']}",
    "requests": lambda _: "/requests",
    "request": lambda found: f"/requests/{found['request']}",
    "mails": lambda _: "/mails",
    "mail": lambda found: f"/mails/{found['mail']}",
    "scans": lambda _: "/scans",
    "scan": lambda found: f"/scans/{found['scan']}",
    "letters": lambda _: "/letters",
    "returned": lambda _: "/letters/returned",
    "batch": lambda found: f"/letters/{found['batch']}",
    "message": lambda found: f"/messages/{found['message']}",
    "why": lambda found: f"/messages/{found['message']}/why",
    "email": lambda _: f"{LENOIR}/email",
    "customer_merge": lambda _: f"{LENOIR}/merge",
    "absences": lambda _: "/absences",
    "changes": lambda _: "/changes",
    "hooks": lambda _: "/hooks",
    "work": lambda _: "/turns",
    "work_of": lambda _: "/turns/equipment",
    "work_of late": lambda _: "/turns/billing?only=late",
    "work_answer": lambda _: "/turns/equipment/answer?number=K-ADSL-1",
    "work_state": lambda _: "/turns/contracts/state?topic=contract.ends_on&number=K-ADSL-1",
    "texts": lambda _: "/texts",
    "text_new": lambda _: "/texts/new",
    "network": lambda _: "/network",
    "line": lambda _: "/lines/K-FIX-7-2",
    "resource": lambda _: "/resources/63510-D4-017",
    "site": lambda _: "/sites/63000-A1",
    "differences": lambda _: "/differences",
    "difference": lambda found: f"/differences/{found['difference']}",
    "department": lambda _: "/department",
    "state": lambda _: "/department/state?topic=closing_bill.amount",
    "fact": lambda found: f"/department/facts/{found['fact']}",
    "change": lambda found: f"/department/facts/{found['fact']}/change",
    "nowhere": lambda _: "/nowhere",
}
OF_A_CLERK = {"department", "state", "fact", "change"}
OF_A_TECHNICIAN = {"visits", "visits of the day of one", "visit"}
ELSEWHERE = {
    # asked with words, and answered by leading on
    *("tick_off_alarm", "tick_off", "try_again", "recovery", "end-other-sessions", "end-session", "add-key"),
    *("add-key-options", "remove-key", "logout", "language", "occasion", "settle", "person_withdraw", "promise_done"),
    *("promise_postpone", "no_answer", "undo", "case_give", "case_snooze", "case_close", "case_reopen", "case_unlink"),
    *("match", "reject", "decide", "mail_match", "mail_set_aside", "scan_file", "scan_set_aside", "reprint_batch"),
    *("reprint", "tick_off_message", "send_again", "withdraw", "send", "state_upload", "write_start", "rio"),
    # files, streams and parts of pages
    *("figures_table", "work_table", "news", "bar", "suggestions", "live", "preview", "label", "receipt", "write_file"),
    *(
        "message_file",
        "proof",
        "mail_file",
        "mail_original",
        "scan_page",
        "scan_original",
        "letter",
        "template",
        "wrong",
    ),
    *("second-step-key", "second-step-key-options", "changes_table", "company-back", "company-out", "company-ended"),
    *("absence_end", "backup", "duty", "hook_pause", "hook_resume", "hook_replay", "in_full", "text_archive"),
    *(
        "visit_leave",
        "visit_close",
        "visit_miss",
        "difference_settle",
        "review_approve",
        "review_send_back",
        "review_take_back",
    ),
    # looked at where they come up: tests/browser/test_desk.py, test_writing.py, test_department.py
    *("login", "second-step", "second-step-set-up", "write_check", "case_unmerge", "upload"),
    # there when something is: tests/desk/test_absences.py, test_hooks.py, test_reviews.py, test_standard_texts.py,
    # test_merged_customers.py, test_company.py
    *("absence", "hook", "review", "text", "customer_unmerge", "company"),
}


@pytest.fixture(scope="module")
def found(filled: int) -> Found:
    """What the demo has of everything, and one request, batch and supervisor more."""
    at: datetime = clock.now() + timedelta(days=filled)
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=at)
    [visit] = [one for day in range(7) for one in visits.of_technician("T-1", at.date() + timedelta(days=day))]
    [promise] = listed(DayList.PROMISES, on=at.astimezone(PARIS).date())
    letter = next(card for card in messages.of(["C-2001"]) if card.channel == "letter")
    return {
        "difference": str(a_difference_about("63510-D4-017", at=at)),
        "visit": visit.visit.reference,
        "day": f"{visit.visit.starts:%Y-%m-%d}",
        "promise": str(promise.uuid),
        "message": str(letter.uuid),
        "request": asked_with_a_reason(),
        "mail": str(unmatched.waiting()[0].mail),
        "scan": str(scans.waiting(limit=1)[0].uuid),
        "batch": str(batch_letters(until=at, terms=print_terms.current(), by=SYSTEM, at=at)),
        "plan": str(plans.of(["C-2001"], {})["C-2001"][0].uuid),
        "fact": str(by_source.newest("billing", limit=1)[0].id),
        "older": quote(str(thread.page(["C-2001"], limit=3).older)),
    }


def a_difference_about(pair: str, *, at: datetime) -> UUID:
    """A pair that a line holds is silent, and the customer gets another one built."""
    survey = begin_survey(source="exchange", digest=pair, seen_at=at, by=SYSTEM, at=at)
    seen = [ObservationEntry(resource=pair, number="+33465710401", seen=Seen.SILENT)]
    take_observations(survey=survey.uuid, after=0, upto=1, rows=seen, by=SYSTEM, at=at)
    compare_survey(survey=survey.uuid, due_on=at.date(), by=SYSTEM, at=at)
    take_up_differences(by=SYSTEM, at=at)
    later = at.date() + timedelta(days=9)
    order_build(line="K-FIX-7-2", site="63510-D4", kind=ResourceKind.PAIR, due_on=later, by=SYSTEM, at=at)
    one = next(found for found in differences.of_line("K-FIX-7-2") if found.kind == "silent")
    return one.uuid


@pytest.fixture(scope="module")
def screens(found: Found, desk: Desk) -> Iterator[Mapping[str, Page]]:
    """A page for Nora, one for a clerk and one for a technician, through which all addresses go."""
    names = ("nora", "billing", "marc")
    contexts: list[BrowserContext] = [desk.enter(name) for name in names]
    yield dict(zip(names, (context.new_page() for context in contexts), strict=True))
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everybody(
    screens: Mapping[str, Page], found: Found, axe: Callable[[Page], list[str]], name: str
) -> None:
    page = screens["billing" if name in OF_A_CLERK else "marc" if name in OF_A_TECHNICIAN else "nora"]
    complaints: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"} and "404" not in line.text:
            complaints.append(line.text)

    page.on("console", hear)
    answer = page.goto(PAGES[name](found))
    assert answer
    assert answer.status == (404 if name == "nowhere" else 200)
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")

    faults = [*seen(page, "light", PHONE, name, axe), *seen(page, "dark", DESKTOP, name, axe)]

    page.remove_listener("console", hear)
    assert faults + complaints == []


def seen(
    page: Page, colours: ColorScheme, viewport: ViewportSize, name: str, axe: Callable[[Page], list[str]]
) -> list[str]:
    """What is wrong with it so; a picture where one is asked for."""
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size(viewport)
    if SHOTS:
        page.screenshot(
            path=Path(SHOTS) / f"{name.replace(' ', '-')}-{colours}-{viewport['width']}.png", full_page=True
        )
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{colours} {viewport['width']}: {fault}" for fault in axe(page) + ["sideways"] * is_wide]


def test_every_address_is_looked_at_here_or_elsewhere() -> None:
    named = {name.split()[0] for name in PAGES} - {"nowhere"}

    assert {pattern.name for pattern in urlpatterns} == named | ELSEWHERE
    assert named & ELSEWHERE == set()
