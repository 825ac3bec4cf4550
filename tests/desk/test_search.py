"""Finding a customer by whatever a caller has at hand, and messages by their words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from contracts.leaving import GUEST, typed
from ligneclaire.cases.queries import cards
from ligneclaire.channels.content import Contact, Content, Labels
from ligneclaire.channels.models import Entry, Message
from ligneclaire.contracts.actions.request_termination import request_termination
from ligneclaire.kernel import clock
from ligneclaire.kernel.ref import uuid_of

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2015-02-16T09:00:00+01:00")
BOTH = ("/customers", "/suggestions")
FILS = "Mme Lenoir <i>& fils</i>"


def found(client: Client, path: str, text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The customers who are listed, and why; the subjects of the messages."""
    shown = client.get(path, {"q": text}).context["found"]
    return [(one.card.number, one.why) for one in shown.customers], [one.excerpt.subject for one in shown.messages]


def wrote(said: str, *, subject: str = "Un courrier", at: datetime = AT) -> None:
    """A letter to the Lenoirs that says just this."""
    content = Content(
        language="fr",
        subject=subject,
        dated="",
        dated_on=at.date(),
        salutation="",
        opening=(said,),
        closing=(),
        contact=Contact(name="", role="", phone="", email="", postal=()),
        reference="",
        labels=Labels(reference="", contact="", page="", code=""),
    )
    Message.objects.create(
        uuid=uuid_of("test", subject),
        utterance=uuid_of("test", subject),
        customer="C-2001",
        channel="letter",
        language="fr",
        subject=subject,
        content=content.as_json(),
        destination=[],
        written_at=at,
    )


@pytest.fixture
def namesake(nora: Client) -> None:
    """Another customer with nearly the same name, of whom one sign means something in HTML; same line and mobile."""
    document = the_story_world()
    lenoir = document["customers"][1]
    contract = {**lenoir["contracts"][0], "id": "K-ADSL-2", "equipment": []}
    document["customers"].append({**lenoir, "id": "C-2002", "name": FILS, "contracts": [contract]})
    a_world(document)


@pytest.mark.parametrize(
    "text",
    [
        "c-2001",
        "lenoir",
        "Mme LÉNOIR",
        "06 39 98 02 01",
        "0033639980201",
        "lenoir@example.org",
        "Lenoir@Example.org",
        "k-adsl-1",
        "05 36 49 02 02",
        "+33 (0)5 36 49 02 02",
        "lb-4471-0093",
        "the reference",
    ],
)
def test_a_customer_is_found_by_whatever_a_caller_has_at_hand(nora: Client, text: str) -> None:
    if text == "the reference":
        text = cards.of("C-2001")[0].reference.lower().replace("-", " ")

    response = nora.get("/customers", {"q": text})

    assert (response.status_code, response.headers.get("Location")) == (302, "/customers/C-2001")
    assert [one for one, _ in found(nora, "/suggestions", text)[0]] == ["C-2001"]


@pytest.mark.parametrize(("surname", "place"), [("Lenoir", "/customers/C-2001"), ("Personne", "/requests/{}")])
def test_the_reference_of_what_was_asked_for_online_leads_to_whose_it_is(
    nora: Client, surname: str, place: str
) -> None:
    declared = typed(surname=surname, lines=("+33639980201",))
    reference = request_termination(declared=declared, by=GUEST, at=clock.now()).reference

    response = nora.get("/customers", {"q": reference})

    assert (response.status_code, response.headers.get("Location")) == (302, place.format(reference))
    assert f'href="{place.format(reference)}"' in nora.get("/suggestions", {"q": reference}).content.decode()


@pytest.mark.parametrize("path", BOTH)
def test_several_are_listed_with_what_led_to_them(namesake: None, nora: Client, path: str) -> None:
    assert found(nora, path, "05 36 49 02 01")[0] == [("C-2001", "line"), ("C-2002", "line")]
    assert found(nora, path, "06 39 98 02 01")[0] == [("C-2001", "line"), ("C-2002", "mobile")]
    assert found(nora, path, "lenior")[0] == [("C-2001", "like"), ("C-2002", "like")]
    assert found(nora, path, "leno")[0] == [("C-2001", "part"), ("C-2002", "part")]
    assert found(nora, path, "mme")[0] == [(number, "name") for number in ("C-2001", "C-3001", "C-2002", "C-4001")]


def test_one_of_whom_we_are_not_sure_is_listed(nora: Client) -> None:
    assert found(nora, "/customers", "lenior") == ([("C-2001", "like")], [])
    assert found(nora, "/customers", "enoi") == ([("C-2001", "part")], [])


@pytest.mark.parametrize("path", BOTH)
def test_what_is_found_is_shown_as_text(namesake: None, nora: Client, path: str) -> None:
    wrote("Un huissier a 3 < 5 & 6 clefs et passe.")

    page = nora.get(path, {"q": "lenior"}).content.decode()
    said = nora.get(path, {"q": "huissiers passé"}).content.decode()

    assert ("Mme Lenoir &lt;i&gt;&amp; fils&lt;/i&gt;" in page, "<i>" in page) == (True, False)
    assert "33000 BORDEAUX" in page
    assert "05\u00a036\u00a049\u00a002\u00a001" in page
    assert "nom proche" in page
    if path == "/customers":
        assert "<mark>huissier</mark> a 3 &lt; 5 &amp; 6 clefs et <mark>passe</mark>" in said


@pytest.mark.parametrize("path", BOTH)
def test_messages_are_found_by_their_words_the_newest_first(nora: Client, path: str) -> None:
    wrote("Un huissier passera.", subject="Le premier")
    wrote("L’huissier est passé.", subject="Le second", at=AT + timedelta(days=1))

    assert found(nora, path, "HUISSIERS") == ([], ["Le second", "Le premier"])
    assert found(nora, path, "huissier passera") == ([], ["Le second", "Le premier"])
    assert found(nora, path, "huissier lenoir") == ([], [])
    assert found(nora, path, "06 39 98 02 01 huissier") == ([], [])


def test_what_a_customer_said_is_found_and_leads_to_its_place_in_the_thread(nora: Client) -> None:
    given = {"customer": "C-2001", "medium": "call", "direction": "in", "recorded_by": "adviser:A-1"}
    text = "Un huissier <b>est</b> venu."
    Entry.objects.create(**given, uuid=uuid_of("call"), text=text, happened_at=AT, recorded_at=AT)

    for path in BOTH:
        page = nora.get(path, {"q": "huissier"}).content.decode()
        [address] = re.findall(r'href="(/customers/C-2001/[^"]*before=[^"]+)"', page)
        assert "Le client a appelé" in page
        assert "<b>est" not in page
        place = nora.get(unescape(address))
        assert place.content.decode().index("Un huissier") > 0
    assert "<mark>huissier</mark>" in nora.get("/customers", {"q": "huissier"}).content.decode()


def test_nobody_is_said_so_and_an_empty_box_says_what_to_type(nora: Client) -> None:
    assert "Rien n’est trouvé ainsi" in nora.get("/customers", {"q": "personne"}).content.decode()
    for text in ("", " ", "\0"):
        assert "Tapez un nom, un numéro de téléphone" in nora.get("/customers", {"q": text}).content.decode()
        assert found(nora, "/suggestions", text) == ([], [])


@pytest.mark.parametrize("text", ["\0lenoir\0", "lenoir" * 99, "'", "%", "\\", "🙂", "a & !b | <-> (", "\ud800"])
def test_whatever_is_typed_is_answered(nora: Client, text: str) -> None:
    for path in BOTH:
        assert nora.get(path, {"q": text.encode("utf-8", "surrogatepass")}).status_code in {200, 302}


def test_there_are_more_than_are_listed(nora: Client) -> None:
    document = the_story_world()
    aubert = document["customers"][2]
    for number in range(31):
        document["customers"].append({**aubert, "id": f"C-9{number:02}", "contracts": []})
    a_world(document)

    page, part = nora.get("/customers", {"q": "aubert"}), nora.get("/suggestions", {"q": "aubert"})

    assert (len(page.context["found"].customers), len(part.context["found"].customers)) == (30, 6)
    assert "Il y en a d’autres" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        pytest.param("05 36 49 02 01", 10, 9, id="a key"),
        pytest.param("lenoir", 10, 9, id="a name that few have"),
        pytest.param("mme", 9, 8, id="a name that some have"),
        pytest.param("huissier", 9, 8, id="words"),
    ],
)
def test_one_row_or_three_take_the_same_queries(
    namesake: None,
    nora: Client,
    text: str,
    whole: int,
    part: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 2):
        for number in range(count):
            wrote(f"Un huissier, fois {number}.", subject=f"{count} {number}")
        with django_assert_num_queries(whole):
            nora.get("/customers", {"q": text})
        with django_assert_num_queries(part):
            nora.get("/suggestions", {"q": text})


def test_only_advisers_search(nobody: Client) -> None:
    for path in BOTH:
        assert nobody.get(path, {"q": "lenoir"}).status_code == 403
        assert Client().get(path, {"q": "lenoir"}).status_code == 302
        assert Client().get(path, {"q": "lenoir"}, headers={"HX-Request": "true"}).status_code == 401
