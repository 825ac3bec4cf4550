"""One lasting connection to a short-message centre (SMPP 3.4): hands over parts, hears receipts and phones."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from struct import error as StructError  # noqa: N812 - the library's own
from threading import Event, Lock
from typing import Any, cast

import structlog
from smpplib import consts, smpp
from smpplib.client import Client
from smpplib.exceptions import ConnectionError as Broken
from smpplib.exceptions import PDUError, UnknownCommandError

from ligneclaire.channels.outgoing import NotYet, Undeliverable
from ligneclaire.channels.sms.centre import Centre
from ligneclaire.channels.sms.gsm import Piece
from ligneclaire.channels.sms.inbound import Deliver

TIMEOUT = 10.0  # seconds to connect, to sign in, and for the rest of what has begun to come
ANSWER = 30.0  # seconds in which the centre says whether it took a part
LOOK, SILENT, LOST = 0.1, 15.0, 60.0  # seconds between looks; until we ask whether it is there; until it is not
AGAIN = 5.0  # seconds until the next try to connect
OK, NOT_NOW = consts.SMPP_ESME_ROK, 0x64  # ESME_RX_T_APPN: come again
LONGEST_ID = 65
# What is said of the message and not of us or of the hour; whatever else is said, it is tried again.
FOR_GOOD = {
    0x01: "too long",
    0x0B: "no such number",
    0x50: "no such kind of number",
    0x51: "no such plan of numbers",
    0x65: "refused for good",
    0x66: "refused",
    0x104: "no such coding",
}

log = structlog.get_logger("ligneclaire.sms")


class LeftPerhaps(Undeliverable):
    """Nobody knows whether it was taken: sending it again might send it twice, so a person decides."""


class Line:
    """A connection that several hands share; `hear` takes what comes in, and raises when it could not."""

    def __init__(self, centre: Centre, hear: Callable[[Deliver], object], *, answer: float = ANSWER) -> None:
        self._centre, self._hear, self._answer = centre, hear, answer
        self._client: Client | None = None
        self._writing = Lock()
        self._pending: dict[int, Future[tuple[int, str]]] = {}
        self._free_at = 0.0
        self.is_bound = Event()

    def run(self, stop: Event) -> None:
        """Be connected until told to stop."""
        while not stop.is_set():
            try:
                self._talk(stop)
            except (Broken, PDUError, UnknownCommandError, StructError, OSError) as broken:
                reason = str(broken) or type(broken).__name__
                log.warning("sms_line_broken", host=self._centre.host, port=self._centre.port, reason=reason)
                stop.wait(AGAIN)

    def submit(self, piece: Piece, *, to: str, wants_receipt: bool) -> str:
        """Hand a part over and return the centre's name for it; NotYet, Undeliverable and LeftPerhaps say what came."""
        with self._writing:
            client = self._client
            if client is None:
                raise NotYet(answer="no connection to the short-message centre")
            self._wait_for_the_rate()
            sent = smpp.make_pdu("submit_sm", client=client, **self._fields(piece, to, wants_receipt=wants_receipt))
            answer: Future[tuple[int, str]] = Future()
            self._pending[sent.sequence] = answer
            try:
                client.send_pdu(sent)
            except (Broken, PDUError, OSError) as broken:  # not whole, so never taken
                self._pending.pop(sent.sequence, None)
                raise NotYet(answer="the connection to the short-message centre broke") from broken
        return _taken(self._waited_for(answer, sent.sequence))

    def _waited_for(self, answer: Future[tuple[int, str]], sequence: int) -> tuple[int, str]:
        try:
            return answer.result(self._answer)
        except TimeoutError as late:
            raise LeftPerhaps(answer="the short-message centre did not say whether it took it") from late
        finally:
            self._pending.pop(sequence, None)

    def _fields(self, piece: Piece, to: str, *, wants_receipt: bool) -> dict[str, Any]:
        sender_type, sender_plan = _kind_of(self._centre.sender)
        return {
            "source_addr_ton": sender_type,
            "source_addr_npi": sender_plan,
            "source_addr": self._centre.sender,
            "dest_addr_ton": consts.SMPP_TON_INTL,
            "dest_addr_npi": consts.SMPP_NPI_ISDN,
            "destination_addr": to.removeprefix("+"),
            "short_message": piece.body,
            "data_coding": piece.coding,
            "esm_class": consts.SMPP_GSMFEAT_UDHI if piece.has_header else consts.SMPP_MSGMODE_DEFAULT,
            "registered_delivery": wants_receipt,
        }

    def _wait_for_the_rate(self) -> None:
        if self._centre.per_second:
            now = time.monotonic()
            time.sleep(max(0.0, self._free_at - now))
            self._free_at = max(now, self._free_at) + 1 / self._centre.per_second

    def _talk(self, stop: Event) -> None:
        context = ssl.create_default_context() if self._centre.is_encrypted else None
        client = _Client(
            self._centre.host, self._centre.port, timeout=TIMEOUT, ssl_context=context, allow_unknown_opt_params=True
        )
        try:
            client.connect()
            client.bind_transceiver(
                system_id=self._centre.user, password=self._centre.password, system_type=self._centre.system_type
            )
            self._client = client
            self.is_bound.set()
            log.info("sms_line_open", host=self._centre.host, port=self._centre.port)
            self._listen(client, stop)
        finally:
            self._hang_up(client)

    def _hang_up(self, client: Client) -> None:
        with self._writing:
            self._client = None
            self.is_bound.clear()
        for answer in tuple(self._pending.values()):
            with suppress(InvalidStateError):  # answered in this very moment
                answer.set_exception(LeftPerhaps(answer="the connection broke before the centre said it took it"))
        with suppress(Broken, PDUError, OSError):
            client.send_pdu(smpp.make_pdu("unbind", client=client))  # nobody waits for an answer
        client.state = consts.SMPP_CLIENT_STATE_OPEN
        client.disconnect()

    def _listen(self, client: Client, stop: Event) -> None:
        heard_at = asked_at = time.monotonic()
        while not stop.is_set():
            now = time.monotonic()
            if _has_come(client):
                self._handle(client, client.read_pdu())
                heard_at = asked_at = time.monotonic()
            elif now - heard_at > LOST:
                raise Broken("it says nothing any more")
            elif now - asked_at > SILENT:
                with self._writing:  # its number is taken as those of parts are
                    client.send_pdu(smpp.make_pdu("enquire_link", client=client))
                asked_at = now

    def _handle(self, client: Client, pdu: Any) -> None:
        match pdu.command:
            case "submit_sm_resp" | "generic_nack":
                name = (getattr(pdu, "message_id", None) or b"").decode("latin-1")[:LONGEST_ID]
                answer = self._pending.get(pdu.sequence)
                if answer and not answer.done():
                    answer.set_result((pdu.status, name))
            case "deliver_sm":
                self._answer_to(client, pdu, "deliver_sm_resp", self._heard(pdu))
            case "enquire_link":
                self._answer_to(client, pdu, "enquire_link_resp", OK)
            case "unbind":
                self._answer_to(client, pdu, "unbind_resp", OK)
                raise Broken("it asked us to go")
            case _:
                pass

    def _heard(self, pdu: Any) -> int:
        try:
            self._hear(_deliver(pdu))
        except Exception:  # whatever is wrong with us, the centre keeps it and comes again
            log.exception("sms_later")
            return NOT_NOW
        return int(OK)

    def _answer_to(self, client: Client, pdu: Any, command: str, status: int) -> None:
        answer = smpp.make_pdu(command, client=client, status=status)
        answer.sequence = pdu.sequence
        with self._writing:
            client.send_pdu(answer)


class _Client(Client):  # type: ignore[misc]  # the library says no types
    """The library's client, which says to whom it speaks where the way is encrypted."""

    def _create_socket(self) -> socket.socket:
        link = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        link.settimeout(self.timeout)
        if self._ssl_context is None:
            return link
        return cast("ssl.SSLContext", self._ssl_context).wrap_socket(link, server_hostname=self.host)


def _has_come(client: Client) -> bool:
    link = client._socket  # noqa: SLF001 - the library has no other way to look without waiting
    if isinstance(link, ssl.SSLSocket) and link.pending():
        return True
    return bool(select.select([link], [], [], LOOK)[0])


def _deliver(pdu: Any) -> Deliver:
    parts = pdu.sar_total_segments, pdu.sar_segment_seqnum, pdu.sar_msg_ref_num
    return Deliver(
        source=_ascii(pdu.source_addr),
        source_type=pdu.source_addr_ton or 0,
        destination=_ascii(pdu.destination_addr),
        kind=pdu.esm_class or 0,
        coding=pdu.data_coding or 0,
        body=pdu.short_message or pdu.message_payload or b"",
        receipted=_ascii(pdu.receipted_message_id),
        state=pdu.message_state or 0,
        sar=(parts[2], parts[0], parts[1]) if None not in parts else None,
    )


def _ascii(value: bytes | None) -> str:
    return (value or b"").decode("latin-1").strip("\x00 ")[:LONGEST_ID]


def _kind_of(sender: str) -> tuple[int, int]:
    if not sender.isdigit():
        return consts.SMPP_TON_ALNUM, consts.SMPP_NPI_UNK
    is_short = len(sender) <= 8  # noqa: PLR2004 - digits: a number of the network's own
    return (consts.SMPP_TON_UNK if is_short else consts.SMPP_TON_INTL), consts.SMPP_NPI_ISDN


def _taken(answer: tuple[int, str]) -> str:
    status, name = answer
    if status == OK:
        return name
    said = f"{status:#06x} {FOR_GOOD.get(status) or consts.DESCRIPTIONS.get(status, 'not now')}"
    if status in FOR_GOOD:
        raise Undeliverable(answer=said)
    raise NotYet(answer=said)
