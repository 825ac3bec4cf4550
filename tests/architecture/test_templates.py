"""Templates carry no code and no style of their own, but for e-mails: mail programs read no other style."""

from __future__ import annotations

import re

from architecture.house import ROOT, SOURCE

EMAIL = SOURCE / "channels" / "email"
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|<style|\sstyle=["']|\son[a-z]+=["']|href=["']javascript:"""
)


def test_templates_have_no_inline_script_or_style() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted(SOURCE.rglob("*.html"))
        for match in INLINE.finditer(path.read_text())
        if not (path.parent == EMAIL and match[0].startswith(" style="))
    ]

    assert found == []
