"""Who may speak for a customer and what they may be told, as advisers see it and write it down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from builders import LONG_AGO
from ligneclaire.channels.models import Entry
from ligneclaire.kernel import clock
from ligneclaire.people.actions.authorise_person import Authority, authorise_person
from ligneclaire.people.models import AuthorisedPerson, IdentityCheck
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.states import May, PersonKind
from people.persons import NORA, merge, unmerge

pytestmark = pytest.mark.django_db
LENOIR = "/customers/C-2001"
PERSONS, LOG = f"{LENOIR}/persons", f"{LENOIR}/log"
ANNE = {
    "name": "Anne Roux",
    "kind": "CURATOR",
    "may": ["BILLS", "LINE"],
    "first": "01/02/2015",
    "last": "",
    "email": "anne.roux@example.org",
    "phone": "06 39 98 77 01",
    "proof": "Jugement 14/1234, GED 77",
}
CALL = {"medium": "call", "direction": "in", "text": "Demande où en est son dossier."}
UNPROVED = "Ne dites rien du dossier"
UNCHECKED = "identité non vérifiée"


def words(response: Any) -> str:
    return " ".join(
        re.sub(r"<[^>]*>", " ", response.content.decode())
        .replace("\xa0", " ")
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
        .split()
    )


def authorise(client: Client, **typed: object) -> Any:
    return client.post(PERSONS, {"person": str(uuid4()), **ANNE, **typed})


def anne(client: Client) -> UUID:
    authorise(client)
    return AuthorisedPerson.objects.get().uuid


def check(client: Client, proof: str, **typed: str) -> Any:
    asked = {"entry": str(uuid4()), "next_check": str(uuid4()), "proof": proof, "check_now": "1"}
    return client.post(LOG, {**CALL, **asked, **typed})


def test_somebody_is_authorised_and_stands_beside_the_customer_with_what_they_may_know(nora: Client) -> None:
    assert "Personne d’autre que le client." in words(nora.get(PERSONS))

    assert authorise(nora).headers["Location"] == PERSONS

    sentence = "Peut savoir et demander : les factures et paiements, la ligne et ses pannes. Rien d’autre."
    page = words(nora.get(PERSONS))
    assert f"Anne Roux · curateur ou curatrice {sentence} à partir du 1er février 2015 · 06 39 98 77 01" in page
    assert "Jugement 14/1234, GED 77 · Nora Benali, 16 février 2015, 10:00" in page
    assert f"Anne Roux , curateur ou curatrice · 06 39 98 77 01 . {sentence}" in words(nora.get(LENOIR))


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"name": ""}, {"name": ["Dites de qui il s’agit."]}),
        ({"name": "..."}, {"name": ["Dites de qui il s’agit."]}),
        ({"may": []}, {"may": ["Dites ce qu’elle peut savoir."]}),
        ({"first": ""}, {"first": ["Dites à partir de quel jour."]}),
        ({"last": "31/01/2015"}, {"last": ["Le dernier jour est avant le premier."]}),
        ({"email": "anne"}, {"email": ["Écrivez l’adresse ainsi\xa0: nom@example.org."]}),
        ({"phone": "douze"}, {"phone": ["Ce n’est pas un numéro de téléphone."]}),
        ({"proof": " "}, {"proof": ["Dites quel document le prouve, et où il se trouve."]}),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_written(
    nora: Client, typed: dict[str, object], faults: dict[str, list[str]]
) -> None:
    page = authorise(nora, **typed)

    assert page.status_code == 422
    assert page.context["form"].errors == faults
    assert "Jugement" in page.content.decode() or "proof" in typed
    assert AuthorisedPerson.objects.count() == 0


def test_nobody_is_authorised_as_the_same_twice(nora: Client) -> None:
    authorise(nora)

    page = authorise(nora, may=["EVERYTHING"], last="28/02/2015")

    assert page.status_code == 422
    assert "déjà autorisée à ce titre" in words(page)


def test_what_is_withdrawn_stays_on_the_page_but_not_beside_the_customer(nora: Client) -> None:
    uuid = anne(nora)

    for _ in range(2):
        nora.post(f"{PERSONS}/{uuid}/withdraw")

    assert "Retirée par Nora Benali, 16 février 2015, 10:00" in words(nora.get(PERSONS))
    assert "Anne Roux" not in words(nora.get(LENOIR))
    assert nora.post(f"{PERSONS}/{uuid4()}/withdraw").status_code == 404


def test_nothing_may_be_told_before_a_check(nora: Client) -> None:
    assert UNCHECKED in words(nora.get(LOG))
    assert UNCHECKED in words(nora.get(LENOIR))


def test_a_check_that_passes_says_what_may_be_told_and_goes_with_the_call(nora: Client) -> None:
    uuid = anne(nora)

    page = check(nora, "CALLED_BACK", person=str(uuid), text="Une question de facture")

    said = "identité vérifiée 10:00 · rappel au numéro connu · Anne Roux , curateur ou curatrice."
    assert page.status_code == 200
    assert f"{said} Peut savoir et demander : les factures et paiements" in words(page)
    form = page.context["form"]
    assert (form["text"].value(), form["person"].value(), form.errors) == ("Une question de facture", str(uuid), {})
    typed = {name: str(form[name].value()) for name in ("entry", "person", "check", "next_check", "text")}
    nora.post(LOG, {**CALL, **typed})
    assert Entry.objects.get().identity_check_id == IdentityCheck.objects.get().uuid
    shown = words(nora.get(LENOIR))
    assert "avec Anne Roux, curateur ou curatrice identité : rappel au numéro connu" in shown
    assert said in shown


def test_a_check_that_fails_says_that_nothing_may_be_told(nora: Client) -> None:
    page = check(nora, "FAILED")

    assert UNPROVED in words(page)
    assert UNPROVED in words(nora.get(LENOIR))


def test_a_check_is_of_one_call_and_forgotten_before_the_next(
    nora: Client, hugo: Client, clock_at: Callable[[datetime], None]
) -> None:
    check(nora, "DOCUMENT")
    assert UNCHECKED in words(hugo.get(LENOIR))

    clock_at(datetime.fromisoformat("2015-02-16T11:05:00+01:00"))

    assert UNCHECKED in words(nora.get(LENOIR))


def test_enter_writes_the_call_down(nora: Client) -> None:
    first = re.search(r"<button[^>]*>", nora.get(LOG).content.decode().partition('method="post" novalidate')[2])

    assert first
    assert "check_now" not in first[0]


def test_a_check_may_be_written_down_with_the_call(nora: Client) -> None:
    nora.post(LOG, {"entry": str(uuid4()), **CALL, "proof": "DOCUMENT"})

    assert "identité : pièce d’identité montrée" in words(nora.get(LENOIR))


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"medium": "email", "proof": "DOCUMENT"}, {"proof": ["Une identité se vérifie au téléphone ou sur place."]}),
        ({"check": str(UUID(int=7))}, {"proof": ["Une autre personne a été vérifiée\u00a0: vérifiez de nouveau."]}),
    ],
)
def test_a_check_that_cannot_be_is_refused(nora: Client, typed: dict[str, str], faults: dict[str, list[str]]) -> None:
    page = nora.post(LOG, {"entry": str(uuid4()), **CALL, **typed})

    assert (page.status_code, page.context["form"].errors) == (422, faults)
    assert (Entry.objects.count(), IdentityCheck.objects.count()) == (0, 0)


def test_a_person_spoke_only_while_they_might(nora: Client) -> None:
    uuid = anne(nora)

    page = nora.post(LOG, {"entry": str(uuid4()), **CALL, "person": str(uuid), "happened_on": "31/01/2015"})

    assert page.context["form"].errors == {
        "person": ["Cette personne ne pouvait pas parler pour le client ce jour-là."]
    }


def test_checking_without_saying_how_changes_nothing(nora: Client) -> None:
    page = check(nora, "", text="Une question")

    assert page.status_code == 422
    assert "Choisissez comment l’identité a été prouvée" in words(page)
    assert page.context["form"]["text"].value() == "Une question"
    assert IdentityCheck.objects.count() == 0


def test_three_failed_checks_of_a_day_warn_whoever_opens_the_record(nora: Client, hugo: Client) -> None:
    warning = "vérifications d’identité ont échoué aujourd’hui. Quelqu’un se fait peut-être passer"
    for _ in range(2):
        check(nora, "FAILED")
    assert warning not in words(hugo.get(LENOIR))

    check(hugo, "FAILED")

    assert f"3 {warning}" in words(nora.get(LENOIR))
    assert f"3 {warning}" in words(hugo.get(LOG))


def test_whoever_was_checked_and_may_no_longer_is_told_nothing(nora: Client) -> None:
    uuid = anne(nora)
    check(nora, "DOCUMENT", person=str(uuid))

    nora.post(f"{PERSONS}/{uuid}/withdraw")

    assert "quelqu’un qui ne peut plus parler pour le client : ne lui dites rien." in words(nora.get(LENOIR))


def test_whoever_answers_an_authorised_person_reads_what_they_may_know(nora: Client) -> None:
    uuid, entry = anne(nora), str(uuid4())
    nora.post(LOG, {"entry": entry, **CALL, "medium": "email", "person": str(uuid)})
    write = f"{LENOIR}/write/{uuid4()}?answers={entry}"

    page = words(nora.get(write))
    assert "Anne Roux , curateur ou curatrice. Peut savoir et demander : les factures et paiements" in page
    assert "Votre réponse part à l’adresse du client lui-même." in page
    nora.post(f"{PERSONS}/{uuid}/withdraw")
    assert "Anne Roux , curateur ou curatrice. ne peut plus parler pour le client" in words(nora.get(write))


def test_whoever_answers_after_a_merge_was_taken_back_sees_nobody_of_another_customer(nora: Client) -> None:
    merge("C-5001", "C-2001", at=clock.now())
    uuid, entry = uuid4(), str(uuid4())
    authority = Authority(
        name="Anne Roux", kind=PersonKind.CURATOR, may=[May.BILLS], term=Term(start=LONG_AGO.date(), end=None),
        proof="GED 77", email="",
    )  # fmt: skip
    authorise_person(person=uuid, customer="C-5001", authority=authority, by=NORA, at=LONG_AGO)
    nora.post(LOG, {"entry": entry, **CALL, "medium": "email", "person": str(uuid)})
    write = f"{LENOIR}/write/{uuid4()}?answers={entry}"
    assert "Anne Roux" in words(nora.get(write))

    unmerge("C-5001", at=clock.now())

    page = nora.get(write)
    assert (page.status_code, page.context["person"]) == (200, None)
    assert "Anne Roux" not in words(page)
