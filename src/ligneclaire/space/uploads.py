"""Files that arrive with a form: cut off as soon as they are too large, before they fill the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ligneclaire.contracts import documents
from ligneclaire.contracts.documents import LARGEST, MOST, Infected, NotAProof, TooLarge
from ligneclaire.contracts.values import KeptFile

P = ParamSpec("P")
MEGABYTE = 1024 * 1024
MOST_SENT = 2 * MOST  # at once: one too many is told, a hundred are not read


class Limit(FileUploadHandler):
    """Lets go of a file that is too large, and remembers its name, and of files beyond reason."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large: list[str] = []
        self._received = 0
        self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count files."""
        super().new_file(*args, **kwargs)
        self._received = 0
        self._files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's own shape
        """Count bytes, and hand them on to the usual handlers."""
        self._received += len(raw_data)
        # Not in `new_file`: there, letting go would close the file before this one.
        if self._files > MOST_SENT:
            raise SkipFile
        if self._received > LARGEST:
            self.too_large.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The usual handlers keep the file."""


def with_uploads(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Put the limit before the usual handlers, which must happen before the check of the form's token reads it."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.upload_handlers.insert(0, Limit(request))
        return protected(request, *args, **kwargs)

    return limited


def received(
    request: HttpRequest, *, form: UUID, known: tuple[KeptFile, ...], at: datetime
) -> tuple[tuple[KeptFile, ...], list[str]]:
    """The proofs known and the new ones that are kept, and a sentence for each that is not."""
    kept = {file.sha256: file for file in known}
    files = request.FILES.getlist("proofs")  # first: the limit knows only then
    faults = [_too_large(name) for handler in _limits(request) for name in handler.too_large]
    for file in files:
        name = file.name or ""
        if len(kept) >= MOST:
            faults.append(_("“%(name)s” was not kept: %(most)d files at most.") % {"name": name, "most": MOST})
            continue
        try:
            new = documents.keep(file.read(), name=name, form=form, at=at)
        except TooLarge:
            faults.append(_too_large(name))
        except NotAProof:
            faults.append(_("“%(name)s” was not kept: it is no PDF, JPEG, PNG or HEIC file.") % {"name": name})
        except Infected:
            faults.append(_("“%(name)s” was not kept: our virus scanner refuses it.") % {"name": name})
        else:
            kept.setdefault(new.sha256, new)
    return tuple(kept.values()), faults


def _limits(request: HttpRequest) -> list[Limit]:
    return [handler for handler in request.upload_handlers if isinstance(handler, Limit)]


def _too_large(name: str) -> str:
    values = {"name": name, "most": LARGEST // MEGABYTE}
    return _("“%(name)s” was not kept: it is larger than %(most)d MB.") % values
