"""What a person reads of an HTML e-mail, as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNSEEN = {"head", "script", "style", "title", "template", "noscript", "object", "svg"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "div", "dd", "dl", "dt", "fieldset", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main", "nav", "ol", "section", "table"),
    *("tbody", "tfoot", "thead", "tr", "ul"),
}
SPACED = {"p", "pre"}
SPACES = re.compile(r"[ \t\r\n\f\v]+")
EMPTY_LINES = re.compile(r"\n{3,}")


def plain(html: str) -> str:
    """Turn HTML into text: lines where blocks end, `- ` before items, `> ` before quotes, targets after links."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return EMPTY_LINES.sub("\n\n", "\n".join(reader.lines())).strip("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []  # the depth of quotes, and the words
        self._line = ""
        self._quotes = 0
        self._unseen = 0
        self._link = ""
        self._link_text = ""

    def lines(self) -> list[str]:
        self._end_line()
        return [f"{'> ' * quotes}{text}".rstrip() if text else "" for quotes, text in self._lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in BLOCKS | SPACED | {"br", "li"}:
            self._end_line(spaced=tag in SPACED)
        if tag == "li":
            self._line = "- "
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "a":
            self._link, self._link_text = dict(attrs).get("href") or "", ""
        elif tag in {"td", "th"} and self._line:
            self._line += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BLOCKS | SPACED | {"li"}:
            self._end_line(spaced=tag in SPACED)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        words = SPACES.sub(" ", data.replace("\u00a0", " "))
        self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words
        self._link_text += words

    def _end_link(self) -> None:
        is_address = self._link.startswith(("http://", "https://"))
        if is_address and self._link_text.strip() and self._link_text.strip() not in self._link:
            self._line += f" <{self._link}>"
        self._link = ""

    def _end_line(self, *, spaced: bool = False) -> None:
        if self._line.strip():
            self._lines.append((self._quotes, self._line.strip()))
        self._line = ""
        if spaced and self._lines and self._lines[-1][1]:
            self._lines.append((self._quotes, ""))
