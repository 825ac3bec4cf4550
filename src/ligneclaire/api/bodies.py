"""The forms in which facts arrive: one object, an array, JSON lines, CloudEvents."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from django.http import HttpRequest

from ligneclaire.api.answers import Unreadable
from ligneclaire.kernel.strict_json import NotJson, read_json
from ligneclaire.voice.intake import SIZE_LIMIT, Problem

BODY_LIMIT = 16 * 1024 * 1024
JSON = "application/json"
LINES = ("application/x-ndjson", "application/jsonl")
EVENT, EVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"
TAKEN = (JSON, *LINES, EVENT, EVENTS)
HEADERS = ("specversion", "id", "source", "type", "time", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Items as they came, one alone or a batch; a line that is no JSON is its problem."""

    items: list[object]
    is_batch: bool
    are_events: bool


def read(request: HttpRequest) -> Body:
    """Read the items of a request; Unreadable when none can be."""
    kind = _kind(request)
    content = _content(request)
    if kind in LINES:
        lines = [_line(line) for line in content.splitlines() if line.strip()]
        return Body(items=lines, is_batch=True, are_events=False)
    if kind == JSON and "ce-specversion" in request.headers:
        event = _in_headers(request) | ({"data": _whole(content)} if content else {})
        return Body(items=[event], is_batch=False, are_events=True)
    return _body(_whole(content), kind)


def _body(value: object, kind: str) -> Body:
    if isinstance(value, list) and kind != EVENT:
        return Body(items=value, is_batch=True, are_events=kind == EVENTS)
    if kind == EVENTS:
        raise Unreadable(422, "body", "expected an array of CloudEvents")
    return Body(items=[value], is_batch=False, are_events=kind == EVENT)


def _kind(request: HttpRequest) -> str:
    kind = request.content_type or ""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if kind not in TAKEN:
        raise Unreadable(415, "Content-Type", f"expected one of {', '.join(TAKEN)}")
    if charset.lower() != "utf-8":
        raise Unreadable(415, "Content-Type", "expected UTF-8")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreadable(415, "Content-Encoding", "expected a body that is not compressed")
    return kind


def _content(request: HttpRequest) -> bytes:
    content = request.read(BODY_LIMIT + 1)
    if len(content) > BODY_LIMIT:
        raise Unreadable(413, "body", f"longer than {BODY_LIMIT} bytes")
    return content


def _whole(content: bytes) -> object:
    try:
        return read_json(content)
    except NotJson as wrong:
        raise Unreadable(422, "body", str(wrong)) from None


def _line(line: bytes) -> object:
    if len(line) > SIZE_LIMIT:
        return Problem("line", f"longer than {SIZE_LIMIT} bytes")
    try:
        return read_json(line)
    except NotJson as wrong:
        return Problem("line", str(wrong))


def _in_headers(request: HttpRequest) -> dict[str, object]:
    return {name: unquote(request.headers[f"ce-{name}"]) for name in HEADERS if f"ce-{name}" in request.headers}
