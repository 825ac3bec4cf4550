"""A mailbox is named by one address; what is wrong in it is said."""

from __future__ import annotations

import pytest

from ligneclaire.channels.email.postbox import EXPECTED, Postbox
from ligneclaire.channels.email.server import Security
from ligneclaire.config.env import Environment


@pytest.mark.parametrize(
    ("url", "port", "security", "folder", "done"),
    [
        ("imaps://us:pw@imap.example", 993, Security.TLS, "INBOX", "Processed"),
        ("imap://us:pw@imap.example?starttls=yes", 143, Security.STARTTLS, "INBOX", "Processed"),
        ("imap://us:pw@127.0.0.1:1143/", 1143, Security.NONE, "INBOX", "Processed"),
        (
            "imaps://us:pw@imap.example/Clients/Entr%C3%A9e?done=Trait%C3%A9s",
            993,
            Security.TLS,
            "Clients/Entrée",
            "Traités",
        ),
    ],
)
def test_it_says_where_and_what(url: str, port: int, security: Security, folder: str, done: str) -> None:
    found = Postbox.parse(url)

    assert (found.port, found.security, found.folder, found.done) == (port, security, folder, done)
    assert (found.user, found.password) == ("us", "pw")
    assert "pw" not in repr(found)


def test_signs_in_names_are_written_as_in_any_address() -> None:
    found = Postbox.parse("imaps://care%40operator.example:p%2Fw@imap.example")

    assert (found.user, found.password) == ("care@operator.example", "p/w")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("imap.example", EXPECTED),
        ("pop3://us:pw@imap.example", EXPECTED),
        ("imaps://", EXPECTED),
        ("imaps://imap.example", "expected a user with a password before the host"),
        ("imaps://us@imap.example", "expected a user with a password before the host"),
        ("imap://us:pw@imap.example", "a password is not sent in the clear: use imaps:// or ?starttls=yes"),
        ("imaps://us:pw@imap.example?starttls=yes", "imaps:// is encrypted from the start: leave starttls out"),
        ("imap://us:pw@imap.example?starttls=perhaps", "expected starttls=yes or starttls=no"),
        ("imaps://us:pw@imap.example?folder=x", "there is no option 'folder': only starttls, done"),
        ("imaps://us:pw@imap.example:99999", "expected a port from 1 to 65535"),
        (
            "imaps://us:pw@imap.example/inbox?done=Inbox",
            "expected another folder in ?done= than the one that is emptied",
        ),
        ("imaps://us:pw@imap.example?done=", "expected the name of a folder, of at most 100 letters"),
        ("imaps://us:pw@imap.example/a%0Ab", "expected the name of a folder, of at most 100 letters"),
    ],
)
def test_what_is_wrong_is_said(url: str, fault: str) -> None:
    with pytest.raises(ValueError) as wrong:
        Postbox.parse(url)

    assert str(wrong.value) == fault


def test_the_variable_names_it_and_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Environment().imap_url is None
    monkeypatch.setenv("LIGNECLAIRE_IMAP_URL", "imaps://us:pw@imap.example")
    assert Environment().imap_url == Postbox.parse("imaps://us:pw@imap.example")
    monkeypatch.setenv("LIGNECLAIRE_IMAP_URL", "")
    assert Environment().imap_url is None
