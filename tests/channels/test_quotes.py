"""What is new in an e-mail stands apart from what it repeats; HTML is read as text."""

from __future__ import annotations

import pytest

from ligneclaire.channels.email.plain import plain
from ligneclaire.channels.email.quotes import parted


@pytest.mark.parametrize(
    ("text", "new", "repeated"),
    [
        ("Merci", "Merci", ""),
        ("Merci\n\n> Bonjour\n> à vous", "Merci", "> Bonjour\n> à vous"),
        (
            "Merci\n\nLe 16/02/2015, Nora a écrit :\n\n> Bonjour\n",
            "Merci",
            "Le 16/02/2015, Nora a écrit :\n\n> Bonjour",
        ),
        (
            "Merci\n\nOn Mon, 16 Feb 2015, Nora Benali\n<nora@op.example> wrote:\n> Hello",
            "Merci",
            "On Mon, 16 Feb 2015, Nora Benali\n<nora@op.example> wrote:\n> Hello",
        ),
        (
            "Merci\n-----Message d'origine-----\nDe : Nora\n\nBonjour",
            "Merci",
            "-----Message d'origine-----\nDe : Nora\n\nBonjour",
        ),
        ("Merci\n\nDe : Nora\nEnvoyé : lundi\n\nBonjour", "Merci", "De : Nora\nEnvoyé : lundi\n\nBonjour"),
        # Answers between the lines, words below a quote, and a sentence that only looks like the start of one stay.
        ("> Quand ?\nDemain.\n> Où ?\nIci.", "> Quand ?\nDemain.\n> Où ?\nIci.", ""),
        ("> Quand ?\nDemain.\n> Où ?", "> Quand ?\nDemain.", "> Où ?"),
        ("On me l’a dit : Nora wrote:\nbla", "On me l’a dit : Nora wrote:\nbla", ""),
        ("De : vous à moi\nc’est trop", "De : vous à moi\nc’est trop", ""),
        # Nothing but a quote is what was said.
        ("> Bonjour", "> Bonjour", ""),
        ("", "", ""),
    ],
)
def test_what_is_repeated_stands_apart(text: str, new: str, repeated: str) -> None:
    assert parted(text, subject="Re: Mon dossier") == (new, repeated)


@pytest.mark.parametrize("subject", ["Fwd: Facture", "TR : Facture", "fw: x"])
def test_what_is_forwarded_is_what_was_said(subject: str) -> None:
    text = "Voyez\n-----Original Message-----\nFrom: x\n\nPay!"

    assert parted(text, subject=subject) == (text, "")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><p>Deux &amp; trois</p>", "Un\n\nDeux & trois"),
        ("Un<br>deux<div>trois</div>quatre", "Un\ndeux\ntrois\nquatre"),
        ("<style>p {}</style><script>x()</script><p>Vu</p></script>", "Vu"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<table><tr><td>Prix<td>12 €<tr><td>Total<td>12 €</table>", "Prix 12 €\nTotal 12 €"),
        ("<blockquote>Bonjour<blockquote>Avant</blockquote></blockquote></blockquote>x", "> Bonjour\n> > Avant\nx"),
        ('<a href="https://a.example/x">ici</a>', "ici <https://a.example/x>"),
        ('<a href="https://a.example/x">a.example</a> <a href="javascript:x()">là</a></a>', "a.example là"),
        ('<a href>vide</a><a href="https://a.example"><img></a>', "vide"),
        ("a &lt;b&gt; <b", "a <b> <b"),
        ("&eacute;t&eacute", "été"),
        ("<p></p><p></p>", ""),
    ],
)
def test_html_is_read_as_text(html: str, text: str) -> None:
    assert plain(html) == text
