"""One text for one value, so that values can be compared, hashed and kept."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> str:
    """Write a JSON value with sorted keys and no spaces; floats and anything that is not JSON are a ValueError."""
    try:
        _check(value)
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def digest(value: object) -> bytes:
    """The SHA-256 of a value's canonical text."""
    return hashlib.sha256(canonical(value).encode()).digest()


def _check(value: object) -> None:
    match value:
        case None | bool() | int() | str():
            pass
        case dict():
            for key, member in value.items():
                if not isinstance(key, str):
                    raise ValueError(f"a key must be a string: {key!r}")  # noqa: TRY004 - one error for all bad values
                _check(member)
        case list() | tuple():
            for member in value:
                _check(member)
        case _:
            raise ValueError(f"not a JSON value: {type(value).__name__}")
