"""A second factor is joined once, shows each code once, and is reset by others only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from pyotp import TOTP

from builders import a_world, refused_by
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.add_passkey import PasskeyRefused, PasskeyUnnamed
from ligneclaire.people.actions.add_staff_key import add_staff_key
from ligneclaire.people.actions.ask_challenge import ask_challenge
from ligneclaire.people.actions.claim_challenge import NothingToSign
from ligneclaire.people.actions.draw_recovery_codes import NoSecondFactor, draw_recovery_codes
from ligneclaire.people.actions.end_desk_sessions import end_desk_sessions
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.remove_passkey import NoPasskey
from ligneclaire.people.actions.remove_staff_key import remove_staff_key
from ligneclaire.people.actions.reset_second_factor import AccountUnknown, reset_second_factor
from ligneclaire.people.actions.set_up_second_factor import AppNotJoined, SecondFactorKnown, set_up_second_factor
from ligneclaire.people.actions.sign_in_by_passkey import PasskeyNotAccepted
from ligneclaire.people.actions.try_second_factor import SecondFactorWrong, try_second_factor
from ligneclaire.people.actions.use_staff_key import use_staff_key
from ligneclaire.people.desk_sessions import SessionStore
from ligneclaire.people.models import SecondFactor, StaffKey, StaffSession
from ligneclaire.people.queries import desk_sessions, second_factors
from ligneclaire.people.queries.second_factors import FactorCard
from ligneclaire.people.rules.desk_session import BEGAN, DEVICE, device_of, name_of
from ligneclaire.people.rules.passkey import Place, how_to_add, how_to_use
from ligneclaire.people.rules.second_factor import (
    address_of,
    handle_of_staff,
    recovery_code,
    secret_of,
    step_of,
    trace_of,
)
from people.authenticator import Device

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
SEED = UUID(int=7)
HERE = Place(host="testserver", origin="http://testserver", name="Télécom Ligne Claire")


def an_account(adviser: str, username: str) -> int:
    return int(give_login(adviser=adviser, username=username, password="x", by=SYSTEM, at=NOW).user_id)


@pytest.fixture
def nora(db: None) -> int:
    """Nora's account."""
    a_world()
    return an_account("A-1", "nora")


@pytest.fixture
def hugo(nora: int) -> int:
    """Hugo's account."""
    return an_account("A-2", "hugo")


def shown(at: datetime = NOW, seed: UUID = SEED) -> str:
    """What the app shows."""
    return TOTP(secret_of(seed, key=settings.SECRET_KEY)).at(at)


def set_up(user: int, seed: UUID = SEED) -> tuple[str, ...]:
    return set_up_second_factor(user=user, seed=seed, typed=shown(seed=seed), shown_at=NOW, by=SYSTEM, at=NOW)


def tried(user: int, typed: str, *, at: datetime = NOW) -> bool:
    try:
        try_second_factor(user=user, typed=typed, shown_at=at, by=SYSTEM, at=NOW)
    except SecondFactorWrong:
        return False
    return True


def test_an_app_is_joined_with_the_first_code_it_shows_and_recovery_codes_follow(nora: int, hugo: int) -> None:
    codes = set_up(nora)

    assert second_factors.of(nora) == FactorCard(set_up_at=NOW, recovery_left=8)
    assert second_factors.of(hugo) is None
    assert len(set(codes)) == 8
    assert {tuple(map(len, code.split("-"))) for code in codes} == {(4, 4, 4)}
    with pytest.raises(SecondFactorKnown):
        set_up(nora, uuid4())
    assert second_factors.of(nora) == FactorCard(set_up_at=NOW, recovery_left=8)


@pytest.mark.parametrize("typed", ["", "000000", "12345", "１２３４５６", "é", "x" * 40])
def test_an_app_that_shows_something_else_is_not_joined(nora: int, typed: str) -> None:
    assert typed != shown()
    with pytest.raises(AppNotJoined):
        set_up_second_factor(user=nora, seed=SEED, typed=typed, shown_at=NOW, by=SYSTEM, at=NOW)
    assert SecondFactor.objects.count() == 0


def test_neither_the_secret_nor_recovery_codes_are_kept(nora: int) -> None:
    codes = set_up(nora)

    kept = str(list(SecondFactor.objects.values())).lower()
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    assert secret_of(SEED, key=settings.SECRET_KEY).lower() not in kept
    assert secret_of(SEED, key="one key") != secret_of(SEED, key="another")


def test_a_code_is_used_once_and_no_earlier_one_after_it(nora: int) -> None:
    set_up(nora)
    assert not tried(nora, shown())  # it was used to set up

    later = NOW + 4 * STEP
    assert tried(nora, f" {shown(later)[:3]} {shown(later)[3:]} ", at=later)
    assert not tried(nora, shown(later), at=later)
    assert not tried(nora, shown(later - STEP), at=later)
    assert tried(nora, shown(later + STEP), at=later + STEP)


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_one_step(nora: int, steps: int, is_right: bool) -> None:  # noqa: FBT001
    set_up(nora)
    later = NOW + 10 * STEP

    assert tried(nora, shown(later + steps * STEP), at=later) is is_right


def test_a_recovery_code_lets_in_once_however_it_is_typed(nora: int) -> None:
    first, second, *_ = set_up(nora)

    assert tried(nora, first)
    assert not tried(nora, first)
    assert tried(nora, f" {second.replace('-', '').upper()} ")
    assert second_factors.of(nora) == FactorCard(set_up_at=NOW, recovery_left=6)
    assert not tried(nora, "aaaa-bbbb-cccc")
    assert not tried(nora, "")


def test_new_recovery_codes_end_the_old_ones(nora: int, hugo: int) -> None:
    [old, *_] = set_up(nora)

    [new, *others] = draw_recovery_codes(user=nora, by=SYSTEM, at=NOW)

    assert len(others) == 7
    assert (tried(nora, old), tried(nora, new)) == (False, True)
    with pytest.raises(NoSecondFactor):
        draw_recovery_codes(user=hugo, by=SYSTEM, at=NOW)


def test_an_account_without_a_second_factor_has_none_to_try(nora: int, hugo: int) -> None:
    [code, *_] = set_up(nora)

    for typed in (shown(), code):
        with pytest.raises(NoSecondFactor):
            try_second_factor(user=hugo, typed=typed, shown_at=NOW, by=SYSTEM, at=NOW)


def test_codes_of_others_let_nobody_in(nora: int, hugo: int) -> None:
    [code, *_] = set_up(nora)
    set_up(hugo, UUID(int=8))
    later = NOW + 2 * STEP

    assert (tried(hugo, code), tried(hugo, shown(later), at=later)) == (False, False)
    assert tried(hugo, shown(later, UUID(int=8)), at=later)


def add(device: Device, user: int, *, name: str = "Clé bleue", place: Place = HERE) -> UUID:
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    handle = handle_of_staff(user, key=settings.SECRET_KEY)
    answer = device.makes(how_to_add(place, challenge=asked.value, handle=handle, called="nora"))
    return add_staff_key(user=user, name=name, answer=answer, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)


def use(device: Device, user: int) -> None:
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    answer = device.signs(how_to_use(HERE, challenge=asked.value))
    use_staff_key(user=user, answer=answer, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)


def test_a_passkey_signs_for_its_own_account_only(nora: int, hugo: int) -> None:
    device = Device()
    uuid = add(device, nora)
    assert second_factors.credentials_of(nora) == (b"passkey-1",)

    use(device, nora)

    [card] = second_factors.keys_of(nora)
    assert (card.uuid, card.name, card.used_at) == (uuid, "Clé bleue", NOW)
    assert second_factors.keys_of(hugo) == ()
    for somebody, wrong in ((hugo, device), (nora, Device()), (nora, Device(name=b"unknown"))):
        with pytest.raises(PasskeyNotAccepted):
            use(wrong, somebody)
    with pytest.raises(PasskeyRefused):
        add(device, hugo)


def test_what_a_passkey_signed_is_accepted_once_and_nonsense_never(nora: int) -> None:
    device = Device()
    add(device, nora)
    asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
    answer = device.signs(how_to_use(HERE, challenge=asked.value))
    use_staff_key(user=nora, answer=answer, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)

    with pytest.raises(NothingToSign):
        use_staff_key(user=nora, answer=answer, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)
    for nonsense in ("", "{}", "[]"):
        asked = ask_challenge(customer=None, by=SYSTEM, at=NOW)
        with pytest.raises(PasskeyNotAccepted):
            use_staff_key(user=nora, answer=nonsense, challenge=asked.uuid, place=HERE, by=SYSTEM, at=NOW)


def test_a_passkey_has_a_name_and_is_made_here(nora: int) -> None:
    with pytest.raises(PasskeyUnnamed):
        add(Device(), nora, name=" \x00")
    with pytest.raises(PasskeyRefused):
        add(Device(origin="http://elsewhere"), nora)
    assert StaffKey.objects.count() == 0
    add(Device(), nora)
    with refused_by("staff_key_has_a_name"):
        StaffKey.objects.update(name="")


def test_a_passkey_is_removed_by_its_owner_only(nora: int, hugo: int) -> None:
    uuid = add(Device(), nora)

    with pytest.raises(NoPasskey):
        remove_staff_key(key=uuid, user=hugo, by=SYSTEM, at=NOW)
    remove_staff_key(key=uuid, user=nora, by=SYSTEM, at=NOW)

    assert second_factors.keys_of(nora) == ()


def a_session(user: int | None, *, device: str = "", began: datetime | None = NOW) -> str:
    store = SessionStore()
    store.update({"_auth_user_id": str(user)} if user else {})
    store.update({DEVICE: device, BEGAN: began.isoformat()} if began else {})
    store.create()
    store.save()
    return str(store.session_key)


def test_sessions_are_listed_for_their_owner_here_first_then_the_newest(nora: int, hugo: int) -> None:
    old, here = a_session(nora, device="Old", began=NOW - STEP), a_session(nora, device="Here", began=NOW - 2 * STEP)
    new, bare = a_session(nora, device="New"), a_session(nora, began=None)
    a_session(hugo)
    a_session(None)
    gone = a_session(nora)
    StaffSession.objects.filter(session_key=gone).update(expire_date=datetime(2020, 1, 1, tzinfo=UTC))

    found = desk_sessions.of(nora, here=here)

    assert [(card.device, card.is_here) for card in found] == [
        ("Here", True), ("New", False), ("Old", False), ("", False),
    ]  # fmt: skip
    assert [card.name for card in found] == [name_of(key) for key in (here, new, old, bare)]
    assert [card.began_at for card in found] == [NOW - 2 * STEP, NOW, NOW - STEP, None]


def test_sessions_end_by_name_or_all_but_one_and_only_ones_own(nora: int, hugo: int) -> None:
    first, second, third, theirs = a_session(nora), a_session(nora), a_session(nora), a_session(hugo)

    assert end_desk_sessions(user=nora, names={name_of(theirs)}, keep=first, by=SYSTEM, at=NOW) == 0
    assert end_desk_sessions(user=nora, names={name_of(first)}, keep=first, by=SYSTEM, at=NOW) == 0
    assert end_desk_sessions(user=nora, names={name_of(second)}, keep=first, by=SYSTEM, at=NOW) == 1
    assert end_desk_sessions(user=nora, names=None, keep=first, by=SYSTEM, at=NOW) == 1

    assert [SessionStore().exists(key) for key in (first, second, third, theirs)] == [True, False, False, True]


def test_a_reset_forgets_everything_of_one_account_and_logs_it_out(nora: int, hugo: int) -> None:
    for user, seed in ((nora, SEED), (hugo, UUID(int=8))):
        set_up(user, seed)
        add(Device(name=f"key-{user}".encode()), user)
        a_session(user)

    assert reset_second_factor(username="nora", by=SYSTEM, at=NOW)

    assert [(model.objects.get().user_id) for model in (SecondFactor, StaffKey, StaffSession)] == [hugo] * 3
    assert not reset_second_factor(username="nora", by=SYSTEM, at=NOW)
    assert User.objects.filter(username="nora").exists()
    with pytest.raises(AccountUnknown):
        reset_second_factor(username="nobody", by=SYSTEM, at=NOW)


def test_the_drawing_names_the_house_and_the_account() -> None:
    house = "T%C3%A9l%C3%A9com%20Ligne%20Claire"

    assert address_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", account="nora", house="Télécom Ligne Claire") == (
        f"otpauth://totp/{house}:nora?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer={house}"
    )


def test_codes_follow_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    at = datetime.fromtimestamp(1111111109, UTC)

    assert step_of(secret, "081804", at=at, after=0) == 1111111109 // 30
    assert step_of(secret, "081804", at=at, after=1111111109 // 30) is None


def test_recovery_codes_are_read_in_groups_and_known_by_their_trace() -> None:
    assert recovery_code(bytes(range(8))) == "aaaq-eaye-auda"
    assert trace_of("AAAQ eaye auda", key="k") == trace_of("aaaq-eaye-auda", key="k")
    assert trace_of("aaaq-eaye-auda", key="k") != trace_of("aaaq-eaye-auda", key="l")
    assert device_of("Fire\x00fox" + "x" * 300) == "Firefox" + "x" * 193


def test_no_more_recovery_codes_than_eight_are_kept(nora: int) -> None:
    set_up(nora)

    with refused_by("second_factor_recovery"):
        SecondFactor.objects.update(recovery=[b"x"] * 9)
