"""Writing to a customer: the words, the message as it will leave, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ligneclaire.cases.queries import cards, said
from ligneclaire.cases.states import ReadPage
from ligneclaire.channels.actions import need_no_answer as unanswered
from ligneclaire.channels.queries import enclosures, entries, messages
from ligneclaire.channels.states import Channel
from ligneclaire.desk import promising, standard, writing_files
from ligneclaire.desk.contact_forms import Message
from ligneclaire.desk.door import actor, for_advisers, is_part, show
from ligneclaire.desk.promising import answer_to
from ligneclaire.desk.reading import asked_first
from ligneclaire.desk.standard import Inserted
from ligneclaire.desk.views.scans import drawn
from ligneclaire.desk.writing_desk import Desk, desk_of, entry_of
from ligneclaire.kernel.canonical import digest
from ligneclaire.kernel.clock import now
from ligneclaire.people.access.roles import Right
from ligneclaire.people.queries import advisers, authorised, numbers, operator
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.people.queries.authorised import PersonCard
from ligneclaire.promises.actions.give_promise import PromisedForThePast
from ligneclaire.voice.actions.drop_writing import drop_writing
from ligneclaire.voice.actions.keep_writing import HandedIn, NotYours, SentAlready, keep_writing
from ligneclaire.voice.actions.take_back import LeftAlready, take_back
from ligneclaire.voice.actions.write_message import SIGNER, AnsweredAlready, Words, write_message
from ligneclaire.voice.queries import reviews, rules, standard_texts, writings, written
from ligneclaire.voice.queries.reviews import ReviewCard
from ligneclaire.voice.rules.reviews import ReviewState
from ligneclaire.voice.wording.standard import left_in

REFUSED, TAKEN = 422, 409


@require_safe
@for_advisers(Right.WRITE)
def start(request: HttpRequest, _me: AdviserCard, number: str) -> HttpResponse:
    """A message of its own for each time somebody begins to write, so that two tabs do not mix."""
    path = reverse("desk:write", args=[number, uuid4()])
    given = request.GET.urlencode()
    return redirect(f"{path}?{given}" if given else path)


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.WRITE)
def write(request: HttpRequest, me: AdviserCard, number: str, message: UUID) -> HttpResponse:
    """The words; they are kept as they are typed."""
    if gone := _gone(message):
        return gone
    desk = desk_of(request, me, number, message)
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    if request.method != "POST":
        return _write_page(request, desk, _form(desk, initial=_start(request, desk)))
    if "drop" in request.POST:
        drop_writing(message=message, by=actor(me), at=desk.at)
        return redirect("desk:customer", number=number)
    return _keep(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_advisers(Right.WRITE)
def check(request: HttpRequest, me: AdviserCard, number: str, message: UUID) -> HttpResponse:
    """The message as it will leave, with the dates and amounts in it; one more press sends it."""
    if gone := _gone(message):
        return gone
    desk = desk_of(request, me, number, message)
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    form = _form(desk, data=desk.typed)
    if not form.is_valid() or writing_files.unfit(form.cleaned_data["channel"], desk.files):
        return redirect(desk.address("write"))
    if "promise" in request.POST:
        return _promise(request, desk)
    return _send(request, desk, form) if request.method == "POST" else _check_page(request, desk, form)


@require_safe
@for_advisers(Right.WRITE)
def file_page(
    request: HttpRequest, me: AdviserCard, number: str, message: UUID, position: int, page: int
) -> HttpResponse:
    """A page of a file that goes with what is written, drawn anew."""
    desk = desk_of(request, me, number, message)
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    file = next((one for one in desk.files if one.position == position), None)
    if file is None or not (desk.typed or _waiting(message)):
        raise Http404
    return drawn(file.place, file.kind, page)


@require_POST
@for_advisers(Right.WRITE)
def undo(request: HttpRequest, me: AdviserCard, uuid: UUID) -> HttpResponse:
    """Take a message back before it leaves; its words are where they were written."""
    card = messages.by_uuid(uuid)
    if card is None:
        raise Http404
    if asked := asked_first(request, me, card.customer, ReadPage.MESSAGE):
        return asked
    try:
        writing = take_back(message=uuid, by=actor(me), at=now())
    except LeftAlready:
        return redirect("desk:message", uuid=uuid)
    path = reverse("desk:write", args=[card.customer, writing])
    return redirect(f"{path}?{urlencode({'answers': card.answers})}" if card.answers else path)


@require_POST
@for_advisers(Right.WRITE)
def no_answer(request: HttpRequest, me: AdviserCard, number: str, entry: UUID) -> HttpResponse:
    """Say why what a customer wrote needs no answer."""
    entry_of(str(entry), numbers.of(number))
    if asked := asked_first(request, me, number, ReadPage.RECORD):
        return asked
    try:
        unanswered.need_no_answer(entry=entry, reason=request.POST.get("reason", ""), by=actor(me), at=now())
    except unanswered.ReasonMissing:
        desk = desk_of(request, me, number, uuid4(), entry=str(entry))
        fault = {"reason_fault": _("Say why, in a sentence that others understand.")}
        return _write_page(request, desk, _form(desk, initial=_start(request, desk)), fault, status=REFUSED)
    except unanswered.AnsweredAlready:
        pass  # which the customer's page shows
    return redirect("desk:customer", number=number)


def _gone(message: UUID) -> HttpResponse | None:
    """To where a message is that is no longer being written."""
    if messages.by_uuid(message):
        return redirect("desk:message", uuid=message)
    waiting = _waiting(message)
    return redirect("desk:review", uuid=waiting.uuid) if waiting else None


def _waiting(message: UUID) -> ReviewCard | None:
    card = reviews.last_of(message)
    return card if card and card.is_waiting else None


def _form(desk: Desk, *, data: Mapping[str, str] | None = None, initial: Mapping[str, object] | None = None) -> Message:
    number = desk.customer.number
    open_cases = [case for case in cards.of_all(desk.numbers) if case.is_open]
    return Message(data, channels=written.channels_of(number, at=desk.at), cases=open_cases, initial=initial)


def _start(request: HttpRequest, desk: Desk) -> Mapping[str, object]:
    if desk.typed:
        return desk.typed
    case = said.handled_in(desk.entry.uuid) if desk.entry else request.GET.get("case", "")
    channel = desk.entry.medium if desk.entry and desk.entry.medium in Channel.values else Channel.EMAIL
    return {"channel": channel, "case": case, "subject": answer_to(desk.about)}


def _keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    chosen = _with_texts(request, desk)
    form = _form(desk, data=chosen.typed)
    try:
        keep_writing(
            message=desk.message,
            customer=desk.own,
            answers=desk.entry.uuid if desk.entry else None,
            fields={name: chosen.typed.get(name, "")[:10_000] for name in form.fields},
            by=actor(desk.me),
            at=desk.at,
        )
    except (NotYours, SentAlready, HandedIn):
        return _write_page(request, desk, form, {"is_not_yours": True}, status=TAKEN)
    if is_part(request):
        return HttpResponse(status=204)
    faults = writing_files.change(request, desk.message, me=desk.me, at=desk.at)
    return _pressed(request, replace(desk, files=enclosures.of(desk.message)), form, chosen, faults)


def _pressed(request: HttpRequest, desk: Desk, form: Message, chosen: Inserted, faults: list[str]) -> HttpResponse:
    """What follows a button: the words again, with a text or a file more, or the message as it will leave."""
    is_to_go_on = chosen.is_changed or bool({"attach", "detach"} & set(request.POST))
    if is_to_go_on and not (faults or chosen.fault):
        return redirect(f"{desk.address('write')}#id_text" if chosen.is_changed else desk.address("write"))
    if form.is_valid():
        faults += writing_files.unfit(form.cleaned_data["channel"], desk.files)
    if faults or chosen.fault or not form.is_valid():
        extra = {
            "file_faults": faults,
            "standard_fault": chosen.fault,
            "standard_typed": chosen.typed.get("standard", ""),
        }
        return _write_page(request, desk, form, extra, status=REFUSED)
    return redirect(desk.address("write_check"))


def _with_texts(request: HttpRequest, desk: Desk) -> Inserted:
    """What was typed, with the standard texts in it; what is kept while somebody types stays as it is."""
    typed = {name: request.POST.get(name, "") for name in request.POST}
    if is_part(request):
        return Inserted(typed=typed)
    return standard.inserted(
        typed, is_asked="insert" in typed, customer=desk.customer.number, by=desk.me.number, at=desk.at
    )


def _promise(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make a promise of a date or an amount in the words: seen again as they will leave, once its day is known."""
    filled = promising.promise_of(desk.typed, request.POST["promise"], today=desk.at.date())
    answers = desk.entry.uuid if desk.entry else None
    fields = {**desk.typed, **filled}
    try:
        keep_writing(
            message=desk.message, customer=desk.own, answers=answers, fields=fields, by=actor(desk.me), at=desk.at
        )
    except (NotYours, SentAlready, HandedIn):
        return redirect(desk.address("write"))
    return redirect(desk.address("write_check") if fields.get("due_on") else f"{desk.address('write')}#id_due_on")


def _send(request: HttpRequest, desk: Desk, form: Message) -> HttpResponse:
    if request.POST.get("seen") != _seal(desk):
        return _check_page(request, desk, form, {"has_changed": True}, status=TAKEN)
    entered = form.cleaned_data
    words = Words(
        customer=desk.customer.number,
        channel=Channel(entered["channel"]),
        subject=entered["subject"],
        text=entered["text"],
        case=entered["case"],
        answers=desk.entry.uuid if desk.entry else None,
        promise=form.given(),
        files=tuple(file.sha256 for file in desk.files),
        is_registered=entered["is_registered"],
        signer=desk.typed.get(SIGNER, ""),
    )
    try:
        write_message(message=desk.message, words=words, by=actor(desk.me), at=desk.at)
    except PromisedForThePast:
        form.add_error("due_on", _("That day has passed: promise one that lies ahead."))
        return _write_page(request, desk, form, status=REFUSED)
    except AnsweredAlready as refused:
        answer = UUID(str(refused.values["message"]))
        return _check_page(request, desk, form, _answer(answer), status=TAKEN)
    return _gone(desk.message) or redirect("desk:customer", number=desk.customer.number)


def _write_page(
    request: HttpRequest,
    desk: Desk,
    form: Message,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    answers = desk.entry.uuid if desk.entry else None
    others = writings.of_others(desk.numbers, answers, than=desk.me.number, at=desk.at)
    answer = entries.answer_to(answers) if answers else None
    last = reviews.last_of(desk.message)
    context = {
        "form": form,
        "others": others,
        "waiting": reviews.waiting_to(desk.numbers),
        "sent_back": last if last and last.state == ReviewState.SENT_BACK else None,
        "standard_texts": standard_texts.usable(),
        "left": left_in(f"{form['subject'].value() or ''}\n{form['text'].value() or ''}"),
        **_answer(answer),
        **(extra or {}),
    }
    return _show(request, desk, "desk/writing/page.html", context, status=status)


def _check_page(
    request: HttpRequest,
    desk: Desk,
    form: Message,
    extra: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    entered = form.cleaned_data
    draft = written.draft(
        desk.customer.number,
        channel=Channel(entered["channel"]),
        subject=entered["subject"],
        text=entered["text"],
        case=entered["case"],
        by=desk.typed.get(SIGNER) or desk.me.number,
        at=desk.at,
    )
    promise = form.given()
    new = [one for one in draft.mentions if not one.is_told and (promise is None or one.value != promise.due_on)]
    text = "\n".join((entered["subject"], entered["text"], entered["promise"]))
    registered = entered["is_registered"] and entered["channel"] == Channel.LETTER
    context = {
        "draft": draft,
        "registered": registered,
        "channel": entered["channel"],
        "promise": promise,
        "new": new,
        "seen": _seal(desk),
        "causes": reviews.causes_of(desk.message, text, by=actor(desk.me), today=desk.at.date()),
        **(extra or {}),
    }
    return _show(request, desk, "desk/writing/check.html", context, status=status)


def _seal(desk: Desk) -> str:
    """Stands for all that was seen: it changes with every word and file."""
    return digest([dict(desk.typed), [file.sha256 for file in desk.files]]).hex()


def _answer(uuid: UUID | None) -> Mapping[str, object]:
    """The message that answers already, and by whom it is."""
    card = messages.by_uuid(uuid) if uuid else None
    if card is None:
        return {}
    return {"answer": card, "answer_by": advisers.cards([card.adviser])[card.adviser].name}


def _person(desk: Desk) -> PersonCard | None:
    """Who wrote for the customer what is answered; nobody who turned out to be somebody else's."""
    person = desk.entry.person if desk.entry else None
    return authorised.found(person, customer=desk.customer.number) if person else None


def _show(
    request: HttpRequest, desk: Desk, template: str, context: Mapping[str, object], *, status: int
) -> HttpResponse:
    around = {
        "files": desk.files,
        "message": desk.message,
        "customer": desk.customer,
        "entry": desk.entry,
        "about": desk.about,
        "person": _person(desk),
        "write": desk.address("write"),
        "check": desk.address("write_check"),
    }
    zone, mode = operator.current().zone, rules.last_change(desk.at)
    return show(request, desk.me, template, {**around, **context}, mode=mode, zone=zone, at=desk.at, status=status)
