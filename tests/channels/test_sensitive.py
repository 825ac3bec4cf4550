from __future__ import annotations

import pytest

from ligneclaire.channels.rules.sensitive import is_sensitive, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mon IBAN : FR1420041010050500013M02606.", "Mon IBAN : ••••2606."),
        ("FR14 2004 1010 0505 0001 3M02 606 merci d'avance", "••••2606 merci d'avance"),
        ("fr14 2004 1010 0505 0001 3m02 606", "••••2606"),
        ("carte 4242 4242 4242 4242, fin 12/27", "carte ••••4242, fin 12/27"),
        ("carte 4242-4242-4242-4242", "carte ••••4242"),
        ("mon RIO est 01PEROY4P4TR, merci", "mon RIO est ••••P4TR, merci"),
        (
            "FR1420041010050500013M02606 et 4242424242424242 et 01PEROY4P4TR",
            "••••2606 et ••••4242 et ••••P4TR",
        ),
        ("carte 4242 4242 4242 4242 cvv 123", "carte ••••4242 cvv 123"),
        ("client 41234 4242 4242 4242 4242", "client 41234 ••••4242"),
        ("4242\u202f4242\u202f4242\u202f4242 5555555555554444", "••••4242 ••••4444"),
        ("carte 3782 822463 10005", "carte ••••0005"),
        ("CT1001 FR76 3000 6000 0112 3456 7890 189", "CT1001 ••••0189"),
        ("FR76-3000-6000-0112-3456-7890-189", "••••0189"),
        ("FR76.3000.6000.0112.3456.7890.189.", "••••0189."),
        ("FR 76 3000  6000 0112\n3456\r\n7890 – 189 ok", "••••0189 ok"),
        ("IBANFR7630006000011234567890189merci", "IBAN••••0189merci"),
        ("RIO 0A P 123456 ABC", "RIO ••••6ABC"),
        ("RIO 01-E-ROY4P4-TR+", "RIO ••••4TR+"),
    ],
)
def test_accounts_cards_and_rios_are_masked_but_for_their_end(text: str, shown: str) -> None:
    assert is_sensitive(text)
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "FR1420041010050500013M02607",  # its check digits are wrong
        "4242 4242 4242 4241",
        "Appelez-moi au 06 39 98 01 01 ou au +33 6 39 98 01 01",
        "Mon contrat K-ADSL-1, dossier LC-7K2M-9QX4, client C-2001",
        "La box LB-4471-0093 est au 14 COURS DE LA MARNE 33000 BORDEAUX",
        "Mes numéros : 06 39 98 01 01 et 06 39 98 01 02, puis 02 61 91 00 01",
        "LA RUE E PETITE EST LOIN",
        "ſ12 ſſ12 KK12 3456 7890 1234 5678",
        "TRES MECONTENTE DE VOTRE SERVICE, PERSONNE NE REPOND",
        "Le colis 6A12345678901 est parti le 12/02/2015",
        "",
    ],
)
def test_everything_else_stays_as_it_was_written(text: str) -> None:
    assert not is_sensitive(text)
    assert masked(text) == text


@pytest.mark.parametrize("expiry", ["12/27", "01/26", "12/2027", "1227"])
def test_a_card_is_masked_whatever_digits_follow(expiry: str) -> None:
    assert "4242 4242" not in masked(f"carte 4242 4242 4242 4242 {expiry}, merci")


@pytest.mark.parametrize(
    "text", ["4" * 10_000, "4 " * 5_000, "FR76 " * 2_000, "FR76" * 2_500, "-" * 10_000, "A1" * 5_000]
)
def test_long_texts_are_read_as_well(text: str) -> None:
    assert masked(f"{text} carte 4242424242424242.").endswith("4242.")
