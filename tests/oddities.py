"""E-mails with every oddity, each with the one place where it has to end: known here, without asking the product."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import bounces
from incoming import STRANGER, US, plus
from ligneclaire.cases.actions.merge_cases import merge_cases
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.models import Message
from ligneclaire.channels.states import Channel, Fate
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.kernel.clock import now

MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
NORA = Actor(ActorKind.ADVISER, "A-1")
WRITERS = {
    "C-1001": "delmas@example.org",
    "C-2001": "lenoir@example.org",
    "C-3001": "aubert@example.org",
    "C-5001": "perrin@example.org",
}
SHARED, SHARERS = "roussel@example.org", ("C-4001", "C-4002")
MACHINE = "MAILER-DAEMON@mx.example.net"
LARGEST = 40 * 1024 * 1024
WHOLE, IN_PARTS = "text/plain; charset=utf-8", "multipart/mixed; boundary=parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """In the thread of a customer, with its matter and the words that have to be readable."""

    customer: str
    case: str = ""
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Before a person, with the matter that it names and those who may be meant."""

    case: str = ""
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """With the message of ours on which it reports."""

    message: UUID
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuses:
    """Nowhere: it is too large, and its sender hears that."""


Place = Entered | Waits | Reports | Refuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """An e-mail as a mail server hands it over; those of one `same` are one e-mail."""

    kind: str
    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    place: Place
    same: str
    is_automatic: bool = False
    files: int | None = None

    @property
    def digest(self) -> str:
        """By which its row is found."""
        return sha256(self.raw).hexdigest()


@dataclass
class Sent:
    """A message of ours that has left, and the matter that it is about."""

    uuid: UUID
    customer: str
    case: str

    @property
    def name(self) -> str:
        return f"<{self.uuid}@ligneclaire.example>"


@dataclass
class World:
    """Customers with cases, some of them merged, and messages that left for them."""

    cases: dict[str, list[str]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)  # the reference of then, and that of now
    sent: list[Sent] = field(default_factory=list)


def a_world_of_cases(messages: int) -> World:
    """Three cases for everybody, the third merged into the second."""
    world = World()
    for customer in (*WRITERS, *SHARERS):
        subjects = [f"contract:{customer}-{number}" for number in range(3)]
        need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=MONDAY)
        opened = open_cases(needs={(customer, one): need for one in subjects}, by=SYSTEM, at=MONDAY)
        first, second, third = (opened[customer, one].reference for one in subjects)
        merge_cases(reference=third, into=second, reason="la même chose", by=NORA, at=MONDAY)
        world.cases[customer] = [first, second, third]
        world.merged[third] = second
    for number in range(messages):
        customer = list(WRITERS)[number % len(WRITERS)]
        sent = Sent(uuid=UUID(int=number + 1), customer=customer, case=world.cases[customer][number % 3])
        world.sent.append(sent)
        Message.objects.create(
            uuid=sent.uuid, utterance=sent.uuid, customer=customer, case=sent.case, channel=Channel.EMAIL,
            language="fr", adviser="A-1", subject="Votre contrat", content={}, destination=[WRITERS[customer]],
            written_at=MONDAY, state="sent", sent_at=now(), file="email/x.eml", digest="0" * 64,
        )  # fmt: skip
    return world


class Oddities:
    """As many odd e-mails as asked for, the same for the same seed."""

    def __init__(self, world: World, *, seed: int, large: int = 1) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.number = 0
        self.made: list[Odd] = []
        self.large = large

    def all(self, count: int) -> list[Odd]:
        """Every kind in turn, and every ninth or so an e-mail that came before."""
        for _ in range(self.large):
            self.made += [self._as_large_as_may_be(), self._too_large()]
        while len(self.made) < count:
            kind = KINDS[self.number % len(KINDS)]
            self.made.append(kind(self))
            if self.random.random() < 0.12:
                self.made.append(self._again(self.random.choice(self.made)))
        self.random.shuffle(self.made)
        return self.made

    # What the kinds are made of.

    def _next(self) -> str:
        self.number += 1
        return f"jeton-{self.number:06}"

    def _writer(self) -> tuple[str, str]:
        return self.random.choice(list(WRITERS.items()))

    def _case(self, customer: str) -> str:
        return self.random.choice(self.world.cases[customer])

    def _told(self, customer: str) -> Sent:
        return self.random.choice([one for one in self.world.sent if one.customer == customer])

    def _odd(  # noqa: PLR0913 - all that an e-mail has
        self,
        kind: str,
        place: Place,
        *,
        sender: str,
        body: bytes = b"",
        to: Sequence[str] = (US,),
        content: str = WHOLE,
        envelope: str | None = None,
        is_automatic: bool = False,
        files: int | None = 0,
        **headers: str,
    ) -> Odd:
        token = f"{kind}-{self.number}"
        given = {
            "From": f"Quelqu’un <{sender}>",
            "To": ", ".join(to),
            "Subject": "Mon dossier",
            "Message-ID": f"<{token}@mail.example.org>",
            "MIME-Version": "1.0",
            "Content-Type": content,
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
        raw = head.encode() + b"\r\n" + body + b"\r\n"
        return Odd(
            kind=kind, raw=raw, sender=sender if envelope is None else envelope, recipients=tuple(to), place=place,
            same=token, is_automatic=is_automatic, files=files,
        )  # fmt: skip

    def _again(self, first: Odd) -> Odd:
        """The same once more: the same bytes, or by another way, which only a header tells."""
        if isinstance(first.place, Refuses) or b"Message-ID" not in first.raw or self.random.random() < 0.5:
            raw = first.raw
        else:
            raw = f"Received: from mx{self.number}.example.net by mx.operator.example\r\n".encode() + first.raw
        return Odd(
            kind="again", raw=raw, sender=first.sender, recipients=first.recipients, place=first.place,
            same=first.same, is_automatic=first.is_automatic, files=first.files,
        )  # fmt: skip

    # The kinds.

    def to_the_matter(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        case = self._case(customer)
        place = Entered(customer=customer, case=case, says=said)
        return self._odd("plus", place, sender=sender, to=[plus(case)], body=f"Oui, {said}.\r\n\r\n> Quand ?".encode())

    def answering(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        sent = self._told(customer)
        place = Entered(customer=customer, case=sent.case, says=said)
        return self._odd("answer", place, sender=sender, body=said.encode(), In_Reply_To=sent.name)

    def by_references(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        sent = self._told(customer)
        place = Entered(customer=customer, case=sent.case, says=said)
        return self._odd("references", place, sender=sender, body=said.encode(), References=f"<a@b> {sent.name} <x@y>")

    def titled(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        case = self._case(customer)
        place = Entered(customer=customer, case=case, says=said)
        return self._odd("title", place, sender=sender.upper(), body=said.encode(), Subject=f"RE : TR : {case.lower()}")

    def naming_nothing(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        return self._odd("plain", Entered(customer=customer, says=said), sender=sender, body=said.encode())

    def by_a_stranger(self) -> Odd:
        return self._odd("stranger", Waits(), sender=STRANGER, body=self._next().encode())

    def by_a_stranger_to_a_matter(self) -> Odd:
        said, (customer, _) = self._next(), self._writer()
        case = self._case(customer)
        place = Waits(case=case, customers=(customer,))
        return self._odd("strange matter", place, sender=STRANGER, to=[plus(case)], body=said.encode())

    def to_the_matter_of_another(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        other = self.random.choice([one for one in WRITERS if one != customer])
        case = self._case(other)
        place = Waits(case=case, customers=(other, customer))
        return self._odd("foreign matter", place, sender=sender, to=[plus(case)], body=said.encode())

    def by_one_of_two(self) -> Odd:
        return self._odd("shared", Waits(customers=SHARERS), sender=SHARED, body=self._next().encode())

    def by_one_of_two_to_a_matter(self) -> Odd:
        said, customer = self._next(), self.random.choice(SHARERS)
        case = self._case(customer)
        place = Entered(customer=customer, case=case, says=said)
        return self._odd("shared matter", place, sender=SHARED, to=[plus(case)], body=said.encode())

    def in_copy(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        first, second = self._case(customer), self._case(customer)
        to = [plus(first), US, plus(second)]
        place = Entered(customer=customer, case=first, says=said)
        return self._odd(
            "copy", place, sender=sender, to=to, body=said.encode(), To="ami@example.com", Cc=", ".join(to[::-1])
        )

    def in_blind_copy(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        case = self._case(customer)
        place = Entered(customer=customer, case=case, says=said)
        return self._odd("blind copy", place, sender=sender, to=[US, plus(case)], body=said.encode(), To="")

    def forwarded(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        body = f"{said}\r\n\r\n-----Message d'origine-----\r\nDe : Banque <banque@example.com>\r\n\r\nBonjour".encode()
        return self._odd(
            "forwarded", Entered(customer=customer, says=said), sender=sender, body=body, Subject="TR: Avis"
        )

    def forwarded_whole(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        other = self._told(customer)
        inside = f"From: banque@example.com\r\nMessage-ID: {other.name}\r\nSubject: Avis\r\n\r\nBonjour"
        body = parts(("text/plain", said), ("message/rfc822", inside))
        place = Entered(customer=customer, says=said)
        return self._odd("forwarded whole", place, sender=sender, body=body, content=IN_PARTS, files=1)

    def away(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        sent = self._told(customer)
        mark = self.random.choice(MACHINES)
        place = Entered(customer=customer, case=sent.case, says=said)
        return self._odd(
            "away", place, sender=sender, body=f"Je suis absente, {said}".encode(), is_automatic=True,
            envelope=self.random.choice(["", sender]), In_Reply_To=sent.name, **mark,
        )  # fmt: skip

    def a_machine_of_a_stranger(self) -> Odd:
        said = self._next()
        return self._odd(
            "machine", Waits(), sender="liste@example.com", body=said.encode(), is_automatic=True,
            **self.random.choice(MACHINES),
        )  # fmt: skip

    def our_own(self) -> Odd:
        said, (customer, _) = self._next(), self._writer()
        sent = self._told(customer)
        place = Waits(case=sent.case, customers=(customer,))
        return self._odd(
            "loop", place, sender="nora.benali@ligneclaire.example", body=said.encode(), is_automatic=True,
            Message_ID=sent.name, Auto_Submitted="auto-generated",
        )  # fmt: skip

    def _report(self, kind: str, raw: bytes, place: Place, to: str, *, files: int = 2) -> Odd:
        named = f"<{kind}-{self.number}@mx.example.net>".encode()
        before, _, rest = raw.partition(b"Message-ID: ")
        raw = before + b"Message-ID: " + named + rest[rest.index(b"\r\n") :]
        return Odd(
            kind=kind, raw=raw, sender="", recipients=(to,), place=place, same=named.decode(), is_automatic=True,
            files=files,
        )  # fmt: skip

    def a_bounce(self) -> Odd:
        self._next()
        sent = self.random.choice(self.world.sent)
        write = self.random.choice([bounces.by_postfix, bounces.by_gmail, bounces.by_exchange, bounces.by_exim])
        to = plus(sent.case)
        raw = write(sent.name, to=to).replace(b"lenoir@example.org", WRITERS[sent.customer].encode())
        raw = raw.replace(b"Lenoir@Example.org", WRITERS[sent.customer].title().encode())
        return self._report("bounce", raw, Reports(message=sent.uuid, fate=Fate.FAILED), to)

    def a_warning(self) -> Odd:
        self._next()
        sent = self.random.choice(self.world.sent)
        to = plus(sent.case)
        raw = bounces.still_trying(sent.name, to=to).replace(b"lenoir@example.org", WRITERS[sent.customer].encode())
        return self._report("warning", raw, Reports(message=sent.uuid, fate=Fate.DELAYED), to)

    def a_forged_bounce(self) -> Odd:
        self._next()
        sent = self.random.choice(self.world.sent)
        to = plus(sent.case)
        raw = bounces.by_postfix(sent.name, to=to, recipient="victim@example.com")
        return self._report("forged", raw, Waits(case=sent.case, customers=(sent.customer,)), to)

    def a_bounce_of_nothing(self) -> Odd:
        self._next()
        raw = bounces.by_postfix(f"<{UUID(int=10**9 + self.number)}@ligneclaire.example>", to=US)
        return self._report("bounce of nothing", raw, Waits(), US)

    def a_receipt(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        sent = self._told(customer)
        mark = f"Final-Recipient: rfc822;{sender}\r\nOriginal-Message-ID: {sent.name}\r\nDisposition: manual; displayed"
        body = parts(("text/plain", said), ("message/disposition-notification", mark))
        content = "multipart/report; report-type=disposition-notification; boundary=parts"
        place = Entered(customer=customer, case=sent.case, says=said)
        return self._odd(
            "receipt", place, sender=sender, body=body, content=content, files=1, is_automatic=True,
            In_Reply_To=sent.name,
        )  # fmt: skip

    def broken(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        case = self._case(customer)
        content, body = self.random.choice(BROKEN)
        place = Entered(customer=customer, case=case)
        return self._odd(
            "broken", place, sender=sender, to=[plus(case)], content=content, body=said.encode() + b"\r\n" + body,
            files=None,
        )  # fmt: skip

    def with_broken_headers(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        case = self._case(customer)
        odd = self._odd(
            "headers", Entered(customer=customer, case=case, says=said), sender=sender, to=[plus(case)],
            body=said.encode(), files=0,
        )  # fmt: skip
        return Odd(
            kind=odd.kind, raw=self.random.choice(HEADERS) + odd.raw, sender=odd.sender, recipients=odd.recipients,
            place=odd.place, same=odd.same, files=0,
        )  # fmt: skip

    def in_other_signs(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        charset, codec, text = self.random.choice(SIGNS)
        body = f"{text} {said}".encode(codec)
        content = f"text/plain; charset={charset}" if charset else "text/plain"
        place = Entered(customer=customer, says=f"{text} {said}")
        return self._odd("signs", place, sender=sender, content=content, body=body, Content_Transfer_Encoding="8bit")

    def with_files(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        content, kinds = self.random.choice(FILED)
        body = parts(("text/plain", said), *((kind, f"{said} {kind}") for kind in kinds))
        place = Entered(customer=customer, says=said)
        return self._odd("files", place, sender=sender, content=content, body=body, files=len(kinds))

    def enveloped(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        body = base64.b64encode(said.encode())
        content = 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
        return self._odd(
            "enveloped", Entered(customer=customer), sender=sender, content=content, body=body, files=1,
            Content_Transfer_Encoding="base64",
        )  # fmt: skip

    def as_html_only(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        body = f"<html><style>p {{}}</style><p>Bonjour&nbsp;<b>{said}</b><script>alert(1)</script>".encode()
        place = Entered(customer=customer, says=said)
        return self._odd("html", place, sender=sender, content="text/html; charset=utf-8", body=body)

    def empty(self) -> Odd:
        self._next()
        customer, sender = self._writer()
        place = Entered(customer=customer, says="[…]")
        return self._odd("empty", place, sender=sender, Subject="")

    def nothing_at_all(self) -> Odd:
        """Bytes without a header, known by the envelope only, and the same each time for the same writer."""
        self._next()
        customer, sender = self._writer()
        raw = f"\r\nsans en-tête, de {customer}\r\n".encode()
        return Odd(
            kind="nothing", raw=raw, sender=sender, recipients=(US,), place=Entered(customer=customer),
            same=f"nothing {customer}", files=0,
        )  # fmt: skip

    def under_a_name_that_was_used(self) -> Odd:
        """Two e-mails with other words under one Message-ID are two."""
        said, (customer, sender) = self._next(), self._writer()
        place = Entered(customer=customer, says=said)
        return self._odd(
            "same name", place, sender=sender, body=said.encode(), Message_ID="<always-the-same@bad.example>"
        )

    def _as_large_as_may_be(self) -> Odd:
        said, (customer, sender) = self._next(), self._writer()
        head = parts(("text/plain", said), ("application/pdf", ""), is_closed=False)
        body = head + (b"x" * 998 + b"\r\n") * ((LARGEST - len(head) - 2_000) // 1_000)
        place = Entered(customer=customer, says=said)
        return self._odd("large", place, sender=sender, content=IN_PARTS, body=body, files=1)

    def _too_large(self) -> Odd:
        self._next()
        return self._odd("too large", Refuses(), sender=STRANGER, body=(b"x" * 998 + b"\r\n") * (LARGEST // 1_000 + 10))


def parts(*given: tuple[str, str], is_closed: bool = True) -> bytes:
    """The parts of an e-mail that has some."""
    body = "".join(f"--parts\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in given)
    return (body + ("--parts--" if is_closed else "")).encode()


def nested(depth: int) -> tuple[str, bytes]:
    """Parts in parts in parts."""
    body = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (level, level + 1) for level in range(depth)
    )
    return "multipart/mixed; boundary=b0", body


MACHINES: list[dict[str, Any]] = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-replied (vacation)"},
    {"X_Autoreply": "yes"},
    {"X_Autorespond": "Absence"},
    {"Precedence": "auto_reply"},
    {"Precedence": "bulk", "Subject": "Réponse automatique : je suis absente"},
    {"Return_Path": "<>"},
]
BROKEN: list[tuple[str, bytes]] = [
    ("multipart/mixed", b"--parts\r\n\r\nsans fin"),
    ("multipart/mixed; boundary=", b"sans nom"),
    (IN_PARTS, b"rien que des mots"),
    (IN_PARTS, parts(("multipart/mixed; boundary=parts", "x"))),
    ("text/plain; charset=klingon", b"Qapla\xe9"),
    ('text/plain; charset="utf-8', b"\xff\xfe\x00\x01"),
    ("text/plain; charset=utf-16", b"impair"),
    ("text/plain; charset=punycode", b"-" * 3_000),
    ("text/html; charset=utf-8", b"<" * 50_000),
    ("message/rfc822", b"Content-Type: message/rfc822\r\n\r\n" * 50),
    ("message/partial; id=x; number=1; total=9", b"la moiti\xc3\xa9"),
    ("text/plain", b"\x00" * 1_000 + b"\x1b[2J"),
    ("text/plain", b"x" * 900_000),
    ("text/plain; name*0*=utf-8''%FF; name*1*=%", b"x"),
    ("/; ;;=;", b"x"),
    nested(100),
    nested(5_000),
    (IN_PARTS, b"--parts\r\n\r\nx\r\n" * 300),
    (IN_PARTS, b"--parts\r\n\r\nx\r\n" * 10_001),
    ("application/octet-stream", b"\r\n".join([b"AAAA" * 19] * 20) + b"\r\nA"),
]
HEADERS: list[bytes] = [
    b"X-Eight: d\xe9j\xe0 \xff\r\n",
    b"X-Nul: a\x00b\r\n",
    b"X-Long: " + b"x" * 60_000 + b"\r\n",
    b"X-Folded: a\r\n" + b" b\r\n" * 2_000,
    b"Sender: " + b"<" * 3_000 + b"\r\n",
    b"Date: le trente-deux\r\n",
    b"Reply-To: =?utf-8?q?=00=FF?= <x@\xff>\r\n",
    b'Cc: undisclosed-recipients:;, "\r\n',
    b"In-Reply-To: <<>>\r\nReferences: <" + b"a" * 5_000 + b">\r\n",
    b"Subject: =?klingon?b?%%%?= =?utf-8?q?d=C3?=\r\n",
    b"X: \r\n" * 500,
]
SIGNS: list[tuple[str, str, str]] = [
    ("iso-2022-jp", "iso-2022-jp", "解約について"),
    ("iso-8859-1", "cp1252", "L’œuvre – 12 €"),
    ("utf-8", "cp1252", "déjà résilié à l’été"),
    ("", "cp1252", "où ça ?"),
    ("windows-1252", "cp1252", "“Œil” € ™"),
    ("utf-7", "utf-7", "résiliation à la fin"),
    ("gb18030", "gb18030", "解除合同"),
    ("big5", "big5", "終止合約"),
    ("koi8-r", "koi8-r", "расторжение"),
    ("utf-8", "utf-8", "😀 œ ﬁ é"),
    ("iso-8859-15", "iso-8859-15", "12 € l’an".replace("’", "'")),
    ("us-ascii", "utf-8", "été"),
]
FILED: list[tuple[str, tuple[str, ...]]] = [
    (IN_PARTS, ("text/calendar; method=REQUEST",)),
    ("multipart/signed; protocol=application/pkcs7-signature; boundary=parts", ("application/pkcs7-signature",)),
    ("multipart/signed; protocol=application/pgp-signature; boundary=parts", ("application/pgp-signature",)),
    (
        "multipart/encrypted; protocol=application/pgp-encrypted; boundary=parts",
        ("application/pgp-encrypted", "application/octet-stream"),
    ),
    (IN_PARTS, ("image/heic", "application/pdf", "application/zip")),
    ("multipart/related; boundary=parts", ("image/png",)),
    ("multipart/alternative; boundary=parts", ("text/calendar",)),
]
KINDS: list[Callable[[Oddities], Odd]] = [
    Oddities.to_the_matter,
    Oddities.answering,
    Oddities.by_references,
    Oddities.titled,
    Oddities.naming_nothing,
    Oddities.by_a_stranger,
    Oddities.by_a_stranger_to_a_matter,
    Oddities.to_the_matter_of_another,
    Oddities.by_one_of_two,
    Oddities.by_one_of_two_to_a_matter,
    Oddities.in_copy,
    Oddities.in_blind_copy,
    Oddities.forwarded,
    Oddities.forwarded_whole,
    Oddities.away,
    Oddities.a_machine_of_a_stranger,
    Oddities.our_own,
    Oddities.a_bounce,
    Oddities.a_warning,
    Oddities.a_forged_bounce,
    Oddities.a_bounce_of_nothing,
    Oddities.a_receipt,
    Oddities.broken,
    Oddities.with_broken_headers,
    Oddities.in_other_signs,
    Oddities.with_files,
    Oddities.enveloped,
    Oddities.as_html_only,
    Oddities.empty,
    Oddities.nothing_at_all,
    Oddities.under_a_name_that_was_used,
]
