"""Events reach a real receiver, signed, once for each try, and nothing goes where it may not."""

from __future__ import annotations

import hmac
import json
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from builders import a_world
from ligneclaire.api.events import event_of
from ligneclaire.api.outgoing import post
from ligneclaire.api.tasks import post_hook
from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.actions.offer_events import Event, offer_events
from ligneclaire.hooks.actions.subscribe import subscribe
from ligneclaire.hooks.models import Posting
from ligneclaire.hooks.queries import postings, subscriptions
from ligneclaire.hooks.rules.signing import secret_of
from ligneclaire.kernel.actor import SYSTEM

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
FACT = Statement(
    source="billing",
    source_id="e1",
    kind="closing_bill.date",
    customer="C-2001",
    subject="contract:K-ADSL-1",
    value="2015-03-05",
    effective=date(2026, 7, 1),
    at=NOW,
)
AS_EVENT = {
    "specversion": "1.0",
    "id": "e1",
    "source": "/departments/billing",
    "type": "closing_bill.date",
    "time": "2026-06-01T08:00:00+00:00",
    "subject": "C-2001/K-ADSL-1",
    "datacontenttype": "application/json",
    "data": {"value": "2015-03-05", "effective": "2026-07-01"},
}


class Receiver:
    """Another system on this machine, which keeps what it gets and answers as it is told."""

    def __init__(self, *, certificate: Path | None = None) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, str]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name that the library looks for
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                status, text = receiver.answers.pop(0) if receiver.answers else (204, "")
                self.send_response(status)
                self.send_header("location", f"{receiver.url}/elsewhere")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.HOOKS_INSIDE = True
    receiver = Receiver()
    yield receiver
    receiver.stop()


def offered_to(url: str) -> Posting:
    a_world()
    subscribe(name="crm", url=url, kinds=["closing_bill.*"], by=SYSTEM, at=NOW)
    record([FACT], by=SYSTEM, at=NOW)
    return Posting.objects.get()


def send(row: Posting, *, tried: int = 0) -> tuple[str, int, str]:
    post_hook(posting=str(row.uuid), tried=tried)
    [card] = postings.newest("crm", limit=9)
    return card.state, card.tries, card.answer


@pytest.mark.django_db
def test_an_event_arrives_signed_and_is_known_by_its_id(receiver: Receiver) -> None:
    row = offered_to(f"{receiver.url}/in?from=care")

    assert send(row) == ("delivered", 1, "204")

    [(path, headers, body)] = receiver.got
    assert path == "/in?from=care"
    assert json.loads(body) == AS_EVENT
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert headers["webhook-id"] == str(row.uuid)
    secret = b64decode(secret_of(row.subscription.seed, key=django_settings.SECRET_KEY).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    proof = b64encode(hmac.digest(secret, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60


@pytest.mark.django_db
def test_what_is_no_fact_says_what_happened_and_no_more(receiver: Receiver) -> None:
    a_world()
    subscribe(name="crm", url=receiver.url, kinds=["cases.*"], by=SYSTEM, at=NOW)
    event = Event(kind="cases.opened", source="cases", source_id="LC-1/opened", subject="C-2001/LC-1")
    offer_events(events=[event], by=SYSTEM, at=NOW)

    assert send(Posting.objects.get()) == ("delivered", 1, "204")

    [(_, _, body)] = receiver.got
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": "LC-1/opened",
        "source": "/cases",
        "type": "cases.opened",
        "time": "2026-06-01T08:00:00+00:00",
        "subject": "C-2001/LC-1",
    }


@pytest.mark.django_db
def test_a_job_that_comes_twice_sends_once(receiver: Receiver) -> None:
    row = offered_to(receiver.url)

    assert send(row) == send(row) == ("delivered", 1, "204")

    assert len(receiver.got) == 1


@pytest.mark.django_db
def test_what_is_refused_is_sent_again_under_the_same_id(receiver: Receiver) -> None:
    receiver.answers = [(503, "busy,\n try  later"), (200, "")]
    row = offered_to(receiver.url)

    assert send(row) == ("waiting", 1, "503 busy, try later")
    assert send(row, tried=1) == ("delivered", 2, "200")

    assert {headers["webhook-id"] for _, headers, _ in receiver.got} == {str(row.uuid)}


@pytest.mark.django_db
def test_an_answer_is_kept_as_words_and_commands_nobody_s_terminal(receiver: Receiver) -> None:
    receiver.answers = [(500, "no\x1b]0;title\x07\n\nnot\x00 now")]

    assert send(offered_to(receiver.url)) == ("waiting", 1, "500 no]0;title not now")


@pytest.mark.django_db
def test_a_redirection_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [(307, "")]

    assert send(offered_to(f"{receiver.url}/in")) == ("waiting", 1, "307")

    assert [path for path, _, _ in receiver.got] == ["/in"]


@pytest.mark.django_db
def test_who_is_gone_is_asked_no_more(receiver: Receiver) -> None:
    receiver.answers = [(410, "gone")]

    assert send(offered_to(receiver.url)) == ("given up", 1, "410 gone")
    assert [card.paused_because for card in subscriptions.listed()] == ["given up: 410 gone"]


@pytest.mark.django_db
def test_nothing_goes_into_the_own_network_unless_that_is_allowed(receiver: Receiver, settings: Settings) -> None:
    settings.HOOKS_INSIDE = False

    said = "localhost is inside a network where events may not go"
    assert send(offered_to(receiver.url)) == ("waiting", 1, said)
    assert receiver.got == []


def test_a_receiver_that_is_not_there_is_no_error_of_ours() -> None:
    gone = Receiver()
    gone.stop()

    reply = post(gone.url, b"{}", {}, is_inside_allowed=True)

    assert (reply.status, reply.text.partition(":")[0]) == (None, "ConnectionRefusedError")


def _certificate(place: Path, *names: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    alternatives = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return place


@pytest.mark.parametrize(
    ("name", "trusted", "answer"),
    [("localhost", True, 204), ("crm.example", True, None), ("localhost", False, None)],
)
def test_a_certificate_is_compared_with_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, trusted: bool, answer: int | None
) -> None:
    certificate = _certificate(tmp_path / "receiver.pem", name)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    receiver = Receiver(certificate=certificate)

    reply = post(receiver.url, b"{}", {}, is_inside_allowed=True)
    receiver.stop()

    assert (reply.status, len(receiver.got)) == (answer, 1 if answer else 0)
    assert answer or "SSLCertVerificationError" in reply.text


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({"subject": "customer:C-2001"}, "C-2001"),
        ({"subject": ""}, "C-2001"),
        ({"customer": None}, "/K-ADSL-1"),
        ({"customer": None, "subject": ""}, None),
    ],
)
def test_an_event_names_whom_and_what_it_is_about(changes: dict[str, Any], subject: str | None) -> None:
    given = {name: getattr(FACT, name) for name in Statement.__dataclass_fields__}

    event = json.loads(event_of(Statement(**given | changes | {"effective": None})))

    assert (event.get("subject"), event["data"]) == (subject, {"value": "2015-03-05"})
