"""What departments answer on the telephone: what announces something names its day, and the rest is an answer."""

from __future__ import annotations

import pytest

from ligneclaire.voice.announced import lacks_day

ANNOUNCES_NOTHING = [
    "Tout va bien, la ligne fonctionne",
    "Ça va, le client est rassuré",
    "Ça va, notre dernier test est bon",
    "Ça va le dernier test est bon",
    "La cause est inconnue, la ligne marche à nouveau",
    "Cause à confirmer, la ligne marche",
    "Il manque une opération manuelle",
    "On n'a plus de tonalité depuis hier, et tout le quartier aussi",
    "Opera et la caméra du client fonctionnent",
    "Le câble passe aux environs du front de mer",
    "Nous espérons que cela tient ; nous préparons le dossier",
    "Mme Perez et M. Ferreira sont d'accord, Sandra et Laura aussi",
    "Elle serait coupée, il faudrait un rendez-vous",
    "Le client devait rappeler",
    "Le technicien est passé, le boîtier est réparé",
    "Cause unknown; line tested and fine",
    "a manual step is missing",
    "The line works again",
    "The noise is coming from the socket",
    "The fault came back as soon as he left",
    "It was the card",
    "This is what they asked for",
    "",
]
WITHOUT_A_DAY = [
    "Votre ligne sera rétablie prochainement.",
    "un technicien viendra",
    "Elle devrait marcher",
    "Un technicien doit passer",
    "Les équipes doivent encore intervenir",
    "Un technicien vous contactera",
    "On vous enverra quelqu'un",
    "On va vous rappeler",
    "Ils vont, normalement, venir",
    "Vous allez recevoir un courrier",
    "Nous rétablirons la ligne",
    "Nous vous tiendrons au courant",
    "Vous serez prévenus",
    "Vous recevrez un message",
    "Les techniciens interviendront",
    "Nous ferons le nécessaire",
    "Je vous rappellerai",
    "Elle pourra téléphoner sous peu",
    "Il y aura une visite",
    "De\u0301lai inconnu, mais elle fonctionnera",
    "Visite à venir",
    "Technicien prévu, date inconnue",
    "Rendez-vous pris, date encore à confirmer",
    "Dès que possible",
    "Depuis lundi la ligne est coupée, un technicien viendra",
    "Depuis le lundi 3 mars 2014 elle est coupée, un technicien viendra",
    "Lundi dernier elle marchait, un technicien viendra",
    "Le test de vendredi est bon, un technicien viendra",
    "signal à 3.2 dB, elle sera rétablie",
    "2 tests sur 3, elle sera rétablie",
    "elle sera rétablie le 31 février",
    "elle sera rétablie le 45/13/2015",
    "elle sera rétablie au 3 rue du Four",
    "elle sera rétablie en mars 2015",
    "elle sera rétablie dans quelques jours",
    "It should work",
    "We'll call you back",
    "We’ll call you back",
    "A technician is coming",
    "They are coming",
    "a technician will come, date unknown",
    "Technician ordered, unknown date",
    "We are going to call back soon",
    "It is done shortly",
    "We call as soon as possible",
    "Cut since Monday, a technician will come",
    "Cut since the 5th of February, a technician will come",
    "Monday's test was good, a technician will come",
    "Last Friday it worked, a technician will come",
    "The test of Friday was good, a technician will come",
    "A technician will look at the 5th pair",
    "it will work on Feb 30",
]
WITH_A_DAY = [
    "un technicien passera le 20 février",
    "un technicien passera vendredi",
    "un technicien passera dans la matinée de vendredi",
    "un technicien passera le vendredi 20",
    "le technicien passera cet après-midi",
    "le technicien passera ce soir",
    "le technicien viendra aujourd’hui",
    "elle sera rétablie demain",
    "elle sera rétablie le 3 sept.",
    "elle sera rétablie le 1er mars",
    "elle sera rétablie le 12 aou\u0302t 2015",
    "elle sera rétablie avant le 20/02",
    "elle sera rétablie le 3/2",
    "elle sera rétablie le 5.",
    "elle sera rétablie le 29 février",
    "elle sera rétablie le 20/02/2015",
    "elle sera rétablie le 20.2.2015",
    "sera rétablie sous 48 heures",
    "sera rétablie sous 24/48h",
    "sera rétablie sous huit jours ouvrés",
    "sera rétablie d'ici 3 jours",
    "sera rétablie d’ici une heure",
    "un technicien doit passer dans 2 jours",
    "on va vous rappeler la semaine prochaine",
    "Coupée depuis lundi, elle sera rétablie mardi",
    "Coupée depuis 3 jours, elle sera rétablie demain",
    "line at the new address tomorrow",
    "a technician will come next week",
    "a technician will come this afternoon",
    "it should work by 5 Feb",
    "we'll call on the 5th",
    "we'll call on Feb 5th",
    "we'll call on the 5th of February",
    "we'll call by March 5, 2015",
    "it will work within two working days",
    "it will work in an hour",
    "it will work by the end of Friday",
    "it will work on 2015-02-20",
    "a technician is coming tonight",
]


@pytest.mark.parametrize("said", ANNOUNCES_NOTHING)
def test_what_announces_nothing_needs_no_day(said: str) -> None:
    assert not lacks_day(said)


@pytest.mark.parametrize("said", WITHOUT_A_DAY)
def test_what_announces_something_names_its_day(said: str) -> None:
    assert lacks_day(said)


@pytest.mark.parametrize("said", WITH_A_DAY)
def test_what_names_a_day_to_come_is_an_answer(said: str) -> None:
    assert not lacks_day(said)


@pytest.mark.parametrize("day", ["le 20 février", "vendredi", "demain", "on the 5th", "within 48 hours", "2015-02-20"])
def test_a_day_is_what_an_announcement_lacks(day: str) -> None:
    assert lacks_day("It will work, elle sera rétablie")
    assert not lacks_day(f"It will work, elle sera rétablie {day}")
