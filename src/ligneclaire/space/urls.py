"""The addresses of the customers' space, and of the pages that everybody may use."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from ligneclaire.journeys.plans.proofs import FAULT, MOVE
from ligneclaire.space.views import (
    copies,
    leaving,
    lines,
    moves,
    pages,
    passkeys,
    persons,
    requests,
    security,
    sign_in,
    visits,
    wishes,
)
from ligneclaire.space.views import help as help_pages

app_name = "space"

urlpatterns: list[URLPattern | URLResolver] = [
    # Who is it
    path("espace/connexion", sign_in.sign_in, name="sign-in"),
    path("espace/connexion/code", sign_in.code, name="code"),
    path("espace/connexion/personne", sign_in.person, name="person"),
    path("espace/connexion/cle", passkeys.use, name="passkey"),
    path("espace/connexion/cle/options", passkeys.use_options, name="passkey-options"),
    path("espace/deconnexion", security.sign_out, name="sign-out"),
    path("espace/langue", security.language, name="language"),
    # The space
    path("espace", RedirectView.as_view(pattern_name="space:home")),
    path("espace/", pages.start, name="home"),
    path("espace/retour", security.welcome_back, name="welcome-back"),
    path("espace/messages", pages.message_list, name="messages"),
    path("espace/messages/<uuid:uuid>", pages.message, name="message"),
    path("espace/messages/<uuid:uuid>/lettre.pdf", pages.letter, name="letter"),
    path("espace/messages/<uuid:uuid>/pieces/<int:position>", pages.file, name="file"),
    path("espace/preferences", wishes.wishes, name="wishes"),
    path("espace/contrats", pages.contract_list, name="contracts"),
    path("espace/contrats/<str:contract>/etiquette.pdf", pages.label, name="label"),
    path("espace/materiel/<int:number>/recu.pdf", pages.receipt, name="receipt"),
    path("espace/documents", pages.document_list, name="documents"),
    path("espace/consultations", pages.read_list, name="reads"),
    path("espace/mes-donnees", copies.page, name="copy"),
    path("espace/mes-donnees/fichier", copies.fetch, name="copy-file"),
    path("espace/personnes", persons.persons, name="persons"),
    path("espace/personnes/<uuid:uuid>/retrait", persons.withdraw, name="withdraw_person"),
    path("espace/securite", security.page, name="security"),
    path("espace/securite/sessions/autres/fin", security.end_others, name="end-others"),
    path("espace/securite/sessions/<uuid:uuid>/fin", security.end_one, name="end-session"),
    path("espace/securite/cles", passkeys.add, name="add-passkey"),
    path("espace/securite/cles/options", passkeys.add_options, name="add-passkey-options"),
    path("espace/securite/cles/<uuid:uuid>/retrait", passkeys.remove, name="remove-passkey"),
    # Lines
    path("espace/demenager", lines.start, {"asks": MOVE}, name="move"),
    path("espace/demenager/<str:contract>/annulation", moves.take_back, name="move_taken_back"),
    path("espace/demenager/<uuid:form>", lines.move, name="move_form"),
    path("espace/demenager/<uuid:form>/resume", lines.sum_up, name="move_summary"),
    path("espace/demenager/<uuid:form>/demande", lines.done, {"asks": MOVE}, name="move_done"),
    path("espace/panne", lines.start, {"asks": FAULT}, name="fault"),
    path("espace/panne/<uuid:form>", lines.fault, name="fault_form"),
    path("espace/panne/<uuid:form>/signalee", lines.done, {"asks": FAULT}, name="fault_done"),
    # Leaving, without and with an account
    path("resilier", leaving.start, {"flow": leaving.TERMINATION}, name="terminate"),
    path("resilier/demandes", requests.requests, name="requests"),
    path("resilier/demande/<str:token>", requests.one, name="request"),
    path("resilier/<uuid:form>", leaving.fill_in, {"flow": leaving.TERMINATION}, name="termination_form"),
    path("resilier/<uuid:form>/resume", leaving.sum_up, {"flow": leaving.TERMINATION}, name="termination_summary"),
    path("resilier/<uuid:form>/notifiee", leaving.done, {"flow": leaving.TERMINATION}, name="termination_done"),
    path("renoncer", leaving.start, {"flow": leaving.RENUNCIATION}, name="renounce"),
    path("renoncer/<uuid:form>", leaving.fill_in, {"flow": leaving.RENUNCIATION}, name="renunciation_form"),
    path("renoncer/<uuid:form>/resume", leaving.sum_up, {"flow": leaving.RENUNCIATION}, name="renunciation_summary"),
    path("renoncer/<uuid:form>/accuse", leaving.done, {"flow": leaving.RENUNCIATION}, name="renunciation_done"),
    # Visits, by a link that names what somebody comes for
    path("visits/<str:token>/", visits.page, name="visit"),
    path("visits/<str:token>/visit.ics", visits.calendar_file, name="visit-calendar"),
    # Help
    path("bienvenue", help_pages.welcome, name="welcome"),
    path("aide/ligne", help_pages.lines, name="help_lines"),
    path("aide/resiliation", help_pages.leaving, name="help_leaving"),
]
