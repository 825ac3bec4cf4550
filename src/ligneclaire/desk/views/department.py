"""The one screen of a department's clerk: state facts, and see what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.desk import statements
from ligneclaire.desk.door import actor, for_clerks, show
from ligneclaire.desk.statements import Statement, choices
from ligneclaire.kernel.actor import ActorKind
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import uuid_of
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import logins, operator
from ligneclaire.people.queries.logins import ClerkCard
from ligneclaire.voice import by_hand
from ligneclaire.voice.actions.state_by_hand import state_by_hand
from ligneclaire.voice.by_hand import ASKED
from ligneclaire.voice.intake import Parsed, parse
from ligneclaire.voice.queries import by_source
from ligneclaire.voice.queries.by_source import StatedFact
from ligneclaire.voice.rules.state import WITHDRAWAL
from ligneclaire.voice.sheet import COLUMNS, LARGEST, MOST
from ligneclaire.voice.topics import REQUESTED, TOPICS

NEWEST = 30
REFUSED = 422
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A fact of the department, and the colleague who stated it by hand, if somebody did."""

    fact: StatedFact
    by: str


@require_safe
@for_clerks(Right.STATE_FACTS)
def start(request: HttpRequest, me: ClerkCard) -> HttpResponse:
    """What to state, and the newest facts of the department with what came of each."""
    return start_page(request, me)


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks(Right.STATE_FACTS)
def state(request: HttpRequest, me: ClerkCard) -> HttpResponse:
    """The form that fits a topic; sent, it states once however often it is sent."""
    key = request.GET.get("topic", "")
    if by_hand.topic_key(key) != key:
        return redirect("desk:department")
    if request.method != "POST":
        return _form_page(request, me, key, Statement(initial={"number": request.GET.get("number", "")[:40]}))
    return _sent(request, me, key, Statement(request.POST))


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks(Right.STATE_FACTS)
def change(request: HttpRequest, me: ClerkCard, fact: int) -> HttpResponse:
    """State anew what was stated of a contract and a topic."""
    before = _one(me, fact)
    if not before.can_change:
        return redirect("desk:fact", fact=fact)
    if request.method != "POST":
        written = by_hand.written(before.value, before.kind)
        effective = before.effective.isoformat() if before.effective else ""
        form = Statement(initial={"number": before.contract, "value": written, "effective": effective})
        return _form_page(request, me, before.kind, form, before=before)
    form = Statement({**request.POST.dict(), "number": before.contract})
    return _sent(request, me, before.kind, form, before=before)


@require_safe
@for_clerks(Right.STATE_FACTS)
def fact(request: HttpRequest, me: ClerkCard, fact: int) -> HttpResponse:
    """One fact and what came of it."""
    [shown] = _shown([_one(me, fact)])
    return _show(request, me, "desk/department/fact.html", {"shown": shown}, at=now())


@require_POST
@for_clerks(Right.STATE_FACTS)
def withdraw(_request: HttpRequest, me: ClerkCard, fact: int) -> HttpResponse:
    """Take a fact back through the door through which it came; twice is once."""
    taken_back = _one(me, fact)
    if taken_back.kind == WITHDRAWAL:
        raise Http404
    if taken_back.can_withdraw:
        _withdraw(me, taken_back, at=now())
    return redirect(f"{reverse('desk:department')}?withdrawn={fact}")


def start_page(
    request: HttpRequest, me: ClerkCard, extra: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """The start, with what went wrong with an upload where something did."""
    at = now()
    context = {
        "topics": choices(me.department),
        "facts": _shown(by_source.newest(me.department, limit=NEWEST)),
        "stated": _asked_for(request, me, "stated"),
        "withdrawn": _asked_for(request, me, "withdrawn"),
        "columns": COLUMNS,
        "most": number_format(MOST, force_grouping=True),
        "megabytes": LARGEST // MEGABYTE,
        **(extra or {}),
    }
    return _show(request, me, "desk/department/page.html", context, at=at, status=status)


def _withdraw(me: ClerkCard, taken_back: StatedFact, *, at: datetime) -> None:
    item = parse(
        {
            "id": f"withdrawal/{uuid_of('withdrawal', me.department, taken_back.source_id)}",
            "at": at.isoformat(),
            "source": me.department,
            "event": WITHDRAWAL,
            "data": {"fact": taken_back.source_id},
        }
    )
    assert isinstance(item, Parsed)
    state_by_hand(items=[item], by=actor(me), at=at)


def _sent(
    request: HttpRequest, me: ClerkCard, key: str, form: Statement, *, before: StatedFact | None = None
) -> HttpResponse:
    name = statements.stated(form, key, source=me.department, by=actor(me), at=now())
    if name is None:
        return _form_page(request, me, key, form, before=before, status=REFUSED)
    recorded = by_source.named_so(me.department, name)
    assert recorded
    return redirect(f"{reverse('desk:department')}?stated={recorded.id}")


def _form_page(
    request: HttpRequest,
    me: ClerkCard,
    key: str,
    form: Statement,
    *,
    before: StatedFact | None = None,
    status: int = 200,
) -> HttpResponse:
    sent_as = form.cleaned_data.get("form") if form.is_bound else None
    context = {
        "form": form,
        "form_key": sent_as or uuid4(),
        "key": key,
        "takes": TOPICS[key].takes,
        "is_asked": key in ASKED,
        "can_wish": key == REQUESTED,
        "before": before,
    }
    return _show(request, me, "desk/department/form.html", context, at=now(), status=status)


def _one(me: ClerkCard, fact: int) -> StatedFact:
    found = by_source.one(me.department, fact)
    if found is None:
        raise Http404
    return found


def _asked_for(request: HttpRequest, me: ClerkCard, name: str) -> StatedFact | None:
    number = request.GET.get(name, "")
    return by_source.one(me.department, int(number)) if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004


def _shown(facts: tuple[StatedFact, ...] | list[StatedFact]) -> list[Shown]:
    """Facts with the names of clerks; what a system stated has none."""
    prefix = f"{ActorKind.CLERK}:"
    names = logins.clerks({one.by.removeprefix(prefix) for one in facts if one.by.startswith(prefix)})
    return [Shown(fact=one, by=names.get(one.by.removeprefix(prefix), "")) for one in facts]


def _show(
    request: HttpRequest,
    me: ClerkCard,
    template: str,
    context: Mapping[str, object],
    *,
    at: datetime,
    status: int = 200,
) -> HttpResponse:
    return show(request, me, template, context, zone=operator.current().zone, at=at, status=status)
