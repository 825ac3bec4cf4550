"""Two numbers of one person: seen side by side, merged with a reason, one page for both, and taken apart again."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.conftest import log_in
from ligneclaire.cases.actions.name_occasion import name_occasion
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.queries import cards, reads
from ligneclaire.cases.states import CaseKind, OccasionKind
from ligneclaire.channels.queries import messages
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.queries import numbers
from ligneclaire.promises.queries import spoken
from people.persons import SAME, merge, unmerge
from world import MONDAY, World

pytestmark = pytest.mark.django_db

LENOIR, PERRIN = "C-2001", "C-5001"
NOON = datetime.fromisoformat(MONDAY)
NORA = Actor(ActorKind.ADVISER, "A-1")


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def called(number: str = PERRIN) -> None:
    """Somebody called Nora about a customer who is not hers."""
    name_occasion(customer=number, kind=OccasionKind.PHONE, words="", day=NOON.date(), by=NORA, at=NOON)


def joined() -> None:
    merge(PERRIN, LENOIR, at=clock.now())


def test_the_other_is_looked_for_and_seen_before_anything_is_merged(nora: Client) -> None:
    path = f"/customers/{LENOIR}/merge"
    assert "Fusionner avec un autre numéro" in words(nora.get(f"/customers/{LENOIR}"))

    some = nora.get(path, {"other": "mme"})
    assert [one.card.number for one in some.context["found"].customers] == ["C-2001", "C-3001", "C-4001"]
    assert 'href="?other=C-3001"' in some.content.decode()
    assert "Personne ne correspond" in words(nora.get(path, {"other": "xyz 123"}))
    nobody = nora.get(path, {"other": ""})
    assert nobody.context["which"].errors == {"other": ["Tapez un nom ou un numéro."]}
    same = nora.get(path, {"other": LENOIR})
    assert same.context["which"].errors == {"other": ["Les deux sont déjà une seule et même personne."]}
    assert numbers.of(LENOIR) == (LENOIR,)


def test_a_record_without_a_matter_in_hand_is_not_shown_beside_another(nora: Client) -> None:
    asked = nora.get(f"/customers/{LENOIR}/merge", {"other": PERRIN})

    assert "Besancon".upper() not in words(asked)
    assert asked.context["back"] == f"/customers/{LENOIR}/merge?other={PERRIN}"


def test_both_are_seen_side_by_side_and_merged_with_a_reason(nora: Client) -> None:
    called()
    path = f"/customers/{PERRIN}/merge"

    seen = nora.get(path, {"other": "lenoir@example.org"})

    page = words(seen)
    assert f"{PERRIN} passe dans {LENOIR}" in page
    for said in ("M PERRIN, 2 RUE BATTANT, 25000 BESANCON", "M ET MME LENOIR, 14 COURS DE LA MARNE, 33000 BORDEAUX"):
        assert said in page
    assert "perrin@example.org" in page
    assert "K-FIX-51" in page
    assert cards.of(LENOIR)[0].reference in page
    assert "Ils ne portent pas le même nom." in page
    assert "Ils n’ont en commun ni adresse, ni mobile, ni e-mail." in page
    assert "Nora Benali répond de ce qui est nouveau" in page
    entered = {"other": LENOIR, "seen": seen.context["preview"].pair.mark}
    missing = nora.post(path, {**entered, "reason": ""})
    assert missing.context["form"].errors == {"reason": ["Dites pourquoi, en une phrase que d’autres comprendront."]}
    assert numbers.of(PERRIN) == (PERRIN,)

    done = nora.post(path, {**entered, "reason": SAME}, follow=True)

    assert done.redirect_chain == [(f"/customers/{LENOIR}", 302)]
    assert f"{PERRIN} est aussi le sien : fusionné par Nora Benali le 16 février 2015" in words(done)
    assert SAME in words(done)


def test_what_changed_since_somebody_looked_is_looked_at_again(nora: Client) -> None:
    called()
    path = f"/customers/{PERRIN}/merge"
    seen = nora.get(path, {"other": LENOIR}).context["preview"].pair.mark
    ContactPoint.objects.filter(customer__number=LENOIR, kind="EMAIL").update(value="nouveau@example.org")

    late = nora.post(path, {"other": LENOIR, "seen": seen, "reason": SAME})

    assert late.status_code == 422
    assert "rien n’a été fusionné" in words(late)
    assert "nouveau@example.org" in words(late)
    assert numbers.of(PERRIN) == (PERRIN,)


def test_a_merged_number_says_where_to_begin(nora: Client) -> None:
    joined()

    page = nora.get(f"/customers/{PERRIN}/merge", {"other": "C-3001"})

    errors = page.context["which"].errors
    assert errors == {"other": [f"{PERRIN} est déjà fusionné dans {LENOIR}\u00a0: commencez là."]}


def test_one_page_shows_what_is_under_all_numbers(nora: Client) -> None:
    called()
    joined()

    led = nora.get(f"/customers/{PERRIN}", follow=True)

    assert led.redirect_chain == [(f"/customers/{LENOIR}", 302)]
    page = words(led)
    assert "K-FIX-51" in page
    assert "K-ADSL-1" in page
    assert led.context["numbers"] == (LENOIR, PERRIN)
    assert f"customer={LENOIR}&amp;customer={PERRIN}&amp;since=" in led.content.decode()
    told = {(card.adviser, card.page) for card in reads.of([PERRIN], limit=9)}
    assert told == {("A-1", "RECORD")}
    assert len(reads.of([LENOIR, PERRIN], limit=9)) == len(reads.of([LENOIR], limit=9))
    assert page.count("Deux numéros d’une personne fusionnés C-5001, C-2001") == 1
    unmerge(PERRIN, at=clock.now())
    for number in (LENOIR, PERRIN):
        assert words(nora.get(f"/customers/{number}")).count("Fusion de deux numéros annulée C-5001, C-2001") == 1


def test_the_page_takes_the_same_queries_for_one_number_and_for_three(
    nora: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    joined()
    with django_assert_num_queries(21):
        nora.get(f"/customers/{LENOIR}")
    merge("C-3001", PERRIN, at=clock.now())
    with django_assert_num_queries(21):
        page = nora.get(f"/customers/{LENOIR}")

    assert page.context["numbers"] == (LENOIR, "C-3001", PERRIN)


def test_who_has_a_matter_under_one_number_reads_them_all(monday: World) -> None:
    ines = log_in("A-3", "ines")
    merge(PERRIN, "C-1001", at=clock.now())
    assert "Qu’est-ce qui vous amène" in ines.get(f"/customers/{PERRIN}").content.decode()  # another answers for them
    unmerge(PERRIN, at=clock.now())
    merge("C-1001", PERRIN, at=clock.now())

    assert ines.get("/customers/C-1001").headers["Location"] == f"/customers/{PERRIN}"
    assert ines.get(f"/customers/{PERRIN}").context["numbers"] == (PERRIN, "C-1001")


@pytest.mark.parametrize("text", [PERRIN, "perrin@example.org", "06 39 98 05 01", "K-FIX-51", "perrin"])
def test_a_person_is_found_once_by_anything_of_either(text: str, nora: Client) -> None:
    joined()

    found = nora.get("/suggestions", {"q": text}).context["found"].customers

    assert [(one.card.number, one.card.name, one.others) for one in found] == [(LENOIR, "M. et Mme Lenoir", (PERRIN,))]
    assert len(found[0].lines) == 4


def test_today_and_cases_name_the_survivor(nora: Client, monday: World) -> None:
    merge(LENOIR, "C-1001", at=clock.now())

    page, case = words(nora.get("/")), words(nora.get(f"/cases/{cards.of(LENOIR)[0].reference}"))

    assert "Famille Delmas" in page
    assert "M. et Mme Lenoir" not in page
    assert "Famille Delmas" in case
    assert "M. et Mme Lenoir" not in case


def test_a_contradiction_of_a_merged_number_is_settled_on_the_page_of_the_survivor(nora: Client) -> None:
    merge(LENOIR, "C-1001", at=clock.now())
    page = nora.get("/customers/C-1001")
    [question] = page.context["screen"].open
    assert f'action="/customers/{LENOIR}/settle"' in page.content.decode()

    entered = {"question": question.card.id, "subject": question.card.subject, "key": question.card.key}
    done = nora.post(
        f"/customers/{LENOIR}/settle",
        {**entered, "chosen": question.choices[0].given, "reason": "Contrôlé."},
        follow=True,
    )

    assert [url for url, _ in done.redirect_chain] == [f"/customers/{LENOIR}", "/customers/C-1001"]
    assert cards.open_questions() == ()


def test_calls_promises_and_messages_lie_where_their_case_is(nora: Client) -> None:
    merge(LENOIR, "C-1001", at=clock.now())
    case = cards.of(LENOIR)[0].reference
    said = {"medium": "call", "direction": "in", "text": "A appelé.", "promise": "Rappeler", "due_on": "20/02/2015"}

    for theirs in (case, ""):
        nora.post("/customers/C-1001/log", {**said, "entry": str(uuid4()), "case": theirs})

    found = {one.customer: one for one in spoken.of([LENOIR, "C-1001"], limit=9)}
    assert sorted(found) == ["C-1001", LENOIR]
    page = f"/customers/{LENOIR}/promises/{found[LENOIR].uuid}"
    assert page in nora.get("/customers/C-1001").content.decode()
    assert nora.get(page).status_code == 200
    assert nora.post(f"{page}/done", {"note": "Fait."}).status_code == 302
    draft = nora.get("/customers/C-1001/write", {"case": case}, follow=True)
    assert (case, case) in [(value, value) for value, _ in draft.context["form"].fields["case"].choices]
    path = draft.redirect_chain[-1][0].partition("?")[0]
    typed = {"channel": "email", "subject": "Bonjour", "text": "Oui.", "case": case}
    check = nora.post(path, typed, follow=True)
    nora.post(f"{path}/check", {"seen": check.context["seen"]})
    [sent] = [card for card in messages.of([LENOIR, "C-1001"]) if card.written_by]
    assert (sent.customer, sent.case, sent.destination) == (LENOIR, case, ("delmas@example.org",))


def test_wishes_persons_and_the_address_are_the_survivors(nora: Client) -> None:
    joined()

    for page in ("wishes", "persons", "address", "log"):
        assert "Lenoir" in words(nora.get(f"/customers/{PERRIN}/{page}"))


def test_the_e_mail_that_is_confirmed_is_the_survivors(nora: Client) -> None:
    joined()
    emails = ContactPoint.objects.filter(kind="EMAIL", customer__number__in=[LENOIR, PERRIN])
    emails.filter(customer__number=LENOIR).update(verified=False, doubted_at=clock.now())

    done = nora.post(f"/customers/{PERRIN}/email", {"email": "m.lenoir@example.org"})

    assert done.headers["Location"] == f"/customers/{PERRIN}"
    assert list(emails.order_by("customer__number").values_list("value", "doubted_at")) == [
        ("m.lenoir@example.org", None),
        ("perrin@example.org", None),
    ]


def test_a_merge_is_undone_with_a_reason(nora: Client) -> None:
    joined()
    path = f"/customers/{PERRIN}/unmerge"
    assert path in nora.get(f"/customers/{LENOIR}").content.decode()

    page = words(nora.get(path))
    assert f"Séparer de nouveau {PERRIN} de {LENOIR}" in page
    assert SAME in page
    assert nora.post(path, {"reason": ""}).status_code == 422
    assert numbers.of(PERRIN) == (LENOIR, PERRIN)
    assert nora.post(path, {"reason": "Deux voisins."}).headers["Location"] == f"/customers/{PERRIN}"

    assert numbers.of(PERRIN) == (PERRIN,)
    assert nora.get(path).headers["Location"] == f"/customers/{PERRIN}"
    assert nora.get("/customers/C-404/unmerge").status_code == 404
    assert {one.adviser for one in reads.of([PERRIN], limit=9)} == {"A-1"}


def test_numbers_are_separated_after_their_cases_and_the_page_says_which(nora: Client) -> None:
    joined()
    theirs, other = (_conversation(number) for number in (LENOIR, PERRIN))
    preview = nora.get(f"/cases/{other}/merge", {"other": theirs})
    assert "Tant qu’ils sont fusionnés, ces numéros ne peuvent pas être séparés" in words(preview)
    nora.post(f"/cases/{other}/merge", {"other": theirs, "reason": "Même panne."})

    path = f"/customers/{PERRIN}/unmerge"
    page = nora.get(path)
    refused = nora.post(path, {"reason": "Deux personnes."})

    assert [one.reference for one in page.context["across"]] == [other]
    assert "Des dossiers des deux sont fusionnés" in words(refused)
    assert numbers.of(PERRIN) == (LENOIR, PERRIN)
    nora.post(f"/cases/{other}/unmerge", {"reason": "Deux pannes."})
    nora.post(path, {"reason": "Deux personnes."})
    assert numbers.of(PERRIN) == (PERRIN,)


def _conversation(customer: str) -> str:
    key = (customer, f"customer:{customer}")
    need = Need(kind=CaseKind.CONVERSATION, owner="A-1", opened_at=NOON)
    return open_cases(needs={key: need}, by=NORA, at=NOON)[key].reference
