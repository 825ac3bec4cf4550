"""The start of an adviser's day: what waits for a person, mine first; every list also whole, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ligneclaire.cases.actions.tick_off_alarm import NoAlarm, OwnAlarm, tick_off_alarm
from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.actions.tick_off_message import NothingUndelivered, tick_off_message
from ligneclaire.channels.queries import messages
from ligneclaire.desk import agenda
from ligneclaire.desk.door import actor, for_advisers, show
from ligneclaire.desk.forms import AlarmNote, MessageNote, Note, OptionalNote
from ligneclaire.desk.reading import asked_first
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import advisers
from ligneclaire.people.queries.advisers import AdviserCard, AdviserUnknown
from ligneclaire.people.queries.operator import House
from ligneclaire.ui.paging import page_of
from ligneclaire.voice.actions.release_fact import NotSetAside, release_fact
from ligneclaire.voice.actions.send_again import AddressInDoubt, NotUndeliverable, send_again
from ligneclaire.voice.actions.tick_off_fact import NothingToTickOff, tick_off_fact
from ligneclaire.voice.queries import day, rules, troubles
from ligneclaire.voice.queries.day import DayList
from ligneclaire.voice.queries.rules import ModeCard
from ligneclaire.voice.rules.state import Rules

SHORT, TROUBLES, INSPECTED = 10, 10, 10
PAGE = 50
REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The operator and its rules at the instant of a page."""

    at: datetime
    house: House
    rules: Rules
    mode: ModeCard | None

    @property
    def today(self) -> date:
        """The day of the operator's calendar."""
        return self.rules.calendar.date_of(self.at)


@require_safe
@for_advisers(Right.SEE_WORK)
def today(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Open contradictions, messages that wait, and facts that nobody could make sense of."""
    return _page(request, me)


@require_safe
@for_advisers(Right.SEE_WORK)
def whole(request: HttpRequest, me: AdviserCard, name: str) -> HttpResponse:
    """One list of the day, a page at a time."""
    if name not in agenda.HEADINGS:
        raise Http404
    standing, number = _standing(), page_of(request)
    covered = advisers.covered_by(me.number, on=standing.today)
    rows, total = _rows(name, me, covered, standing, skip=(number - 1) * PAGE)
    context = {
        "name": name,
        "heading": agenda.HEADINGS[name],
        "template": agenda.template_of(name),
        "rows": rows,
        "total": total,
        "covered": covered,
        "newer": number - 1,
        "older": number + 1 if number * PAGE < total else None,
        "is_whole": True,
    }
    return _shown(request, me, "desk/today/whole.html", context, standing)


@require_POST
@for_advisers(Right.MEND)
def tick_off(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Somebody looked at a fact that was not understood; what was typed is kept when that cannot be."""
    form = Note(request.POST)
    if form.is_valid():
        try:
            tick_off_fact(**form.cleaned_data, by=actor(me), at=now())
        except NothingToTickOff:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_POST
@for_advisers(Right.MEND)
def try_again(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Have a fact tried again that was set aside."""
    form = OptionalNote(request.POST)
    if form.is_valid():
        try:
            release_fact(**form.cleaned_data, by=actor(me), at=now())
        except NotSetAside:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, form)


@require_POST
@for_advisers(Right.MEND)
def tick_off_undelivered(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Somebody reached the customer otherwise, or need not; what was typed is kept when that cannot be."""
    if asked := _asked_about(request, me, uuid):
        return asked
    form = MessageNote(request.POST)
    form.message = uuid
    if form.is_valid():
        try:
            tick_off_message(message=uuid, note=form.cleaned_data["note"], by=actor(me), at=now())
        except NothingUndelivered:
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, undelivered_form=form)


@require_POST
@for_advisers(Right.MEND)
def send_undelivered(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Have a message tried again that was refused for good."""
    if asked := _asked_about(request, me, uuid):
        return asked
    try:
        send_again(message=uuid, by=actor(me), at=now())
    except NotUndeliverable:
        form = MessageNote(request.POST)
        form.came_too_late = True
        return _page(request, me, undelivered_form=form)
    except AddressInDoubt:
        fault = _("A message came back from this address: confirm or change it first.")
        return _page(request, me, undelivered_form=MessageNote(), address_fault=fault)
    return redirect("desk:today")


def _asked_about(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse | None:
    card = messages.by_uuid(uuid)
    return asked_first(request, me, card.customer, ReadPage.MESSAGE) if card else None


@require_POST
@for_advisers(Right.OVERSEE)
def tick_off_reading(request: HttpRequest, me: AdviserCard, adviser: str) -> HttpResponse:
    """A supervisor knows why somebody opened very many records; what was typed is kept when that cannot be."""
    form = AlarmNote(request.POST)
    form.adviser = adviser
    if form.is_valid():
        try:
            tick_off_alarm(adviser=adviser, **form.cleaned_data, by=actor(me), at=now())
        except OwnAlarm:
            raise PermissionDenied from None
        except (NoAlarm, AdviserUnknown):
            form.came_too_late = True
        else:
            return redirect("desk:today")
    return _page(request, me, alarm_form=form)


def _page(
    request: HttpRequest,
    me: AdviserCard,
    form: Note | None = None,
    *,
    undelivered_form: MessageNote | None = None,
    address_fault: str = "",
    alarm_form: AlarmNote | None = None,
) -> HttpResponse:
    standing = _standing()
    covered = advisers.covered_by(me.number, on=standing.today)
    found = day.of(me.number, covered=covered, today=standing.today, limit=SHORT)
    coming = agenda.coming(at=standing.at, limit=SHORT, current=standing.rules)
    if found.coming <= SHORT:  # all are looked at: those for whom nothing waits after all do not count
        found = replace(found, coming=len(coming))
    lately = troubles.newest(limit=TROUBLES)
    context = {
        "day": found,
        "covered": covered,
        "lists": found.lists,
        "headings": agenda.HEADINGS,
        "overview": agenda.overview(found),
        "alarms": reads.alarms(at=standing.at),
        "troubles": lately,
        "more_troubles": found.troubles - len(lately),
        "inspected": troubles.inspected(limit=INSPECTED),
        "coming": coming,
        "more_coming": found.coming - len(coming),
        "delayed": messages.delayed(),
        "form": form,
        "undelivered_form": undelivered_form,
        "address_fault": address_fault,
        "alarm_form": alarm_form,
    }
    status = REFUSED if form or undelivered_form or alarm_form else 200
    return _shown(request, me, "desk/today/page.html", context, standing, status=status)


def _rows(name: str, me: AdviserCard, covered: Collection[str], standing: Standing, *, skip: int) -> tuple[object, int]:
    """A page of a list, and how many rows it has in all."""
    if name in set(DayList):
        listed = day.one(DayList(name), me.number, covered=covered, today=standing.today, limit=PAGE, skip=skip)
        return listed.rows, listed.total
    counts = day.counts()
    if name == agenda.TROUBLES:
        return troubles.newest(limit=PAGE, skip=skip), counts.troubles
    return agenda.coming(at=standing.at, limit=PAGE, skip=skip, current=standing.rules), counts.coming


def _standing() -> Standing:
    at = now()
    house, changes = rules.house_and_changes()
    mode = max((change for change in changes if change.at <= at), key=lambda change: change.at, default=None)
    return Standing(at=at, house=house, rules=rules.of(house, changes), mode=mode)


def _shown(
    request: HttpRequest,
    me: AdviserCard,
    template: str,
    context: Mapping[str, object],
    standing: Standing,
    *,
    status: int = 200,
) -> HttpResponse:
    zone = standing.house.operator.zone
    return show(request, me, template, context, mode=standing.mode, zone=zone, at=standing.at, status=status)
