"""Read JSON strictly: UTF-8, no key twice in one object, no number that JSON itself cannot write."""

from __future__ import annotations

import codecs
import json
from math import isfinite


class NotJson(ValueError):
    """Bytes that are not one JSON value; says why in plain words."""


def read_json(content: bytes) -> object:
    """Read one JSON value; a byte order mark before it is forgiven."""
    try:
        value: object = _DECODER.decode(content.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as wrong:
        raise NotJson(f"not UTF-8 at byte {wrong.start}") from None
    except json.JSONDecodeError as wrong:
        line = f"line {wrong.lineno}, " if wrong.lineno > 1 else ""
        raise NotJson(f"not JSON at {line}column {wrong.colno}: {wrong.msg}") from None
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ValueError as wrong:
        raise NotJson(str(wrong)) from None
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return members


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is too large a number")
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"a number of {len(text)} digits is too large") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=_finite, parse_int=_whole, parse_constant=_no_constant)
