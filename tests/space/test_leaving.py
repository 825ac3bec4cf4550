"""Ending a contract on the pages: three steps, nothing lost, nothing given away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from contracts.leaving import NOON, answers, facts
from ligneclaire.contracts import documents
from ligneclaire.contracts.models import Draft, TerminationRequest
from ligneclaire.kernel import clock
from ligneclaire.space.door import COOKIE
from space.leaving import ANNE, PDF, a_file, bare, card, end, notify, opened, send, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
SALES = re.compile(
    r"offre|promo|réduction|remises? de |profite|cadeau|exclusi|avantage|fidélité|regrett|"
    r"\boffer|discount|benefit|reward|loyal|special|miss you|stay with us",
    re.IGNORECASE,
)
ROOM = Path(__file__).resolve().parents[2] / "src/ligneclaire/space/templates/space"


def test_ter_03_one_link_leads_from_the_start_to_the_form() -> None:
    page = visitor().get("/bienvenue").content.decode()

    links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', page))
    assert links["/resilier"] == "Résilier votre contrat"
    assert links["/renoncer"] == "Renoncer au contrat ici"
    assert visitor().get("/resilier", follow=True).status_code == 200


def test_ter_05_the_form_has_the_fields_that_the_law_names() -> None:
    client = visitor()
    page = client.get(opened(client))

    assert list(page.context["form"].fields) == [
        "surname", "first_name", "company", "email", "address", "references", "lines", "wished_on",
        "reason", "reason_words",
    ]  # fmt: skip
    assert "SERVICE CLIENTS" in page.content.decode()


def test_ter_06_a_reason_names_its_proof() -> None:
    client = visitor()
    form = opened(client)

    send(client, form, ANNE | {"reason": "over_indebtedness"})

    assert (
        "Une copie de la notification de recevabilité de la commission."
        in client.get(f"{form}/resume").content.decode()
    )


def test_a_guest_ends_a_contract_in_three_steps() -> None:
    client = visitor()
    page = client.get(end(client, ANNE | {"wished_on": "31/01/2027", "proofs": a_file()})).content.decode()

    assert [(one.contract, one.state) for one in card().ends] == [("K-ADSL-1", "open")]
    assert [proof.name for proof in card().proofs] == ["avis.pdf"]
    assert len(facts()) == 1
    assert card().reference in page
    assert '<time datetime="2026-11-20T12:00' in page
    assert "31\u00a0janvier\u00a02027" in page


def test_a_customer_ticks_contracts_and_types_nothing() -> None:
    client = visitor(customer="C-2001")
    form = opened(client)
    assert client.get(form).context["form"]["email"].value() == "lenoir@example.org"

    send(client, form, {"contracts": ["K-ADSL-1", "K-FIX-3"], "email": "lenoir@example.org"})
    notify(client, form)

    assert (card().is_guest, card().customer) == (False, "C-2001")
    assert sorted(one.contract for one in card().ends) == ["K-ADSL-1", "K-FIX-3"]


def test_the_only_contract_is_ticked_already() -> None:
    client = visitor(customer="C-3001")

    assert client.get(opened(client)).context["ticked"] == ["K-MOB-31"]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({}, ["surname", "first_name", "email", "lines"]),
        (ANNE | {"lines": ""}, ["lines"]),
        (ANNE | {"lines": "06 39"}, ["lines"]),
        (ANNE | {"lines": "\n".join(f"05 36 49 03 {number:02}" for number in range(21))}, ["lines"]),
        (ANNE | {"wished_on": "bientôt"}, ["wished_on"]),
        (ANNE | {"wished_on": "31/02/2027"}, ["wished_on"]),
        (ANNE | {"wished_on": "19/11/2026"}, ["wished_on"]),
        (ANNE | {"email": "anne"}, ["email"]),
        (ANNE | {"email": ""}, ["email"]),
        (ANNE | {"first_name": ""}, ["first_name"]),
        (ANNE | {"surname": "x" * 121}, ["surname"]),
        (ANNE | {"reason": "boredom"}, ["reason"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(typed: dict[str, str], faults: list[str]) -> None:
    client = visitor()
    form = opened(client)

    page = send(client, form, typed)

    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == sorted(faults)
    for name, value in typed.items():
        assert page.context["form"][name].value() == value
        assert client.get(form).context["form"][name].value() == value
    html = page.content.decode()
    for name in faults:
        assert f'id="{name}_error"' in html
        assert f'href="#{name}"' in html
    assert html.count(" autofocus") == 1
    assert TerminationRequest.objects.count() == 0
    assert client.get(f"{form}/resume").headers["Location"] == f"{form}?check=1"


@pytest.mark.parametrize(
    "typed",
    [
        ANNE | {"wished_on": "1er décembre 2026"},
        ANNE | {"wished_on": "2026-11-20", "surname": "Len\x00oir"},
        ANNE | {"wished_on": "1-12-2026"},
        ANNE | {"wished_on": "3rd December 2026"},
        ANNE | {"email": "", "address": "14 cours de la Marne\n33000 Bordeaux"},
        {"company": "Lenoir SARL", "email": "a@example.org", "lines": "+33 5 36 49 02 01, 05.36.49.02.02"},
    ],
)
def test_what_people_write_is_understood(typed: dict[str, str]) -> None:
    client = visitor()

    assert end(client, typed).endswith("/notifiee")


def test_the_summary_says_when_the_contract_ends_and_keeps_everything_when_something_is_changed() -> None:
    client = visitor()
    form = opened(client)
    send(client, form, ANNE | {"wished_on": "21/11/2026", "proofs": a_file()})

    summary = client.get(f"{form}/resume").content.decode()
    assert "Votre contrat prend fin le <strong>30\u00a0novembre\u00a02026</strong> au plus tard." in summary
    assert set(re.findall(rf'href="{form}#(\w+)"', summary)) == {
        "surname", "first_name", "references", "lines", "email", "wished_on", "reason", "proofs",
    }  # fmt: skip
    page = client.get(form)
    assert page.context["form"]["surname"].value() == "Lenoir"
    assert [file.name for file in page.context["proofs"]] == ["avis.pdf"]
    assert TerminationRequest.objects.count() == 0


def test_sending_twice_makes_one_request_and_going_back_leads_to_the_confirmation() -> None:
    client = visitor()
    form = opened(client)
    send(client, form, ANNE)

    pages = [notify(client, form).headers["Location"] for _ in range(2)]

    assert pages == [f"{form}/notifiee"] * 2
    assert (TerminationRequest.objects.count(), len(facts())) == (1, 1)
    for path in (form, f"{form}/resume"):
        assert client.get(path).headers["Location"] == f"{form}/notifiee"
    assert send(client, form, ANNE).headers["Location"] == f"{form}/notifiee"


def test_two_tabs_do_not_mix() -> None:
    client = visitor()
    first, second = opened(client), opened(client)

    send(client, first, ANNE)
    send(client, second, ANNE | {"surname": "Aubert"})

    assert client.get(first).context["form"]["surname"].value() == "Lenoir"
    assert client.get(second).context["form"]["surname"].value() == "Aubert"


def test_a_session_that_ends_on_the_way_loses_nothing() -> None:
    client = visitor(customer="C-2001")
    form = opened(client)
    send(client, form, {"contracts": ["K-ADSL-1"], "email": "lenoir@example.org", "wished_on": "31/01/2027"})
    client.cookies.pop(COOKIE)

    page = client.get(notify(client, form).headers["Location"])

    assert sorted(page.context["form"].errors) == ["first_name", "surname"]
    assert page.context["form"]["lines"].value() == "+33536490201"
    assert page.context["form"]["wished_on"].value() == "31/01/2027"
    assert TerminationRequest.objects.count() == 0


def test_nothing_of_one_customer_is_shown_to_another() -> None:
    lenoir, aubert = visitor(customer="C-2001"), visitor(customer="C-3001")
    form = opened(lenoir)
    send(lenoir, form, {"contracts": ["K-ADSL-1"], "email": "secret@example.org"})
    assert "secret@example.org" not in aubert.get(form).content.decode()
    notify(lenoir, form)
    token = lenoir.get(f"{form}/notifiee").context["token"]

    for other in (aubert, visitor()):
        for path in (f"{form}/notifiee", f"/resilier/demande/{token}"):
            assert other.get(path).headers["Location"] == "/resilier/demandes"
        assert other.post(f"/resilier/demande/{token}", {"withdraw": "1"}).headers["Location"] == "/resilier/demandes"
        assert card().reference not in other.get("/resilier/demandes").content.decode()
    assert (card().state, len(facts())) == ("taken", 1)


def test_a_customer_cannot_tick_what_is_not_theirs_or_ends_already() -> None:
    client = visitor(customer="C-2001")
    end(client, {"contracts": ["K-ADSL-1"], "email": "l@example.org"})
    form = opened(client)

    for contract in ("K-ADSL-1", "K-MOB-31"):
        page = send(client, form, {"contracts": [contract], "email": "l@example.org"})
        assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["contracts"])
    ending = client.get(form).content.decode()
    assert "Ces contrats prennent déjà fin" in ending
    assert "Voir ou retirer vos demandes" in ending
    assert card().reference in client.get(form).content.decode()


def test_two_forms_of_a_customer_for_one_contract_end_in_a_kind_word() -> None:
    client = visitor(customer="C-2001")
    first, second = opened(client), opened(client)
    for form in (first, second):
        send(client, form, {"contracts": ["K-ADSL-1"], "email": "l@example.org"})
    notify(client, first)

    page = client.get(notify(client, second).headers["Location"])

    assert "Ces contrats prennent déjà fin" in page.content.decode()
    assert (TerminationRequest.objects.count(), len(facts())) == (1, 1)


def test_a_guest_cannot_learn_whether_a_customer_exists() -> None:
    known, unknown = visitor(), visitor()
    pages: list[list[str]] = []
    for client, surname in ((known, "Lenoir"), (unknown, "Lenoix")):
        form = opened(client)
        answers = [client.get(form), send(client, form, ANNE | {"surname": surname}), client.get(f"{form}/resume")]
        answers += [notify(client, form), client.get(f"{form}/notifiee")]
        token = answers[-1].context["token"]
        answers += [client.get(f"/resilier/demande/{token}")]
        answers += [client.post(f"/resilier/demande/{token}", {"proofs": a_file()})]
        answers += [client.post(f"/resilier/demande/{token}", {"withdraw": "1"})]
        answers += [client.get(f"/resilier/demande/{token}")]
        pages.append(
            [
                f"{answer.status_code} {bare(answer)}".replace(surname, "Nom") + str(sorted(answer.headers))
                for answer in answers
            ]
        )

    assert pages[0] == pages[1]
    assert len(facts()) == 2


def test_every_request_calls_for_a_receipt_once_a_sending() -> None:
    client = visitor()
    form = opened(client)
    send(client, form, ANNE | {"surname": "Lenoix"})

    notify(client, form)
    notify(client, form)

    assert answers() == [(card().reference, "received")]


def test_what_is_sent_too_often_is_kept_and_can_be_sent_later() -> None:
    client = visitor()
    for _ in range(20):
        end(client, ANNE | {"surname": "Personne"})
    form = opened(client)
    send(client, form, ANNE)

    page = notify(client, form)

    assert page.status_code == 429
    assert "Ce que vous avez saisi est gardé." in page.content.decode()
    assert TerminationRequest.objects.count() == 20
    clock.shift_by(NOON + timedelta(hours=1, minutes=1) - datetime.now(UTC))
    assert notify(client, form).headers["Location"] == f"{form}/notifiee"


def test_too_many_forms_are_not_kept_but_stay_on_the_screen() -> None:
    client = visitor()
    for _ in range(60):
        send(client, opened(client), {"surname": "Lenoir"})

    page = send(client, opened(client), ANNE | {"proofs": a_file()})

    assert (page.status_code, Draft.objects.count()) == (429, 60)
    assert list(documents.folder().rglob("*.pdf")) == []
    assert page.context["form"]["surname"].value() == "Lenoir"


def test_a_guest_is_counted_by_the_address_that_a_proxy_names_and_it_is_not_kept() -> None:
    for address in ("198.51.100.1", "203.0.113.1", "198.51.100.1"):
        end(Client(headers={"X-Forwarded-For": address}))

    senders = list(TerminationRequest.objects.order_by("id").values_list("sender", flat=True))
    assert senders[0] == senders[2] != senders[1]
    assert {len(sender) for sender in senders} == {64}


@pytest.mark.parametrize(
    ("name", "content", "command", "sentence"),
    [
        (
            "faux.pdf",
            b"MZ\x90",
            "true",
            "« faux.pdf » n’a pas été gardé : ce n’est pas un fichier PDF, JPEG, PNG ou HEIC.",
        ),
        ("gros.pdf", b"%PDF-" + b"0" * 10 * 1024 * 1024, "true", "« gros.pdf » n’a pas été gardé : il dépasse 10 Mo."),
        ("mal.pdf", PDF, "false", "« mal.pdf » n’a pas été gardé : notre antivirus le refuse."),
    ],
)
def test_a_proof_that_cannot_be_kept_is_said_and_the_rest_stays(
    settings: Any, tmp_path: Path, name: str, content: bytes, command: str, sentence: str
) -> None:
    client = visitor()
    form = opened(client)
    send(client, form, ANNE | {"proofs": a_file()})
    settings.SCAN = command

    page = send(client, form, ANNE | {"proofs": a_file(name, content)})

    assert page.status_code == 422
    assert sentence in page.content.decode().replace("\u00a0", " ")
    assert [file.name for file in page.context["proofs"]] == ["avis.pdf"]
    assert page.context["form"]["surname"].value() == "Lenoir"
    assert len([path for path in (tmp_path / "documents").rglob("*") if path.is_file()]) == 1


def test_five_proofs_are_kept_and_one_can_be_taken_out() -> None:
    client = visitor()
    form = opened(client)
    files = [a_file(f"{number}.pdf", PDF + bytes([number])) for number in range(6)]

    page = send(client, form, ANNE | {"proofs": files})

    assert [file.name for file in page.context["proofs"]] == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"]
    assert "« 5.pdf » n’a pas été gardé : 5 fichiers au plus." in page.content.decode().replace("\u00a0", " ")
    send(client, form, ANNE | {"drop": page.context["proofs"][0].sha256})
    assert [file.name for file in client.get(form).context["proofs"]] == ["1.pdf", "2.pdf", "3.pdf", "4.pdf"]


def test_files_beyond_reason_are_not_read() -> None:
    client = visitor()
    files = [a_file(f"{number}.pdf", PDF + bytes([number])) for number in range(12)]

    page = send(client, opened(client), ANNE | {"proofs": files})

    assert len(page.context["proofs"]) == 5
    assert len(page.context["proof_faults"]) == 5


def test_a_session_of_nobody_is_a_guest() -> None:
    client = visitor()
    client.cookies[COOKIE] = "a key that somebody put there"

    assert "surname" in client.get(opened(client)).context["form"].fields


def test_the_language_changes_in_the_middle_and_what_was_typed_stays() -> None:
    client = visitor()
    form = opened(client)

    client.post(form, ANNE | {"language": "en"})
    page = client.get(form)

    assert "Terminate your contract" in page.content.decode()
    assert page.context["form"]["surname"].value() == "Lenoir"
    send(client, form, ANNE)
    assert "Notify the termination" in client.get(f"{form}/resume").content.decode()
    notify(client, form)
    assert card().language == "en"


def test_wdr_07_a_new_contract_is_given_up_in_two_steps_with_the_instant() -> None:
    client = visitor()
    typed = {
        "surname": "Perrin",
        "first_name": "Luc",
        "email": "luc@example.org",
        "references": "K-FIX-51",
        "lines": "03 53 01 05 01",
    }
    form = opened(client, "/renoncer")
    send(client, form, typed)
    assert "Confirmer la rétractation" in client.get(f"{form}/resume").content.decode()

    page = client.get(notify(client, form).headers["Location"]).content.decode()

    assert re.search(r'<time datetime="2026-11-20T12:00:\d\d\+01:00">', page)
    for said in ("Luc Perrin", "luc@example.org", "K-FIX-51", card().reference):
        assert said in page
    assert [fact[1] for fact in facts()] == ["withdrawal.requested"]
    assert client.get(f"{form.replace('renoncer', 'resilier')}/notifiee").status_code == 404


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"surname": "P", "first_name": "L", "references": "K-1"}, "email"),
        ({"surname": "P", "first_name": "L", "email": "l@example.org"}, "references"),
    ],
)
def test_a_renunciation_needs_an_address_and_a_contract(typed: dict[str, str], fault: str) -> None:
    client = visitor()

    assert list(send(client, opened(client, "/renoncer"), typed).context["form"].errors) == [fault]


def test_a_customer_gives_up_only_what_is_new() -> None:
    perrin, lenoir = visitor(customer="C-5001"), visitor(customer="C-2001")

    assert [one.contract for one in perrin.get(opened(perrin, "/renoncer")).context["choices"]] == ["K-FIX-51"]
    page = lenoir.get(opened(lenoir, "/renoncer"))
    assert list(page.context["choices"]) == []
    assert 'href="/resilier"' in page.content.decode()
    assert end(perrin, {"contracts": ["K-FIX-51"], "email": "p@example.org"}, path="/renoncer").endswith("/accuse")


def test_a_period_that_ends_on_the_way_leads_back_to_the_form() -> None:
    client = visitor(customer="C-5001")
    form = opened(client, "/renoncer")
    send(client, form, {"contracts": ["K-FIX-51"], "email": "p@example.org"})
    clock.shift_by(NOON + timedelta(days=8) - datetime.now(UTC))

    assert notify(client, form).headers["Location"] == f"{form}?check=1"
    assert TerminationRequest.objects.count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ter_17_help_stands_open_with_the_values_of_the_law(language: str) -> None:
    page = visitor(language=language).get("/aide/resiliation").content.decode().replace("\u00a0", " ")

    days = {
        "fr": (
            "au plus tard 10 jours",
            "24 mois au plus",
            "au plus 20 %",
            "pendant 6 mois",
            "pendant 40 jours",
            "50 % de plus",
        ),
        "en": (
            "at the latest 10 days",
            "24 months at most",
            "at most 20 %",
            "during 6 months",
            "during 40 days",
            "50 % more",
        ),
    }
    for said in (*days[language], "3179", "RIO", "mediation-telecom.org", 'href="/resilier"'):
        assert said in page


def test_no_page_about_leaving_sells_anything() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(ROOM.rglob("*.html"))
        if "leaving" in str(path) or "help" in str(path)
    ]
    client = visitor()
    form = opened(client)
    send(client, form, ANNE)
    texts += [
        client.get(path).content.decode()
        for path in (form, f"{form}/resume", "/aide/resiliation", "/bienvenue", end(client))
    ]

    found = [match[0] for text in texts for match in SALES.finditer(re.sub(r"\{[{%].*?[%}]\}|<[^>]*>", " ", text))]
    assert found == []


def test_pages_that_hold_what_was_typed_are_not_stored() -> None:
    client = visitor()
    form = opened(client)
    send(client, form, ANNE)

    assert "no-store" in client.get(f"{form}/resume").headers["Cache-Control"]
    assert client.get(form).headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get(notify(client, form).headers["Location"]).headers["Cache-Control"]


def test_pages_without_a_form_lead_to_one() -> None:
    client = visitor()
    form = opened(client)

    assert client.get(f"{form}/resume").headers["Location"] == f"{form}?check=1"
    assert client.get(f"{form}/notifiee").headers["Location"] == form
    assert client.get(f"{form}?check=1").status_code == 200


def test_a_form_that_another_site_sends_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    form = opened(client)

    for path in (form, f"{form}/resume"):
        assert client.post(path, ANNE).status_code == 403
    assert (Draft.objects.count(), TerminationRequest.objects.count()) == (0, 0)


def test_only_the_fields_of_the_form_are_kept_and_no_more_of_them_than_people_type() -> None:
    client = visitor()
    form = opened(client)

    send(client, form, ANNE | {"address": "x" * 9000, "other": "y", "contracts": "K-ADSL-1"})

    fields = Draft.objects.get().content["fields"]
    assert sorted(fields) == ["address", "contracts", "email", "first_name", "lines", "surname"]
    assert [len(value) for value in fields["address"]] == [2000]
