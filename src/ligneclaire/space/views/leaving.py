"""Ending or renouncing a contract: a form, its summary, the notification; with and without an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ligneclaire.contracts import documents
from ligneclaire.contracts.actions.keep_draft import TooManyForms
from ligneclaire.contracts.actions.renounce_contract import WithdrawalPeriodOver, renounce_contract
from ligneclaire.contracts.actions.request_termination import AlreadyRequested, NotHeld, request_termination
from ligneclaire.contracts.actions.take_request import TooManyRequests
from ligneclaire.contracts.documents import LARGEST, MOST
from ligneclaire.contracts.queries import requests
from ligneclaire.contracts.queries.requests import RequestCard
from ligneclaire.contracts.states import RequestKind
from ligneclaire.contracts.values import Declaration
from ligneclaire.space import drafts, tokens, visit
from ligneclaire.space.drafts import Typed
from ligneclaire.space.forms.leaving import Identity, Renunciation, Termination, entered
from ligneclaire.space.reasons import REASONS
from ligneclaire.space.uploads import MEGABYTE, received, with_uploads
from ligneclaire.space.visit import Visit, show
from ligneclaire.voice.actions.answer_guest import answer_guest
from ligneclaire.voice.rules.guests import Answer

REFUSED, TOO_MANY = 422, 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One of the two ways to end a contract: its form, its action, and its pages."""

    kind: RequestKind
    form: type[Identity]
    act: Callable[..., RequestCard]

    def page(self, name: str) -> str:
        """The template of one of its pages."""
        return f"space/leaving/{self.kind}/{name}.html"

    def address(self, name: str, form: UUID) -> str:
        """The address of one of its pages."""
        return reverse(f"space:{self.kind}_{name}", args=[form])


TERMINATION = Flow(kind=RequestKind.TERMINATION, form=Termination, act=request_termination)
RENUNCIATION = Flow(kind=RequestKind.RENUNCIATION, form=Renunciation, act=renounce_contract)


@require_safe
@never_cache
def start(_request: HttpRequest, flow: Flow) -> HttpResponse:
    """A form of its own for everybody who comes, so that two tabs do not mix."""
    return redirect(flow.address("form", uuid4()))


@require_http_methods(["GET", "HEAD", "POST"])
@with_uploads
def fill_in(request: HttpRequest, form: UUID, flow: Flow) -> HttpResponse:
    """The form; what was typed is kept whatever happens."""
    if requests.by_form(form):
        return redirect(flow.address("done", form))
    here = visit.of(request, flow.kind)
    if request.method == "POST":
        return _sent(request, form, flow, here)
    typed = drafts.load(form, customer=here.customer)
    if "check" in request.GET and not typed.is_new:
        filled = flow.form(typed.fields, setting=here.setting(flow.kind))
        filled.full_clean()
    else:
        filled = flow.form(initial=_initial(typed, here), setting=here.setting(flow.kind))
    return _form_page(request, flow, here, filled, typed)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sum_up(request: HttpRequest, form: UUID, flow: Flow) -> HttpResponse:
    """What was typed, with a way back to each field, and the button that makes it count."""
    if requests.by_form(form):
        return redirect(flow.address("done", form))
    here = visit.of(request, flow.kind)
    typed = drafts.load(form, customer=here.customer)
    filled = flow.form(typed.fields, setting=here.setting(flow.kind))
    if typed.is_new or not filled.is_valid():
        return redirect(f"{flow.address('form', form)}?check=1")
    says = entered(filled)
    if request.method != "POST":
        return _summary_page(request, form, flow, here, says, typed)
    try:
        _declare(request, form, flow, here, says, typed)
    except TooManyRequests:
        return _summary_page(request, form, flow, here, says, typed, status=TOO_MANY)
    except (AlreadyRequested, NotHeld, WithdrawalPeriodOver):
        return redirect(f"{flow.address('form', form)}?check=1")
    return redirect(flow.address("done", form))


@require_safe
@never_cache
def done(request: HttpRequest, form: UUID, flow: Flow) -> HttpResponse:
    """What was declared, when, and what happens next; the same whether or not we know who it was."""
    card = requests.by_form(form)
    if card is None:
        return redirect(flow.address("form", form))
    if card.kind != flow.kind:
        raise Http404
    here = visit.of(request, flow.kind)
    if not card.is_guest and card.customer not in here.numbers:
        return redirect("space:requests")
    return show(request, here, flow.page("done"), {"card": card, "token": tokens.of(card.reference)})


def _sent(request: HttpRequest, form: UUID, flow: Flow, here: Visit) -> HttpResponse:
    before = drafts.load(form, customer=here.customer)
    with override(here.language):
        proofs, faults = received(request, form=form, known=before.proofs, at=here.at)
    typed = drafts.typed(request, proofs, names=flow.form.base_fields)
    _add_lines(typed.fields, here)
    filled = flow.form(typed.fields, setting=here.setting(flow.kind))
    try:
        drafts.keep(request, form, typed, customer=here.customer, at=here.at)
    except TooManyForms:
        documents.forget([form])  # no draft will ever lead to what was sent with it
        return _form_page(request, flow, here, filled, typed, faults=faults, status=TOO_MANY)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response = redirect(flow.address("form", form))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        return response
    if filled.is_valid() and not faults:
        return redirect(flow.address("summary", form))
    return _form_page(request, flow, here, filled, typed, faults=faults, status=REFUSED)


def _add_lines(fields: QueryDict, here: Visit) -> None:
    """The lines of what a customer ticked, so that they can go on as a guest when their session ends meanwhile."""
    if here.customer:
        ticked = fields.getlist("contracts")
        fields["lines"] = "\n".join(one.line for one in here.holdings if one.contract in ticked)


@transaction.atomic
def _declare(
    request: HttpRequest, form: UUID, flow: Flow, here: Visit, says: Mapping[str, Any], typed: Typed
) -> RequestCard:
    declared = Declaration(
        form=form,
        language=here.language,
        customer=here.customer,
        sender="" if here.customer else drafts.sender(request),
        proofs=typed.proofs,
        **says,
    )
    by = drafts.actor(here.customer)
    card = flow.act(declared=declared, by=by, at=here.at)
    answer_guest(request=card.reference, answer=Answer.RECEIVED, by=by, at=here.at)
    return card


def _initial(typed: Typed, here: Visit) -> dict[str, Any]:
    """What was typed so far; before that, what we know of a customer who is signed in."""
    if typed.is_new:
        only = [one.contract for one in here.holdings if one.contract not in here.ending]
        return {"email": here.email, "contracts": only if len(only) == 1 else []}
    return {**typed.fields.dict(), "contracts": typed.fields.getlist("contracts")}


def _form_page(
    request: HttpRequest,
    flow: Flow,
    here: Visit,
    filled: Identity,
    typed: Typed,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    ticked = filled["contracts"].value() or [] if "contracts" in filled.fields else []
    context = {
        "form": filled,
        "faults": filled.faults() if status != TOO_MANY else [],
        "ticked": ticked,
        "proofs": typed.proofs,
        "proof_faults": faults or [],
        "most_proofs": MOST,
        "most_megabytes": LARGEST // MEGABYTE,
        "reasons": REASONS.values(),
        "latest": here.latest_end(None),
        "choices": (filled.setting.holdings or ()),
        "is_too_much": status == TOO_MANY,
    }
    response = show(request, here, flow.page("form"), context, status=status)
    # Kept by the browser itself, so that going back finds what was typed and not yet sent.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _summary_page(
    request: HttpRequest,
    form: UUID,
    flow: Flow,
    here: Visit,
    says: Mapping[str, Any],
    typed: Typed,
    *,
    status: int = 200,
) -> HttpResponse:
    chosen = [one for one in here.holdings if one.contract in says.get("contracts", ())]
    context = {
        "says": says,
        "chosen": chosen,
        "proofs": typed.proofs,
        "edit": flow.address("form", form),
        "latest": here.latest_end(says.get("wished_on")),
        "is_too_much": status == TOO_MANY,
    }
    return show(request, here, flow.page("summary"), context, status=status)
