"""Who is away, now and in the coming weeks, who answers meanwhile, and who is on duty."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ligneclaire.desk.absence_forms import HOUSE, Backup, Days, Duty, Planned, first_words
from ligneclaire.desk.door import actor, for_advisers, may, show
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.actions.change_absence import change_absence
from ligneclaire.people.actions.end_absence import end_absence
from ligneclaire.people.actions.record_absence import AbsenceOver, AbsenceOverlaps, record_absence
from ligneclaire.people.actions.set_backup import BackupOfOneself, set_backup
from ligneclaire.people.actions.set_duty import set_duty
from ligneclaire.people.queries import absences as away
from ligneclaire.people.queries import advisers, operator, teams
from ligneclaire.people.queries.absences import AbsenceCard, AbsenceUnknown
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.ui.paging import page_of
from ligneclaire.voice.queries import rules

REFUSED = 422
PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.PLAN_ABSENCE)
def absences(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """The lists, and a form to plan one more; what was typed is kept when that cannot be."""
    house, everybody = operator.current(), _for_whom(request, me)
    form = Planned(request.POST or None, today=_today(house), advisers=everybody, initial={"adviser": me.number})
    if form.is_valid() and _is_planned(form, me):
        messages.success(request, _("That is planned: the colleague who stands in answers meanwhile."))
        return redirect("desk:absences")
    return _page(request, me, house, everybody, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.PLAN_ABSENCE)
def change(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Other days for an absence that is not over."""
    card, at, house = _card(request, me, uuid), now(), operator.current()
    form = Days(request.POST or None, today=_today(house), initial=first_words(card))
    if form.is_valid() and _is_changed(form, me, uuid):
        messages.success(request, _("The days are changed."))
        return redirect("desk:absences")
    context = {"form": form, "absence": card, "is_mine": card.adviser == me.number, "today": _today(house)}
    return show(
        request,
        me,
        "desk/absences/change.html",
        context,
        mode=rules.last_change(at),
        zone=house.zone,
        at=at,
        status=REFUSED if form.is_bound else 200,
    )


@require_POST
@for_advisers(Right.PLAN_ABSENCE)
def end(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """They are back, or do not go; an absence that is over already is fine."""
    card = _card(request, me, uuid)
    try:
        end_absence(absence=uuid, by=actor(me), at=now())
    except (AbsenceOver, AbsenceUnknown):
        return redirect("desk:absences")
    said = _("%(name)s is back from today on.") if card.start < _today(operator.current()) else _("It is taken back.")
    messages.success(request, said % {"name": card.adviser_name})
    return redirect("desk:absences")


@require_POST
@for_advisers(Right.PLAN_TEAM)
def backup(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Say who stands in for somebody."""
    everybody = advisers.serving()
    form = Backup(request.POST, advisers=everybody)
    if form.is_valid():
        try:
            set_backup(**form.cleaned_data, by=actor(me), at=now())
        except BackupOfOneself:
            form.add_error("backup", _("Nobody stands in for themself: choose somebody else."))
        else:
            messages.success(request, _("That is who stands in from now on."))
            return redirect("desk:absences")
    return _page(request, me, operator.current(), everybody, backup=form)


@require_POST
@for_advisers(Right.PLAN_TEAM)
def duty(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """Say who is on duty for a team, or for all."""
    everybody = advisers.serving()
    form = Duty(request.POST, advisers=everybody, teams=teams.listed())
    if form.is_valid():
        team, adviser = form.cleaned_data["team"], form.cleaned_data["adviser"]
        set_duty(team=None if team == HOUSE else team, adviser=adviser or None, by=actor(me), at=now())
        messages.success(request, _("That is who is on duty from now on."))
        return redirect("desk:absences")
    return _page(request, me, operator.current(), everybody, duty=form)


def _is_planned(form: Planned, me: AdviserCard) -> bool:
    whose = form.cleaned_data["adviser"]
    try:
        record_absence(adviser=whose, period=form.period(), reason=form.why(), by=actor(me), at=now())
    except AbsenceOverlaps:
        form.add_error("first", _("They are away already on one of these days: change that absence instead."))
    except AbsenceOver:
        form.add_error("first", _("This day is over: an absence begins today or later."))
    return form.is_valid()


def _is_changed(form: Days, me: AdviserCard, uuid: UUID) -> bool:
    try:
        change_absence(absence=uuid, period=form.period(), reason=form.why(), by=actor(me), at=now())
    except AbsenceOverlaps:
        form.add_error("first", _("They are away already on one of these days: change that absence instead."))
    except AbsenceOver:
        form.add_error("first", _("Days that are over stay as they were."))
    return form.is_valid()


def _for_whom(request: HttpRequest, me: AdviserCard) -> tuple[AdviserCard, ...]:
    return advisers.serving() if may(request, Right.PLAN_TEAM) else (me,)


def _card(request: HttpRequest, me: AdviserCard, uuid: UUID) -> AbsenceCard:
    try:
        card = away.by_uuid(uuid)
    except AbsenceUnknown:
        raise Http404 from None
    if card.adviser != me.number and not may(request, Right.PLAN_TEAM):
        raise PermissionDenied
    return card


def _today(house: OperatorCard) -> date:
    return house.calendar.date_of(now())


def _page(
    request: HttpRequest, me: AdviserCard, house: OperatorCard, everybody: tuple[AdviserCard, ...], **bound: Form
) -> HttpResponse:
    at, today = now(), _today(house)
    is_planner = may(request, Right.PLAN_TEAM)
    known = teams.listed() if is_planner else ()
    forms = {
        "form": Planned(today=today, advisers=everybody, initial={"adviser": me.number}),
        "backup": Backup(advisers=everybody),
        "duty": Duty(advisers=everybody, teams=known),
        **bound,
    }
    context = {
        **forms,
        **_lists(today, page_of(request)),
        "mine": away.of(me.number, on=today),
        "today": today,
        "is_planner": is_planner,
        "teams": known,
        "house_duty": next((one.name for one in everybody if one.number == house.duty), ""),
    }
    return show(
        request,
        me,
        "desk/absences/page.html",
        context,
        mode=rules.last_change(at),
        zone=house.zone,
        at=at,
        status=REFUSED if any(one.is_bound for one in forms.values()) else 200,
    )


def _lists(today: date, number: int) -> dict[str, object]:
    """Who is away and who will be, with who answers then."""
    current = away.current(on=today)
    coming = away.coming(after=today, limit=PAGE, skip=(number - 1) * PAGE)
    days: defaultdict[date, set[str]] = defaultdict(set)
    for one in (*current, *coming):
        days[max(one.start, today)].add(one.adviser)
    covers = advisers.covers_on(days) if days else {}
    return {
        "current": [(one, covers[today].get(one.adviser)) for one in current],
        "coming": [(one, covers[one.start].get(one.adviser)) for one in coming],
        "newer": number - 1,
        "older": number + 1 if number * PAGE < away.count_coming(after=today) else None,
    }
