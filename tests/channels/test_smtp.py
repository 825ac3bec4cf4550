"""What a mail server says decides whether a mail is theirs, is tried again, or is a person's work."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ligneclaire.channels.email.server import MailServer, Security
from ligneclaire.channels.email.smtp import hand_over
from ligneclaire.channels.outgoing import NotYet, Undeliverable
from post_office import OK, PostOffice, free_port, post_office

MAIL = b"Subject: a mail\r\n\r\n.\r\n.. dots\r\nand an end\r\n"
SENDER, TO = "reponse+LC-7K2M-9QX4@mail.operator.example", "lenoir@example.org"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def send(server: MailServer, *, to: str = TO, seconds: float = 20) -> str:
    return hand_over(MAIL, sender=SENDER, to=to, server=server, seconds=seconds)


@contextmanager
def a_server_that_says(*lines: bytes, pause: float = 0.0) -> Iterator[MailServer]:
    """Says one line, byte by byte with pauses, for each that it hears, and hangs up at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rb") as heard:
                try:
                    for line in lines:
                        for byte in line:
                            connection.sendall(bytes([byte]))
                            time.sleep(pause)
                        heard.readline()
                except OSError:
                    return

        speaking = threading.Thread(target=speak)
        speaking.start()
        yield MailServer(host="127.0.0.1", port=listening.getsockname()[1], security=Security.NONE)
        speaking.join(20)


def test_what_is_accepted_is_theirs_byte_for_byte(office: PostOffice) -> None:
    assert send(office.server) == OK

    [envelope] = office.accepted
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [TO])
    assert office.mails() == [MAIL]


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("to_sender", "550 5.7.1 not from here"),
        ("to_recipient", "550 5.1.1 no such mailbox"),
        ("to_mail", "554 5.7.1 looks like spam"),
    ],
)
def test_a_mail_that_is_refused_for_good_is_not_tried_again(office: PostOffice, where: str, answer: str) -> None:
    setattr(office, where, [answer])

    with pytest.raises(Undeliverable) as refused:
        send(office.server)

    assert refused.value.values == {"answer": answer}
    assert office.accepted == []


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("to_sender", "451 4.3.0 try later"),
        ("to_sender", "530 5.7.0 sign in first"),
        ("to_recipient", "450 4.2.0 greylisted"),
        ("to_mail", "452 4.3.1 disk full"),
        ("to_mail", "421 4.3.2 shutting down"),
    ],
)
def test_what_is_only_not_possible_now_is_tried_again(office: PostOffice, where: str, answer: str) -> None:
    setattr(office, where, [answer])

    with pytest.raises(NotYet) as later:
        send(office.server)

    assert later.value.values == {"answer": answer}
    assert office.accepted == []
    assert send(office.server) == OK


def test_a_refusal_before_the_mail_is_about_the_mail_and_one_of_us_is_not() -> None:
    said = (b"220 hello\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"554 no\r\n")
    with a_server_that_says(*said) as server, pytest.raises(Undeliverable) as refused:
        send(server)
    with a_server_that_says(b"554 5.7.1 we do not talk to you\r\n") as server, pytest.raises(NotYet) as later:
        send(server)

    assert refused.value.values == {"answer": "554 no"}
    assert later.value.values == {"answer": "554 5.7.1 we do not talk to you"}


def test_nobody_there_and_hanging_up_are_tried_again() -> None:
    with pytest.raises(NotYet, match="Connection refused"):
        send(MailServer(host="127.0.0.1", port=free_port(), security=Security.NONE))
    with a_server_that_says(b"220 hello\r\n") as server, pytest.raises(NotYet, match="unexpectedly closed"):
        send(server)


def test_a_server_that_is_too_slow_is_not_waited_for(office: PostOffice) -> None:
    office.slow = 2

    with pytest.raises(NotYet, match=r"no answer within 0\.5 seconds"):
        send(office.server, seconds=0.5)


def test_nor_one_that_always_says_a_little() -> None:
    began = time.monotonic()

    with a_server_that_says(b"220 hello\r\n", b"250-hello\r\n" * 200, pause=0.01) as server, pytest.raises(NotYet):
        send(server, seconds=0.5)

    assert time.monotonic() - began < 15


@pytest.mark.parametrize("to", ["rené@example.org", "rene@exämple.example"])
def test_an_address_that_no_server_reads_is_for_a_person(office: PostOffice, to: str) -> None:
    with pytest.raises(Undeliverable) as refused:
        send(office.server, to=to)

    assert refused.value.values == {"answer": f"an address with letters beyond ASCII: {to}"}
    assert office.tried == 0


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that we trust as an operator lets us trust their own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mx.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept, secret = tmp_path / "server.pem", tmp_path / "server.key"
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    monkeypatch.setenv("SSL_CERT_FILE", str(kept))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept, secret)
    return context


def sign_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
    return AuthResult(success=given == LoginPassword(b"voice", b"secret"), handled=False)


def test_the_way_is_encrypted_and_we_sign_in_where_the_address_says_so(certificate: ssl.SSLContext) -> None:
    with post_office(tls_context=certificate, authenticator=sign_in, auth_required=True) as office:
        url = f"smtp://voice:{{}}@127.0.0.1:{office.port}?starttls=yes"

        assert send(MailServer.parse(url.format("secret"))) == OK
        with pytest.raises(NotYet, match="535 "):
            send(MailServer.parse(url.format("wrong")))

        assert office.mails() == [MAIL]


def test_it_can_be_encrypted_from_the_start(certificate: ssl.SSLContext) -> None:
    with post_office(ssl_context=certificate) as office:
        assert send(MailServer.parse(f"smtps://127.0.0.1:{office.port}")) == OK


def test_a_server_that_does_not_encrypt_or_that_nobody_vouches_for_gets_nothing(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post_office() as plain, pytest.raises(NotYet, match="STARTTLS"):
        send(MailServer.parse(f"smtp://127.0.0.1:{plain.port}?starttls=yes"))
    monkeypatch.delenv("SSL_CERT_FILE")
    with post_office(tls_context=certificate) as stranger, pytest.raises(NotYet, match="certificate"):
        send(MailServer.parse(f"smtp://127.0.0.1:{stranger.port}?starttls=yes"))

    assert (plain.tried, stranger.tried) == (0, 0)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mx.example", MailServer(host="mx.example", port=25, security=Security.NONE)),
        ("smtp://localhost:2525/", MailServer(host="localhost", port=2525, security=Security.NONE)),
        ("smtp://mx.example?starttls=yes", MailServer(host="mx.example", port=587, security=Security.STARTTLS)),
        ("smtp://mx.example?starttls=no", MailServer(host="mx.example", port=25, security=Security.NONE)),
        (
            "smtps://voice%40x:p%2Fw@mx.example",
            MailServer(host="mx.example", port=465, security=Security.TLS, user="voice@x", password="p/w"),
        ),
        (
            "smtp://u:p@127.0.0.1",
            MailServer(host="127.0.0.1", port=25, security=Security.NONE, user="u", password="p"),
        ),
    ],
)
def test_an_address_says_all_about_a_server(url: str, server: MailServer) -> None:
    assert MailServer.parse(url) == server
    assert "p/w" not in repr(server)
