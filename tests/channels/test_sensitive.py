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
        "TRES MECONTENTE DE VOTRE SERVICE, PERSONNE NE REPOND",
        "Le colis 6A12345678901 est parti le 12/02/2015",
        "",
    ],
)
def test_everything_else_stays_as_it_was_written(text: str) -> None:
    assert not is_sensitive(text)
    assert masked(text) == text
