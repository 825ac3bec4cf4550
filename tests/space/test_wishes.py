"""A customer chooses how we write to them, for each purpose."""

from __future__ import annotations

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.people.queries import wishes
from ligneclaire.people.states import MessagePurpose, Way
from ligneclaire.people.values import NO_WISHES, Wishes
from space.conftest import a_guest

PAGE = "/espace/preferences"
NOTHING = {"SERVICE": "ANY", "DATES": "ANY", "BILLS": "ANY", "COMMERCIAL": "ANY", "SURVEYS": "ANY"}


def test_who_never_chose_sees_that_and_keeping_it_is_no_choice(lenoir: Client) -> None:
    page = lenoir.get(PAGE).content.decode()

    assert page.count('<option value="ANY" selected>Sans préférence</option>') == 5
    assert page.count('<option value="NONE">') == 2
    lenoir.post(PAGE, NOTHING)
    assert wishes.of("C-2001") == NO_WISHES


def test_what_is_chosen_is_kept_and_can_be_taken_back(lenoir: Client) -> None:
    chosen = NOTHING | {"BILLS": "LETTER", "COMMERCIAL": "NONE", "no_texts": "yes"}

    answered = lenoir.post(PAGE, chosen, follow=True)

    assert answered.redirect_chain == [(PAGE, 302)]
    page = answered.content.decode()
    assert "Merci. Nous vous écrirons comme vous l’avez choisi." in page
    assert '<option value="LETTER" selected>' in page
    assert 'value="yes" checked' in page
    ways = {MessagePurpose.BILLS: Way.LETTER, MessagePurpose.COMMERCIAL: Way.NONE}
    assert wishes.of("C-2001") == Wishes(ways=ways, no_texts=True)
    lenoir.post(PAGE, NOTHING)
    back = {MessagePurpose.BILLS: Way.ANY, MessagePurpose.COMMERCIAL: Way.ANY}
    assert wishes.of("C-2001") == Wishes(ways=back)


def test_what_no_form_of_ours_sends_changes_nothing(lenoir: Client) -> None:
    lenoir.post(PAGE, {"BILLS": "NONE", "DATES": "PIGEON"})

    assert wishes.of("C-2001") == NO_WISHES


def test_it_is_for_those_who_are_signed_in(lenoir: Client) -> None:
    assert a_guest().get(PAGE).status_code == 302
    assert a_guest().post(PAGE, NOTHING).status_code == 302
    assert f'href="{PAGE}"' in lenoir.get("/espace/messages").content.decode()


def test_the_page_asks_little_of_the_database(
    lenoir: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lenoir.get(PAGE)
    with django_assert_num_queries(4):
        lenoir.get(PAGE)
