"""A code sent to whoever the adviser speaks with, and what they read out; everything typed beside it stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.actions.ask_call_code import (
    ChangedLately,
    NoSuchPlace,
    PlaceInDoubt,
    TooManyCalls,
    ask_call_code,
)
from ligneclaire.people.actions.try_call_code import try_call_code
from ligneclaire.people.actions.try_code import CodeOver, CodeWrong
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.actions.send_code import send_code

KINDS = {"mobile": ContactKind.MOBILE, "email": ContactKind.EMAIL}
Kept = Mapping[str, object]


def sent(kind: str, *, customer: str, person: UUID | None, by: Actor, at: datetime) -> tuple[Kept, Kept]:
    """Have one sent; what changes in the form, and what the page says."""
    try:
        with transaction.atomic():
            code = ask_call_code(customer=customer, person=person, kind=KINDS[kind], by=by, at=at)
            send_code(code=code, by=by, at=at)
    except Refused as refusal:
        return {}, {"code_fault": _why(refusal)}
    return {"code": code}, {"code_sent": True}


def tried(code: UUID | None, typed: str, *, by: Actor, at: datetime) -> tuple[Kept, Kept]:
    """Compare what they read out; what changes in the form, and what the page says."""
    if code is None or not typed.strip():
        return {}, {"code_fault": _("Type the code that they read out.")}
    try:
        check = try_call_code(code=code, typed=typed, by=by, at=at)
    except CodeWrong as wrong:
        left = int(str(wrong.values["left"]))
        if not left:
            return {"code": ""}, {"code_fault": _("Wrong too often: the check failed, and that is recorded.")}
        fault = ngettext("Wrong: %(left)d try is left.", "Wrong: %(left)d tries are left.", left) % {"left": left}
        return {}, {"code_fault": fault}
    except CodeOver:
        return {"code": ""}, {"code_fault": _("This code is over: have another one sent.")}
    return {"code": "", "check": check}, {}


def _why(refusal: Refused) -> str:
    match refusal:
        case NoSuchPlace():
            return _("We know no such way to reach them: choose another.")
        case PlaceInDoubt():
            return _("Something came back from there: a code there proves nothing. Choose another way.")
        case ChangedLately(values=values):
            day = date_format(timezone.localtime(_instant(values["at"])), "j F Y")
            text = _("It changed on %(day)s: for two weeks a code there proves nothing. Choose another way.")
            return text % {"day": day}
        case TooManyCalls(values=values):
            hour = date_format(timezone.localtime(_instant(values["until"])), "H:i")
            return _("Three codes were sent within a quarter of an hour: the next one at %(hour)s.") % {"hour": hour}
    return _("They may no longer speak for the customer.")


def _instant(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value
