"""The request that is being served, so that what it writes carries its id."""

from __future__ import annotations

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request", default="")
