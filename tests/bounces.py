"""Delivery reports as the servers of the world write them, with addresses that nobody has."""

from __future__ import annotations

from hashlib import sha256

UNKNOWN = "550 5.1.1 <lenoir@example.org>: Recipient address rejected: User unknown"
FULL = "552 5.2.2 The email account that you tried to reach is over quota"


def lines(*said: str) -> str:
    return "\r\n".join(said) + "\r\n"


def report(
    *groups: str,
    returned: str,
    sender: str = "MAILER-DAEMON@mx.example.net",
    to: str = "reponse@mail.operator.example",
    headers_only: bool = False,
    kind: str = "delivery-status",
    **headers: str,
) -> bytes:
    """A report of these groups of lines with the Message-ID of what it returns."""
    given = {"From": f"Mail Delivery System <{sender}>", "To": to, "Subject": "Undelivered Mail Returned to Sender"}
    named = {"Message_ID": f"<{sha256(repr(groups).encode()).hexdigest()[:12]}@mx.example.net>"}
    first = lines("From: nora.benali@ligneclaire.example", "Subject: Votre contrat", f"Message-ID: {returned}")
    return "\r\n".join([
        *(f"{name.replace('_', '-')}: {value}" for name, value in (given | named | headers).items()),
        f"Content-Type: multipart/report; report-type={kind}; boundary=parts",
        "",
        "--parts",
        "",
        "This is the mail system at host mx.example.net. I'm sorry.",
        "--parts",
        f"Content-Type: message/{kind}",
        "",
        *groups,
        "--parts",
        f"Content-Type: {'text/rfc822-headers' if headers_only else 'message/rfc822'}",
        "",
        first + ("" if headers_only else "\r\nBonjour\r\n"),
        "--parts--",
        "",
    ]).encode()  # fmt: skip


def failed(to: str = "lenoir@example.org", *, words: str = UNKNOWN, status: str = "5.1.1") -> str:
    """What is said of a recipient whom it did not reach."""
    return lines(
        f"Final-Recipient: rfc822; {to}",
        f"Original-Recipient: rfc822;{to}",
        "Action: failed",
        f"Status: {status}",
        "Remote-MTA: dns; mx.example.org",
        f"Diagnostic-Code: smtp; {words}",
    )


ABOUT_ALL = lines("Reporting-MTA: dns; mx.example.net", "X-Postfix-Queue-ID: 4F3A", "Arrival-Date: Mon, 16 Feb 2015")


def by_postfix(
    returned: str, *, to: str, recipient: str = "lenoir@example.org", words: str = UNKNOWN, **more: str
) -> bytes:
    """As Postfix writes it."""
    return report(ABOUT_ALL, failed(recipient, words=words, **more), returned=returned, to=to)


def by_gmail(returned: str, *, to: str) -> bytes:
    """As Google writes it: a long explanation, the recipient in a header, no original recipient."""
    group = lines(
        "Final-Recipient: rfc822; lenoir@example.org",
        "Action: failed",
        "Status: 5.1.1",
        "Remote-MTA: dns; gmail-smtp-in.l.example.net. (192.0.2.26, the server for the domain example.org.)",
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try",
        " 550-5.1.1 double-checking the recipient's email address for typos or",
        " 550 5.1.1 unnecessary spaces. Learn more at https://support.example.net/ - gsmtp",
        "Last-Attempt-Date: Mon, 16 Feb 2015 02:00:00 -0800 (PST)",
    )
    about = lines("Reporting-MTA: dns; googlemail.example", "Arrival-Date: Mon, 16 Feb 2015 01:59:58 -0800 (PST)")
    return report(
        about, group, returned=returned, to=to, sender="mailer-daemon@googlemail.example",
        X_Failed_Recipients="lenoir@example.org", Auto_Submitted="auto-replied", In_Reply_To=returned,
    )  # fmt: skip


def by_exchange(returned: str, *, to: str) -> bytes:
    """As Exchange Online writes it: its own names of the reason."""
    group = lines(
        "Original-Recipient: rfc822;Lenoir@Example.org",
        "Final-Recipient: rfc822;lenoir@example.org",
        "Action: failed",
        "Status: 5.1.10",
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    )
    about = lines("Reporting-MTA: dns;DB9PR01MB0001.eurprd01.prod.example.net")
    return report(
        about, group, returned=returned, to=to, sender="postmaster@outlook.example", headers_only=True,
        X_MS_Exchange_Message_Is_Ndr="", Content_Language="en-GB", In_Reply_To=returned,
    )  # fmt: skip


def by_exim(returned: str, *, to: str) -> bytes:
    """As Exim writes it: the code stands in the words only."""
    group = lines(
        "Action: failed",
        "Final-Recipient: rfc822;lenoir@example.org",
        "Status: 5.0.0",
        "Remote-MTA: dns; mx.example.org",
        "Diagnostic-Code: smtp; 550 5.1.1 <lenoir@example.org>: Recipient address rejected: User unknown",
    )
    return report(lines("Reporting-MTA: dns; exim.example.net"), group, returned=returned, to=to, headers_only=True)


def by_sendmail(returned: str, *, to: str) -> bytes:
    """As Sendmail and those who follow it write it: several recipients, angle brackets."""
    other = lines("Final-Recipient: RFC822; other@example.org", "Action: delivered", "Status: 2.1.5")
    group = lines(
        "Final-Recipient: RFC822; <lenoir@example.org>",
        "X-Actual-Recipient: RFC822; lenoir@mail.example.org",
        "Action: FAILED",
        "Status: 5.1.1",
        "Diagnostic-Code: SMTP; 550 #5.1.0 Address rejected.",
    )
    return report(lines("Reporting-MTA: dns; sendmail.example.net"), other, group, returned=returned, to=to)


def still_trying(returned: str, *, to: str) -> bytes:
    """A warning after some hours."""
    group = lines(
        "Final-Recipient: rfc822; lenoir@example.org",
        "Action: delayed",
        "Status: 4.4.1",
        "Diagnostic-Code: X-Postfix; connect to mx.example.org[192.0.2.7]:25: Connection timed out",
        "Will-Retry-Until: Sat, 21 Feb 2015 10:00:00 +0100 (CET)",
    )
    return report(ABOUT_ALL, group, returned=returned, to=to, Subject="Delayed Mail (still being retried)")


ALL = {
    "postfix": by_postfix,
    "gmail": by_gmail,
    "exchange": by_exchange,
    "exim": by_exim,
    "sendmail": by_sendmail,
}
