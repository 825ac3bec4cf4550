"""The standard texts with which advisers write: everybody reads them, supervisors word them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.desk import text_forms
from ligneclaire.desk.door import actor, for_advisers, may, show
from ligneclaire.desk.text_forms import StandardText
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.archive_standard_text import TextUnknown, archive_standard_text
from ligneclaire.voice.actions.keep_standard_text import (
    ChangedMeanwhile,
    NameTaken,
    ShortcutUnreadable,
    UnknownVariable,
    keep_standard_text,
)
from ligneclaire.voice.queries import rules, standard_texts
from ligneclaire.voice.wording.standard import names
from ligneclaire.voice.wording.texts import LANGUAGES

REFUSED = 422


@require_safe
@for_advisers(Right.WRITE)
def text_list(request: HttpRequest, me: AdviserCard) -> HttpResponse:
    """All of them, those that are found by a word of their name, shortcut or words."""
    return _list_page(request, me)


@require_safe
@for_advisers(Right.KEEP_TEXTS)
def new(_request: HttpRequest, _me: AdviserCard) -> HttpResponse:
    """A text of its own for each time somebody begins one."""
    return redirect("desk:text", uuid=uuid4())


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.KEEP_TEXTS)
def one(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """One text, with what it was before; what was typed is kept when that cannot be."""
    card = standard_texts.by_uuid(uuid)
    form = StandardText(request.POST or None, initial=text_forms.initial(card) if card else None)
    if form.is_valid() and _is_kept(form, uuid, me):
        return redirect("desk:texts")
    context = {
        "form": form,
        "card": card,
        "uuid": uuid,
        "versions": standard_texts.versions_of(uuid)[1:],
        "variables": {language: tuple(names(language).values()) for language in LANGUAGES},
    }
    return _show(request, me, "desk/texts/one.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
@for_advisers(Right.KEEP_TEXTS)
def archive(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Into the archive, or out of it."""
    try:
        archive_standard_text(text=uuid, is_archived="back" not in request.POST, by=actor(me), at=now())
    except TextUnknown:
        raise Http404 from None
    except NameTaken:
        fault = _("Another text has its name or shortcut by now: change that one first.")
        return _list_page(request, me, fault=fault, status=REFUSED)
    return redirect("desk:texts")


def _is_kept(form: StandardText, uuid: UUID, me: AdviserCard) -> bool:
    entered = form.cleaned_data
    try:
        keep_standard_text(
            text=uuid,
            name=entered["name"],
            shortcut=entered["shortcut"],
            words=form.words(),
            seen=entered["seen"],
            by=actor(me),
            at=now(),
        )
    except Refused as refusal:
        form.add_error(*_fault(refusal))
    return form.is_valid()


def _fault(refusal: Refused) -> tuple[str | None, str]:
    """The field, and the sentence beside it."""
    match refusal:
        case UnknownVariable(values=values):
            field = f"{values['field']}_{values['language']}"
            known = ", ".join(f"{{{name}}}" for name in names(str(values["language"])).values())
            text = _("Line %(line)d: nothing fills {%(word)s}. What can be filled in: %(known)s.")
            return field, text % {"line": values["line"], "word": values["word"], "known": known}
        case ShortcutUnreadable():
            return "shortcut", _("One word of letters, digits and hyphens, 30 at most.")
        case NameTaken(values=values):
            return str(values["field"]), _("Another text has this already.")
        case ChangedMeanwhile():
            return None, _("A colleague has changed this text meanwhile: open it anew to see how.")
    raise refusal


def _list_page(request: HttpRequest, me: AdviserCard, *, fault: str = "", status: int = 200) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:100]
    found = [card for card in standard_texts.listed() if all(word in _said(card) for word in wanted.casefold().split())]
    context = {
        "wanted": wanted,
        "texts": [card for card in found if not card.archived_at],
        "archived": [card for card in found if card.archived_at],
        "keeps": may(request, Right.KEEP_TEXTS),
        "fault": fault,
    }
    return _show(request, me, "desk/texts/page.html", context, status=status)


def _said(card: standard_texts.StandardTextCard) -> str:
    words = (f"{wording.subject} {wording.text}" for wording in card.words.values())
    return " ".join((card.name, f"::{card.shortcut}", *words)).casefold()


def _show(
    request: HttpRequest, me: AdviserCard, template: str, context: Mapping[str, object], *, status: int
) -> HttpResponse:
    at, zone = now(), operator.current().zone
    return show(request, me, template, context, mode=rules.last_change(at), zone=zone, at=at, status=status)
