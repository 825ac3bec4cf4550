"""Domains have no text for people, no addresses of pages and no templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from architecture.house import DOMAINS, SOURCE, imported, modules, place, tree

FOR_DOORS = (
    "gettext",
    "ngettext",
    "pgettext",
    "gettext_lazy",
    "reverse",
    "reverse_lazy",
    "render",
    "HttpResponse",
    "HttpRequest",
)


def words_in_domains() -> Iterator[str]:
    for path in modules(*DOMAINS):
        for node in ast.walk(tree(path)):
            for name in imported(node):
                if name.startswith("django.") and name.rpartition(".")[2] in FOR_DOORS:
                    yield f"{place(path, node)} {name}"


def test_domains_neither_speak_nor_show() -> None:
    assert list(words_in_domains()) == []


def test_domains_have_no_templates_but_the_layout_of_an_e_mail_like_that_of_a_letter() -> None:
    found = [path.parent for name in sorted(DOMAINS) for path in (SOURCE / name).rglob("*.html")]

    assert set(found) == {SOURCE / "channels" / "email"}
