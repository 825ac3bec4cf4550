"""Files that go with what an adviser writes: put there, taken away, and a sentence for each that cannot go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ligneclaire.channels import files
from ligneclaire.channels.queries.enclosures import EnclosureCard
from ligneclaire.channels.rules.enclosing import NoFilesByText, NotOnPaper, check_fit
from ligneclaire.channels.states import Channel
from ligneclaire.desk import words
from ligneclaire.desk.door import actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.queries.advisers import AdviserCard
from ligneclaire.voice.actions.attach_file import MOST_TOGETHER, TooHeavy, TooMany, attach_file
from ligneclaire.voice.actions.detach_file import detach_file

MEGABYTE = 1024 * 1024


def change(request: HttpRequest, message: UUID, *, me: AdviserCard, at: datetime) -> list[str]:
    """Do what was pressed and keep what was chosen; a sentence for each file that is not kept."""
    position = request.POST.get("detach", "")
    if position.isascii() and position.isdigit() and len(position) == 1:
        detach_file(message=message, position=int(position), by=actor(me), at=at)
    faults = []
    for file in request.FILES.getlist("files"):
        name = file.name or ""
        try:
            taken = files.take_in(file.read(files.LARGEST + 1), name=name)
            attach_file(message=message, file=taken, by=actor(me), at=at)
        except Refused as refusal:
            faults.append(_("“%(name)s” was not attached: %(why)s") % {"name": name, "why": _why(refusal)})
    return faults


def unfit(channel: str, enclosed: Iterable[EnclosureCard]) -> list[str]:
    """Why the files cannot go by this channel, if they cannot."""
    try:
        check_fit(Channel(channel), ((file.name, file.kind) for file in enclosed))
    except NoFilesByText:
        return [_("A text message takes no files: remove them, or choose another way.")]
    except NotOnPaper as refusal:
        text = _("“%(name)s” cannot go with a letter: only PDF files can, as further pages.")
        return [text % {"name": refusal.values["name"]}]
    return []


def _why(refusal: Refused) -> str:
    match refusal:
        case TooMany():
            return _("A message takes %(most)d files at most.") % refusal.values
        case TooHeavy():
            return _("Together they are larger than %(most)d MB.") % {"most": MOST_TOGETHER // MEGABYTE}
    return words.file_refused(refusal)
