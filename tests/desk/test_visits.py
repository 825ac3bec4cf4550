"""A technician's day on a phone: their visits, what each takes, and what it left in use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.conftest import log_in
from ligneclaire.cases.queries import reads
from ligneclaire.cases.states import Basis, ReadPage
from ligneclaire.desk import visit_words
from ligneclaire.desk.visit_words import NOT_POSSIBLE, REPAIRED, WORKS
from ligneclaire.journeys.plans.proofs import SHOWS_THAT_IT_WORKS
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.queries import differences
from ligneclaire.network.states import Condition, ResourceKind, Technology
from ligneclaire.network.values import LineEntry, ResourceEntry
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.visits.actions.cancel_visit import cancel_visit
from ligneclaire.visits.actions.close_visit import close_visit
from ligneclaire.visits.actions.miss_visit import miss_visit
from ligneclaire.visits.states import MissedBy, Purpose, VisitState
from network.street import BOX, HER_PAIR, NOW, a_line, gives, holder, more_pairs
from space.conftest import a_browser_of
from visits.field import (
    ADVISER,
    FIELD,
    TUESDAY,
    a_need,
    a_technician,
    a_visit,
    at,
    books,
    card,
    employ,
    holds,
    recorded,
    state,
)
from world import MONDAY, World

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime], None]
HIS_PAIR, ANOTHER = "63510-D4-019", "63510-D4-020"
WHY = "La rue est inondée."


@pytest.fixture
def marc(monday: World, clock_at: Clock) -> Client:
    """The phone of a technician, on the Tuesday of his visits."""
    clock_at(at(7))
    employ(a_technician("T-1", adviser="A-3"))
    client = log_in("A-3", "ines")
    set_field_work(username="ines", is_technician=True, by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    return client


@pytest.fixture
def visit(marc: Client) -> str:
    """A repair at nine, at a line that has a pair in the records."""
    more_pairs(HIS_PAIR, ANOTHER)
    gives(a_line("L-2"), HIS_PAIR)
    reference = holds(a_need(line="L-2", task="Grésillements quand il pleut."), 8)
    books(reference)
    return reference


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).replace("\xa0", " ").split())


def shown(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return words(page.content.decode())


def closes(client: Client, reference: str, *, resource: str = "", why: str = "", result: str = WORKS) -> Client:
    """Send the form, and be shown what comes of it."""
    answer = client.post(f"/field/{reference}/close", {"result": result, "resource": resource, "why": why})
    assert (answer.status_code, answer["Location"]) == (302, f"/field/{reference}")
    return client


def refused(client: Client, path: str, entered: Mapping[str, str]) -> str:
    before = recorded()
    answer = client.post(path, entered)
    assert (answer.status_code, recorded()) == (422, before)
    return answer.content.decode()


def fault(page: str, field: str) -> str:
    """What is said beside a field."""
    [said] = re.findall(rf'<p class="fault[^>]*id="{field}"[^>]*>([^<]*)<', page)
    return unescape(said).replace("\xa0", " ")


def above(page: str) -> list[tuple[str, str]]:
    """Where a form that was refused leads from the top of its page, and what it says there."""
    links = re.findall(r'<a class="alert-link" href="#([^"]*)">([^<]*)<', page)
    assert all(f'id="{place}"' in page for place, _said in links)
    return [(place, unescape(said).replace("\xa0", " ")) for place, said in links]


def in_focus(page: str) -> list[str]:
    """The fields that have the cursor."""
    return re.findall(r'<(?:input|textarea|select) [^>]*?name="([^"]*)"[^>]*? autofocus', page)


def test_what_a_technician_chooses_counts_as_a_working_line() -> None:
    assert {WORKS, REPAIRED} <= SHOWS_THAT_IT_WORKS
    assert NOT_POSSIBLE not in SHOWS_THAT_IT_WORKS


def test_a_day_shows_its_visits_in_order_with_time_place_and_state(marc: Client, visit: str) -> None:
    later = a_visit(13, contract="K-FIX-7")
    marc.post(f"/field/{later}/set-out")

    page = marc.get("/field").content.decode()

    assert words(page) == (
        "Ma journée mardi 3 mars 2015 · aujourd’hui Veille Lendemain "
        "08:00 – 10:00 à venir Réparer la ligne 5 RUE DU FOUR, 63510 MALINTRAT Ouvrir la visite de 08:00 "
        "13:00 – 15:00 en route Réparer la ligne 5 RUE DU FOUR, 63510 MALINTRAT Ouvrir la visite de 13:00"
    )
    assert re.findall(r'href="(/field/[^"]*|geo:[^"]*)"', page) == [
        "geo:0,0?q=5%20RUE%20DU%20FOUR%2C%2063510%20MALINTRAT",
        f"/field/{visit}",
        "geo:0,0?q=5%20RUE%20DU%20FOUR%2C%2063510%20MALINTRAT",
        f"/field/{later}",
    ]
    assert reads.of(["C-4002"], limit=5) == ()  # nobody's name is on it


def test_the_days_before_and_after_are_a_touch_away(marc: Client, visit: str) -> None:
    days = [re.findall(r'href="(\?day=[^"]*)"', marc.get(f"/field{day}").content.decode()) for day in ("", "?day=x")]
    assert days == [["?day=2015-03-02", "?day=2015-03-04"]] * 2
    assert "Mes visites mercredi 4 mars 2015 Veille Aujourd’hui Lendemain Aucune visite ce jour" in shown(
        marc, "/field?day=2015-03-04"
    )
    assert [marc.get(f"/field?day={day}").status_code for day in ("0001-01-01", "9999-12-31")] == [200, 200]


def test_a_technician_whom_the_records_do_not_know_is_told(marc: Client) -> None:
    employ(a_technician("T-1"))

    assert "Nos données ne disent pas quel technicien vous êtes" in shown(marc, "/field")


@pytest.mark.parametrize("more", [0, 2])
def test_a_day_takes_the_same_queries_however_full_it_is(
    marc: Client, visit: str, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in (10, 13)[:more]:
        a_visit(hour, contract="K-FIX-7" if hour == 10 else "K-FIX-9X")
    marc.get("/field")

    with django_assert_num_queries(8):
        marc.get("/field")


def test_a_visit_shows_what_the_work_needs_and_nothing_else_of_the_customer(marc: Client, visit: str) -> None:
    page = marc.get(f"/field/{visit}").content.decode()

    assert words(page) == (
        "Mes visites Réparer la ligne à venir Quand mardi 3 mars, 08:00 – 10:00 Chez M. Garnier "
        "Lieu 5 RUE DU FOUR, 63510 MALINTRAT Mobile 06 39 98 04 02 L’ordre dit Grésillements quand il pleut. "
        f"Attendu en service {HIS_PAIR} Référence {visit} Je suis en route "
        "Terminer la visite Comment elle s’est terminée La ligne fonctionne Réparé Ce n’était pas possible "
        "Paire, port ou fibre en service maintenant "
        "Comme sur l’étiquette. Ce que nos données disent d’autre est corrigé aussitôt. "
        "Pourquoi ce n’était pas possible, ou pourquoi rien n’est en service "
        "Rien sur les personnes du foyer : cela reste avec la visite. "
        "Terminer la visite Elle n’a pas eu lieu Personne n’était là Nous ne sommes pas venus"
    )
    assert re.findall(r'href="(tel:[^"]*)"', page) == ["tel:+33639980402"]
    assert re.findall(r'<option value="([^"]*)">', page[page.index("<main") :]) == [HIS_PAIR, HER_PAIR, ANOTHER]
    assert re.findall(r'name="resource" value="([^"]*)"', page) == [HIS_PAIR]
    assert "C-4002" not in page
    assert "K-FIX-9" not in page


def test_every_opening_is_a_reading_that_the_customer_sees(marc: Client, visit: str) -> None:
    marc.get(f"/field/{visit}")
    marc.get(f"/field/{visit}")

    assert [(one.adviser, one.page, one.basis, one.matter) for one in reads.of(["C-4002"], limit=5)] == [
        ("A-3", ReadPage.VISIT, Basis.VISIT, visit)
    ]
    page = a_browser_of("C-4002").get("/espace/consultations").content.decode()
    assert f"vient chez vous comme technicien (visite {visit})" in unescape(page)


def test_a_visit_of_a_colleague_or_of_nobody_is_not_there(marc: Client) -> None:
    employ(a_technician("T-0"))
    theirs, held = a_visit(), holds(a_need("K-FIX-7"), 10)

    for reference in (theirs, held, "X-1"):
        assert marc.get(f"/field/{reference}").status_code == 404
        assert [marc.post(f"/field/{reference}/{deed}").status_code for deed in ("set-out", "close", "miss")] == [
            404
        ] * 3
    assert (state(theirs), reads.of(["C-4002", "C-4001"], limit=5)) == (VisitState.BOOKED, ())


def test_a_visit_takes_the_same_queries_whatever_the_site_has(
    marc: Client, visit: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    marc.get(f"/field/{visit}")
    with django_assert_num_queries(13):
        marc.get(f"/field/{visit}")

    more_pairs(*(f"{BOX}-{n}" for n in range(100, 110)))

    with django_assert_num_queries(13):
        marc.get(f"/field/{visit}")


def test_who_sets_out_is_on_the_way(marc: Client, visit: str) -> None:
    for _ in range(2):
        assert marc.post(f"/field/{visit}/set-out")["Location"] == f"/field/{visit}"

    assert "Réparer la ligne en route" in shown(marc, f"/field/{visit}")
    assert "Je suis en route" not in shown(marc, f"/field/{visit}")
    assert [kind for kind, _ in recorded()] == ["visits.booked", "visit.repair_at", "visits.set_out"]


def test_what_is_as_expected_closes_a_visit_in_one_touch(marc: Client, visit: str) -> None:
    text = shown(closes(marc, visit, resource=HIS_PAIR), f"/field/{visit}")

    assert text.startswith("La visite est terminée. Mes visites Réparer la ligne terminée")
    assert text.endswith(f"Comment elle s’est terminée La ligne fonctionne En service maintenant : {HIS_PAIR}")
    assert recorded()[-1] == ("visit.closed", {"purpose": "repair", "result": "line works", "pair": HIS_PAIR})


def test_what_differs_is_corrected_at_once_and_said(marc: Client, visit: str) -> None:
    text = shown(closes(marc, visit, resource=f" {HER_PAIR.lower()} ", result=REPAIRED), f"/field/{visit}")

    assert text.endswith(
        f"Réparé En service maintenant : {HER_PAIR} Nos données disaient {HIS_PAIR}, maintenant {HER_PAIR}."
    )
    assert (holder(HER_PAIR), holder(HIS_PAIR)) == ("L-2", "")


def test_a_line_without_a_pair_in_the_records_has_one_from_then_on(marc: Client) -> None:
    visit = a_visit()
    a_line("L-2")

    assert "Attendu en service rien dans nos données" in shown(marc, f"/field/{visit}")
    text = shown(closes(marc, visit, resource=HER_PAIR), f"/field/{visit}")

    assert text.endswith(f"Nos données ne disaient rien, maintenant {HER_PAIR}.")


def test_what_another_customer_has_is_asked_first_and_changes_no_hands(marc: Client, visit: str) -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)

    text = shown(closes(marc, visit, resource=HER_PAIR), f"/field/{visit}")

    assert text.endswith(
        f"Dans nos données, {HER_PAIR} est à un autre client : son conseiller regarde d’abord, "
        "au plus tard le 4 mars 2015. Rien n’a changé de mains."
    )
    assert (holder(HER_PAIR), holder(HIS_PAIR)) == ("L-1", "L-2")
    assert [one.customer for one in differences.open_of(limit=5)] == ["C-4001"]


def test_what_was_not_possible_says_why(marc: Client, visit: str) -> None:
    text = shown(closes(marc, visit, why=WHY, result=NOT_POSSIBLE), f"/field/{visit}")

    assert text.endswith(f"Ce n’était pas possible : {WHY} Rien n’est en service : {WHY}")
    assert recorded()[-1] == (
        "visit.closed",
        {"purpose": "repair", "result": f"not possible: {WHY}", "none_because": WHY},
    )


def test_what_was_not_possible_may_leave_something_in_use(marc: Client, visit: str) -> None:
    closes(marc, visit, resource=HIS_PAIR, why=WHY, result=NOT_POSSIBLE)

    assert recorded()[-1] == ("visit.closed", {"purpose": "repair", "result": f"not possible: {WHY}", "pair": HIS_PAIR})


def test_an_account_in_a_reason_is_masked(marc: Client, visit: str) -> None:
    why = "Payé sur FR14 2004 1010 0505 0001 3M02 606"

    assert "2004 1010" not in shown(closes(marc, visit, why=why, result=NOT_POSSIBLE), f"/field/{visit}")


@pytest.mark.parametrize(
    ("entered", "field", "said"),
    [
        ({"resource": HIS_PAIR}, "id_result_error", "Dites comment elle s’est terminée."),
        (
            {"result": WORKS},
            "id_resource_error",
            "Dites quelle paire, quel port ou quelle fibre est en service, ou ci-dessous pourquoi il n’y en a pas.",
        ),
        ({"result": NOT_POSSIBLE, "resource": HIS_PAIR}, "id_why_error", "Dites pourquoi ce n’était pas possible."),
        (
            {"result": WORKS, "resource": HIS_PAIR, "why": WHY},
            "id_why_error",
            "Dites ce qui est en service, ou pourquoi rien ne l’est : pas les deux.",
        ),
        (
            {"result": WORKS, "resource": "63510-D4-999"},
            "id_resource_error",
            "Nos données ne connaissent pas ce code : relisez l’étiquette.",
        ),
        (
            {"result": WORKS, "resource": "BOX-1"},
            "id_resource_error",
            "Ce n’est ni une paire, ni un port, ni une fibre.",
        ),
        (
            {"result": WORKS, "resource": "AB-CDEF-1234"},
            "id_resource_error",
            "Cette ligne est d’une autre technologie : une paire ne porte pas de fibre, une fibre pas de cuivre.",
        ),
        (
            {"result": WORKS, "resource": "BAD-1"},
            "id_resource_error",
            "Nos données le disent défectueux ou retiré : prenez-en un autre, ou faites corriger cela.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(
    marc: Client, visit: str, entered: dict[str, str], field: str, said: str
) -> None:
    import_network(
        resources=[
            ResourceEntry(code="BOX-1", kind=ResourceKind.BOX),
            ResourceEntry(code="AB-CDEF-1234", kind=ResourceKind.PATH, site=BOX),
            ResourceEntry(code="BAD-1", kind=ResourceKind.PAIR, site=BOX, condition=Condition.FAULTY),
        ],
        by=SYSTEM,
        at=NOW,
    )

    page = refused(marc, f"/field/{visit}/close", entered)

    assert (fault(page, field), above(page)) == (said, [(field.removesuffix("_error"), said)])
    assert [f"id_{name}_error" for name in in_focus(page)] == [field]
    assert re.findall(r'name="resource"(?: value="([^"]*)")?', page) == [entered.get("resource", "")]
    assert (state(visit), holder(HIS_PAIR)) == (VisitState.BOOKED, "L-2")


def test_where_the_records_know_no_line_the_visit_is_closed_by_saying_so(marc: Client) -> None:
    visit = a_visit()

    page = refused(marc, f"/field/{visit}/close", {"result": WORKS, "resource": HER_PAIR})

    assert fault(page, "id_resource_error") == (
        "Nos données ne connaissent pas encore de ligne ici : laissez ce champ vide et dites-le ci-dessous."
    )
    closes(marc, visit, why="Pas de ligne dans les fichiers.")
    assert state(visit) is VisitState.DONE


def test_a_visit_sent_twice_is_closed_once_and_the_second_time_says_so(marc: Client, visit: str) -> None:
    closes(marc, visit, resource=HER_PAIR)
    marc.get(f"/field/{visit}")
    before = recorded()

    text = shown(closes(marc, visit, resource=HER_PAIR), f"/field/{visit}")

    assert text.startswith("Cette visite était déjà terminée ainsi : rien n’a été fait deux fois.")
    assert text.endswith(f"Nos données disaient {HIS_PAIR}, maintenant {HER_PAIR}.")
    assert recorded() == before


def test_what_comes_after_the_end_with_other_words_is_not_kept(marc: Client, visit: str) -> None:
    closes(marc, visit, resource=HIS_PAIR)

    for deed, entered in (
        ("close", {"result": WORKS, "resource": HER_PAIR}),
        ("set-out", {}),
        ("miss", {"missed_by": "customer"}),
    ):
        assert "ce que vous avez envoyé n’a pas été gardé" in unescape(refused(marc, f"/field/{visit}/{deed}", entered))

    assert holder(HIS_PAIR) == "L-2"


@pytest.mark.parametrize(
    ("missed_by", "said"), [("customer", "Personne n’était là."), ("operator", "Nous ne sommes pas venus.")]
)
def test_a_visit_that_did_not_take_place_says_through_whom(
    marc: Client, clock_at: Clock, visit: str, missed_by: str, said: str
) -> None:
    path, entered = f"/field/{visit}/miss", {"missed_by": missed_by}
    assert "L’heure de cette visite n’est pas encore venue." in unescape(refused(marc, path, entered))
    assert "Dites à cause de qui elle n’a pas eu lieu." in unescape(refused(marc, path, {"missed_by": "weather"}))
    clock_at(at(9))

    for _ in range(2):
        assert marc.post(path, entered)["Location"] == f"/field/{visit}"

    assert shown(marc, f"/field/{visit}").endswith(
        f"Elle n’a pas eu lieu {said} Un autre rendez-vous peut être choisi."
    )
    assert recorded()[-1] == ("visit.missed", {"by": missed_by, "purpose": "repair"})
    assert card(visit).missed_by == missed_by


def test_a_cancelled_visit_says_so_and_nothing_of_whom_it_was_for(marc: Client, visit: str) -> None:
    cancel_visit(reference=visit, by=ADVISER, at=NOW)

    text = shown(marc, f"/field/{visit}")

    assert text == f"Mes visites Réparer la ligne annulée Quand mardi 3 mars, 08:00 – 10:00 Référence {visit}"
    assert "Aucune visite ce jour" in shown(marc, "/field")


def test_a_technician_sees_nothing_else_of_the_desk(marc: Client, visit: str) -> None:
    for path in ("/", "/customers/C-4002", "/customers?q=garnier", "/lines/L-2", "/field/technicians", "/cases/X"):
        assert marc.get(path)["Location"] == "/field"
    page = marc.get("/field").content.decode()
    assert "/customers" not in page
    assert "data-news" not in page
    assert marc.get("/account").status_code == 200
    assert marc.post("/sending", {"mode": "stop", "reason": "x"}).status_code == 403


def test_a_supervisor_sees_every_technicians_day_and_opens_a_visit_as_a_reading(
    marc: Client, hugo: Client, nora: Client, visit: str
) -> None:
    employ(a_technician("T-1", adviser="A-3"), a_technician("T-2", works=False))
    for username in ("hugo", "nora"):
        set_supervision(username=username, is_supervisor=True, by=SYSTEM, at=NOW)

    assert shown(hugo, "/field/technicians") == (
        "Techniciens Marcel T-1 T-1 06 39 98 03 01 · 63 Marcel T-2 T-2 06 39 98 03 01 · 63 · ne fait plus de visites"
    )
    assert shown(hugo, "/field/technicians/T-1").startswith("Techniciens Marcel T-1 mardi 3 mars 2015 · aujourd’hui")
    assert hugo.get("/field/technicians/T-9").status_code == 404
    assert hugo.get("/field").status_code == 403
    text = shown(hugo, f"/field/{visit}")
    assert text.startswith("M. Garnier C-4002 Réparer la ligne à venir")
    assert text.endswith(f"Technicien Marcel T-1 T-1 Référence {visit}")
    assert [(one.page, one.basis) for one in reads.of(["C-4002"], limit=5)] == [(ReadPage.VISIT, Basis.ADVISER)]
    assert "Qu’est-ce qui vous amène" in nora.get(f"/field/{visit}").content.decode()


def test_there_may_be_no_technician_yet(hugo: Client) -> None:
    set_supervision(username="hugo", is_supervisor=True, by=SYSTEM, at=NOW)

    assert shown(hugo, "/field/technicians") == "Techniciens Aucun technicien n’est connu."


def missed_by_us(purpose: Purpose, *, contract: str = "K-FIX-9") -> str:
    reference = holds(a_need(contract, purpose=purpose), 8)
    books(reference)
    miss_visit(reference=reference, missed_by=MissedBy.OPERATOR, by=FIELD, at=at(10))
    return reference


@pytest.mark.parametrize("purpose", [Purpose.MOVE, Purpose.NEW_LINE])
def test_an_adviser_sees_what_is_due_where_we_did_not_come(
    marc: Client, hugo: Client, clock_at: Clock, purpose: Purpose
) -> None:
    visit = missed_by_us(purpose)

    one_day = shown(hugo, f"/field/{visit}")
    clock_at(at(9, date(2015, 3, 6)))
    days = shown(hugo, f"/field/{visit}")

    assert "numéro porté ou changement d’opérateur : au moins 7,20 €, pour 1 jour (CC L224-42-1)" in one_day
    assert "numéro porté ou changement d’opérateur : au moins 21,60 €, pour 3 jours (CC L224-42-1)" in days
    assert "au moins" not in shown(marc, f"/field/{visit}")


def test_what_is_due_stops_with_the_day_on_which_somebody_came(marc: Client, hugo: Client, clock_at: Clock) -> None:
    visit = missed_by_us(Purpose.MOVE)
    again = holds(a_need(purpose=Purpose.MOVE), 8, day=date(2015, 3, 5), when=at(10))
    books(again, when=at(10) + timedelta(minutes=1))
    close_visit(reference=again, result=WORKS, none_because=WHY, by=FIELD, at=at(9, date(2015, 3, 5)))
    clock_at(at(9, date(2015, 3, 20)))

    assert "pour 2 jours" in shown(hugo, f"/field/{visit}")


def test_nothing_is_due_by_that_rule_for_a_repair_or_a_contract_nobody_has(marc: Client, hugo: Client) -> None:
    repair = missed_by_us(Purpose.REPAIR)
    unknown = missed_by_us(Purpose.MOVE, contract="K-NEW-1")

    assert ["au moins" in shown(hugo, f"/field/{visit}") for visit in (repair, unknown)] == [False, False]


def test_a_visit_closed_in_a_departments_own_words_shows_them(marc: Client, visit: str) -> None:
    close_visit(reference=visit, result="Nouvelle prise.", none_because=WHY, by=FIELD, at=at(9, TUESDAY))

    assert shown(marc, f"/field/{visit}").endswith(f"Nouvelle prise. Rien n’est en service : {WHY}")


def test_a_line_of_no_known_site_is_offered_what_is_free_where_its_pair_comes_from(marc: Client) -> None:
    line = LineEntry(
        code="L-3", customer="C-4002", contract="K-FIX-9", technology=Technology.COPPER, since=date(2015, 3, 1)
    )
    import_network(lines=[line], by=SYSTEM, at=NOW)
    gives("L-3", HER_PAIR)
    more_pairs(ANOTHER)
    visit = a_visit(line="L-3")

    page = marc.get(f"/field/{visit}").content.decode()

    assert re.findall(r'<option value="([^"]*)">', page[page.index("<main") :]) == [HER_PAIR, ANOTHER]


def test_a_line_that_has_nothing_at_no_known_site_has_no_list_to_choose_from(marc: Client) -> None:
    place = LineEntry(
        code="L-3", customer="C-4002", contract="K-FIX-9", technology=Technology.COPPER, since=date(2015, 3, 1)
    )
    import_network(lines=[place], by=SYSTEM, at=NOW)
    visit = a_visit(line="L-3")

    assert "<option" not in marc.get(f"/field/{visit}").content.decode().partition("<main")[2]


def test_every_state_purpose_and_refusal_has_its_words() -> None:
    assert set(visit_words.STATES) == set(VisitState.values) - {VisitState.HELD}
    assert set(visit_words.PURPOSES) == set(Purpose.values)
    assert set(visit_words.MISSED_BY) == set(MissedBy.values)
