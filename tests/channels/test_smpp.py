"""What a short-message centre says decides whether a part is theirs, is tried again, or is a person's work."""

from __future__ import annotations

import socket
import threading
from uuid import UUID

import pytest

from ligneclaire.channels.outgoing import NotYet, Undeliverable
from ligneclaire.channels.sms import smpp
from ligneclaire.channels.sms.centre import Centre
from ligneclaire.channels.sms.gsm import GSM_7, LATIN_1, UCS_2, Piece, cut, decoded
from ligneclaire.channels.sms.inbound import Deliver, Receipt, Text, read
from ligneclaire.channels.sms.smpp import LeftPerhaps, Line
from ligneclaire.channels.sms.text import length_of
from smsc import DELIVER, ENQUIRE, NACK, UNBIND, Submitted, connected, smsc, until

MESSAGE = UUID("0195a000-0000-7000-8000-0000000000a7")
HELLO = Piece(body=b"Hello", coding=GSM_7, has_header=False)
PHONE = "+33639980201"
LONG = "Votre contrat prend fin. " * 8


def test_what_is_accepted_is_theirs_and_has_a_name() -> None:
    with smsc() as centre, connected(centre) as line:
        name = line.submit(HELLO, to=PHONE, wants_receipt=True)

    assert name == "1A"
    assert centre.accepted == [
        Submitted(source="36105", to="33639980201", kind=0, coding=0, wants_receipt=True, body=b"Hello")
    ]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(0x0B, "0x000b no such number"), (0x66, "0x0066 refused"), (0x104, "0x0104 no such coding")],
)
def test_a_part_that_is_refused_for_good_is_not_tried_again(status: int, answer: str) -> None:
    with smsc() as centre, connected(centre) as line:
        centre.says = [status]
        with pytest.raises(Undeliverable) as refused:
            line.submit(HELLO, to=PHONE, wants_receipt=True)

    assert type(refused.value) is Undeliverable
    assert refused.value.values == {"answer": answer}
    assert centre.accepted == []


@pytest.mark.parametrize(("status", "answer"), [(0x58, "0x0058 "), (0x14, "0x0014 "), (NACK, "0x0003 ")])
def test_what_is_only_not_possible_now_is_tried_again(status: int, answer: str) -> None:
    with smsc() as centre, connected(centre) as line:
        centre.says = [status]
        with pytest.raises(NotYet) as later:
            line.submit(HELLO, to=PHONE, wants_receipt=True)

        assert str(later.value.values["answer"]).startswith(answer)
        assert line.submit(HELLO, to=PHONE, wants_receipt=True) == "1A"


def test_without_a_connection_it_waits() -> None:
    with pytest.raises(NotYet, match="no connection"):
        Line(Centre.parse("smpp://us@127.0.0.1?from=36105"), print).submit(HELLO, to=PHONE, wants_receipt=True)


def test_a_connection_that_breaks_before_the_answer_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "AGAIN", 0.01)
    with smsc() as centre, connected(centre) as line:
        centre.says = [None]
        with pytest.raises(LeftPerhaps, match="the connection broke before"):
            line.submit(HELLO, to=PHONE, wants_receipt=True)

        until(lambda: centre.binds == 2)  # it comes back by itself
        assert line.is_bound.wait(5)
        assert line.submit(HELLO, to=PHONE, wants_receipt=True) == "1A"


def test_and_so_does_a_centre_that_says_nothing() -> None:
    with smsc() as centre, connected(centre, answer=0.05) as line:
        centre.silent = True
        with pytest.raises(LeftPerhaps, match="did not say whether"):
            line.submit(HELLO, to=PHONE, wants_receipt=True)


def test_a_link_that_cannot_be_written_to_took_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with smsc() as centre, connected(centre) as line:
        assert line._client is not None

        def broken(_pdu: object) -> None:
            raise OSError

        monkeypatch.setattr(line._client, "send_pdu", broken)
        with pytest.raises(NotYet, match="broke"):
            line.submit(HELLO, to=PHONE, wants_receipt=True)
        monkeypatch.undo()

    assert centre.accepted == []


def test_a_wrong_password_and_nobody_there_are_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "AGAIN", 0.01)
    with smsc() as centre:
        centre.password = "other"
        line, stop = Line(centre.centre, print), threading.Event()
        talking = threading.Thread(target=line.run, args=[stop])
        talking.start()
        until(lambda: centre.heard.count(9) == 2)
        assert not line.is_bound.is_set()

        centre.password = "secret"
        assert line.is_bound.wait(5)
        stop.set()
        talking.join(5)

    assert centre.binds == 1


def test_we_answer_whoever_asks_and_go_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "AGAIN", 0.01)
    with smsc() as centre, connected(centre):
        centre.asks(ENQUIRE)
        centre.asks(0x80000000 | ENQUIRE)  # an answer that nobody waits for
        centre.asks(UNBIND)
        until(lambda: centre.binds == 2)

    assert centre.answers[:2] == [(ENQUIRE, 0), (UNBIND, 0)]


def test_we_ask_whether_it_is_there_and_leave_when_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smpp, "SILENT", 0.01)
    monkeypatch.setattr(smpp, "LOOK", 0.02)
    monkeypatch.setattr(smpp, "AGAIN", 0.01)
    with smsc() as centre, connected(centre):
        until(lambda: ENQUIRE in centre.heard)
        monkeypatch.setattr(smpp, "LOST", -1.0)
        until(lambda: centre.binds > 1)
        monkeypatch.setattr(smpp, "LOST", 60.0)


def test_no_more_a_second_than_it_takes() -> None:
    with smsc() as centre, connected(centre, per_second=1000) as line:
        for _ in range(5):
            line.submit(HELLO, to=PHONE, wants_receipt=False)

    assert len(centre.accepted) == 5


def test_phones_and_receipts_are_heard_once_written_down_and_come_again_otherwise() -> None:
    heard: list[Deliver] = []

    def hear(came: Deliver) -> None:
        if came.body == b"broken":
            raise ValueError
        heard.append(came)

    with smsc() as centre, connected(centre, hear):
        centre.phone_says(b"Bonjour")
        centre.phone_says(b"broken")
        centre.phone_says(b"id:1A stat:DELIVRD", kind=4, options=((0x1E, b"1A\0"), (0x427, b"\2")))
        until(lambda: len(centre.answers) == 3)

    assert centre.answers == [(DELIVER, 0), (DELIVER, 0x64), (DELIVER, 0)]
    assert list(map(read, heard)) == [
        Text(sender=PHONE, recipient="36105", text="Bonjour"),
        Receipt(centre_id="1A", state="DELIVRD", error=""),
    ]


@pytest.mark.parametrize(
    "text", ["Votre contrat [n° 5] coûte 10 €", "L'été : {ok}", "çà et là 😀 " * 20, "§ " * 200, LONG]
)
def test_a_phone_reads_what_was_written(text: str) -> None:
    pieces = cut(text, of=MESSAGE)

    assert len(pieces) == length_of(text).parts
    assert "".join(decoded(one.body[6 if one.has_header else 0 :], one.coding) for one in pieces) == text
    assert max(len(one.body) for one in pieces) <= (160 if pieces[0].coding == GSM_7 else 140)


def test_the_parts_of_a_message_share_its_own_number() -> None:
    pieces = cut(LONG, of=MESSAGE)

    assert [one.body[:6] for one in pieces] == [b"\5\0\3\xa7\2\1", b"\5\0\3\xa7\2\2"]
    assert cut(LONG, of=MESSAGE) == pieces


@pytest.mark.parametrize(
    ("body", "coding", "text"),
    [
        (b"\x1b\x65 \x1b\x1b\x00 \xff", GSM_7, "€  @ \ufffd"),
        ("été".encode("cp1252"), LATIN_1, "été"),
        ("ça va 😀".encode("utf-16-be"), UCS_2, "ça va 😀"),
        (b"\xd8", UCS_2, "\ufffd"),
    ],
)
def test_bytes_are_read_as_they_are_meant(body: bytes, coding: int, text: str) -> None:
    assert decoded(body, coding) == text


def came(body: bytes, **changes: object) -> Deliver:
    given = {"source": "33639980201", "source_type": 1, "destination": "36105", "kind": 0, "coding": 0}
    return Deliver(**{**given, "body": body, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "receipt"),
    [
        ("id:0A1 sub:001 dlvrd:001 done date:2611220100 stat:DELIVRD err:000 text:Votre", ("0A1", "DELIVRD", "000")),
        ("id:7 stat:undeliv err:27", ("7", "UNDELIV", "27")),
        ("id:7 stat:ACCEPTD err:0", ("7", "ACCEPTD", "0")),
        ("nothing that we know", ("", "UNKNOWN", "")),
    ],
)
def test_a_receipt_is_read_from_its_text(written: str, receipt: tuple[str, str, str]) -> None:
    said = read(came(written.encode(), kind=4))

    assert isinstance(said, Receipt)
    assert (said.centre_id, said.state, said.error) == receipt
    assert (said.is_delivered, said.is_final) == (receipt[1] == "DELIVRD", receipt[1] != "ACCEPTD")


@pytest.mark.parametrize(("state", "name"), [(2, "DELIVRD"), (3, "EXPIRED"), (5, "UNDELIV"), (8, "REJECTD")])
def test_or_from_its_fields(state: int, name: str) -> None:
    assert read(came(b"", kind=4, receipted="5F", state=state)) == Receipt(centre_id="5F", state=name, error="")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        pytest.param({"kind": 0x40, "body": b"\5\0\3\x2a\2\1un"}, (42, 2, 1, "un"), id="short number"),
        pytest.param({"kind": 0x40, "body": b"\6\x08\4\1\2\3\3trois"}, (258, 3, 3, "trois"), id="long number"),
        pytest.param({"kind": 0x40, "body": b"\x06\x05\x04\1\2\3\3x"}, (0, 1, 1, "x"), id="another header"),
        pytest.param({"kind": 0x40, "body": b""}, (0, 1, 1, ""), id="no header at all"),
        pytest.param({"kind": 0x40, "body": b"\5\0\3\x2a\2\3un"}, (0, 1, 1, "un"), id="a place that there is not"),
        pytest.param({"body": b"deux", "sar": (7, 2, 2)}, (7, 2, 2, "deux"), id="in fields"),
    ],
)
def test_a_part_says_its_place(changes: dict[str, object], text: tuple[int, int, int, str]) -> None:
    said = read(came(**{"body": b"", **changes}))  # type: ignore[arg-type]

    assert isinstance(said, Text)
    assert (said.reference, said.parts, said.place, said.text) == text


@pytest.mark.parametrize(("source", "ton", "sender"), [("0639980201", 2, "0639980201"), ("+33639980201", 1, PHONE)])
def test_a_number_is_kept_as_it_is_given(source: str, ton: int, sender: str) -> None:
    said = read(came(b"x", source=source, source_type=ton))

    assert isinstance(said, Text)
    assert said.sender == sender


def test_a_name_and_a_long_number_are_senders_too() -> None:
    assert [smpp._kind_of(sender) for sender in ("Libellule", "36105", "33639980000")] == [(5, 0), (0, 1), (1, 1)]


def test_an_address_says_all_about_a_centre() -> None:
    read_ = Centre.parse("smpps://care:p%40w@smsc.example?from=Libellule&system_type=VMS&per_second=20")

    assert read_ == Centre(
        host="smsc.example",
        port=3550,
        user="care",
        password="p@w",
        sender="Libellule",
        is_encrypted=True,
        system_type="VMS",
        per_second=20,
    )
    assert "p@w" not in repr(read_)
    assert Centre.parse("smpp://care@[::1]:2776/?from=36105").port == 2776


def test_a_line_that_is_to_be_encrypted_says_nothing_in_the_clear() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"smpps://us:secret@127.0.0.1:{listening.getsockname()[1]}?from=36105"
        line, stop = Line(Centre.parse(address), print), threading.Event()
        talking = threading.Thread(target=line.run, args=[stop])
        talking.start()
        link, _ = listening.accept()
        first = link.recv(1)
        link.close()
        stop.set()
        talking.join(10)

    assert first == b"\x16"  # of TLS
