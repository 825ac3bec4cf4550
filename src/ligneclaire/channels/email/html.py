"""A message as an e-mail in HTML, in the order of the letter: no picture, no script, nothing from outside."""

from __future__ import annotations

from pathlib import Path

from django.template import Context, Engine

from ligneclaire.channels.content import Content

TEMPLATE = "message.html"
ENGINE = Engine(dirs=[str(Path(__file__).parent)], builtins=["ligneclaire.channels.email.tags"])


def html_of(content: Content) -> str:
    """Lay the whole message out; every text is escaped."""
    return ENGINE.get_template(TEMPLATE).render(Context({"content": content}))
