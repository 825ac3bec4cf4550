"""A technician closes a visit on a telephone, with the keyboard, by day and by night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from browser.conftest import ColorScheme, Desk
from browser.test_visits import PHONE, fits
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.states import ResourceKind
from ligneclaire.network.values import ResourceEntry
from network.street import BOX

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def phone(desk: Desk, filled: int, django_db_blocker: DjangoDbBlocker) -> Callable[[ColorScheme], Page]:
    """The telephone of the demo's technician; a pair is free where he goes."""
    with django_db_blocker.unblock():
        pair = ResourceEntry(code=f"{BOX}-900", kind=ResourceKind.PAIR, site=BOX)
        import_network(resources=[pair], by=SYSTEM, at=datetime.now(UTC) + timedelta(days=filled))

    def opened(colours: ColorScheme) -> Page:
        page = desk.enter("marc", colours=colours).new_page()
        page.set_viewport_size(PHONE)
        page.goto("/")
        return page

    return opened


def find_the_visit(page: Page) -> None:
    """Go on to the day of the visit, which is today or soon."""
    opens = page.locator("main ol a.btn")
    for _ in range(6):
        if opens.count():
            break
        page.locator("a[rel=next]").click()
        page.wait_for_load_state()
    opens.first.click()
    expect(page.get_by_role("button", name="Terminer la visite")).to_be_visible()


def test_a_visit_is_closed_on_a_telephone(
    phone: Callable[[ColorScheme], Page], axe: Callable[[Page], list[str]]
) -> None:
    dark, page = phone("dark"), phone("light")
    for screen in (dark, page):
        expect(screen.get_by_role("heading", level=1)).to_have_text("Ma journée")
        assert (axe(screen), fits(screen)) == ([], True)
        find_the_visit(screen)
        screen.locator("main details").evaluate("(details) => { details.open = true; }")
        assert (axe(screen), fits(screen)) == ([], True)
    small = page.evaluate(
        "[...document.querySelectorAll('main .btn, main .choice, main .touch')]"
        ".filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []

    page.get_by_role("button", name="Je suis en route").press("Enter")
    expect(page.get_by_text("en route", exact=True)).to_be_visible()

    page.get_by_role("button", name="Terminer la visite").press("Enter")
    expect(page.get_by_label("La ligne fonctionne")).to_be_focused()
    expect(page.locator("#id_result_error")).to_be_in_viewport()
    page.get_by_role("alert").get_by_role("link", name="Dites comment elle s’est terminée.").press("Enter")
    expect(page.locator("#id_result_error")).to_be_in_viewport()
    assert (axe(page), fits(page)) == ([], True)

    expected, other = [one.get_attribute("value") or "" for one in page.locator("#in-use option").all()][:2]
    page.get_by_label("La ligne fonctionne").press("Space")
    expect(page.get_by_label("Paire, port ou fibre")).to_have_value(expected)
    page.get_by_label("Paire, port ou fibre").fill(other)
    page.get_by_role("button", name="Terminer la visite").press("Enter")
    expect(page.get_by_text("La visite est terminée.")).to_be_visible()
    expect(page.get_by_text(f"Nos données disaient {expected}, maintenant {other}.")).to_be_visible()
    assert (axe(page), fits(page)) == ([], True)

    dark.get_by_label("La ligne fonctionne").check()
    dark.get_by_label("Paire, port ou fibre").fill(other)
    dark.get_by_role("button", name="Terminer la visite").click()  # the same, sent again from a page that was older
    expect(dark.get_by_text("rien n’a été fait deux fois")).to_be_visible()
    assert (axe(dark), fits(dark)) == ([], True)
    for screen in (page, dark):
        screen.context.close()
