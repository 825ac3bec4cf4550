"""What a person reads of an HTML e-mail, as plain text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

UNSEEN = {"head", "script", "style", "title", "template", "noscript", "object", "svg"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "div", "dd", "dl", "dt", "fieldset", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main", "nav", "ol", "section", "table"),
    *("tbody", "tfoot", "thead", "tr", "ul"),
}
SPACED, CELLS = {"p", "pre"}, {"td", "th"}
LINES = BLOCKS | SPACED | {"br", "li"}
DEEPEST = 10  # quotes in quotes
EMPTY_LINES = re.compile(r"\n{3,}")


def plain(html: str) -> str:
    """Turn HTML into text: lines where blocks end, `- ` before items, `> ` before quotes, targets after links."""
    reader = _Reader()
    reader.feed(html)
    reader.handle_data(unescape(reader.rawdata))  # what never ends; `close` would look at it again for each sign
    return EMPTY_LINES.sub("\n\n", "\n".join(reader.lines())).strip("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []  # the depth of quotes, and the words
        self._words: list[str] = []  # of the line that is being read
        self._quotes = 0
        self._unseen = 0
        self._link = ""
        self._link_begins = 0

    def lines(self) -> list[str]:
        self._end_line()
        return [f"{'> ' * min(quotes, DEEPEST)}{text}".rstrip() if text else "" for quotes, text in self._lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in LINES:
            self._end_line(spaced=tag in SPACED)
        if tag == "li":
            self._words.append("- ")
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "a":
            self._link, self._link_begins = dict(attrs).get("href") or "", len(self._words)
        elif tag in CELLS:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in LINES:
            self._end_line(spaced=tag in SPACED)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def _end_link(self) -> None:
        """Say where a link leads, unless its words do."""
        words = _spaced("".join(self._words[self._link_begins :]))
        if self._link.startswith(("http://", "https://")) and words and words not in self._link:
            self._words.append(f" <{self._link}>")
        self._link = ""

    def _end_line(self, *, spaced: bool = False) -> None:
        if line := _spaced("".join(self._words)):
            self._lines.append((self._quotes, line))
        self._words, self._link_begins = [], 0
        if spaced and self._lines and self._lines[-1][1]:
            self._lines.append((self._quotes, ""))


def _spaced(text: str) -> str:
    return " ".join(text.split())
