"""The addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from ligneclaire.desk.views import contact, customer, login, mails, message, news, requests, sending, today

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("facts/tick-off", today.tick_off, name="tick_off"),
    path("facts/try-again", today.try_again, name="try_again"),
    path("login", login.Login.as_view(), name="login"),
    path("logout", LogoutView.as_view(next_page="/login"), name="logout"),
    path("language", set_language, name="language"),
    path("news", news.news, name="news"),
    path("sending", sending.sending, name="sending"),
    path("sending/bar", sending.bar, name="bar"),
    path("customers", today.search, name="search"),
    path("customers/<str:number>", customer.customer, name="customer"),
    path("customers/<str:number>/live", customer.live, name="live"),
    path("customers/<str:number>/thread", customer.older, name="older"),
    path("customers/<str:number>/settle", customer.settle, name="settle"),
    path("customers/<str:number>/letter.pdf", customer.preview, name="preview"),
    path("customers/<str:number>/label/<str:contract>.pdf", customer.label, name="label"),
    path("customers/<str:number>/receipt/<int:fact>.pdf", customer.receipt, name="receipt"),
    path("customers/<str:number>/log", contact.log, name="log"),
    path("customers/<str:number>/promises/<uuid:uuid>", contact.promise, name="promise"),
    path("customers/<str:number>/promises/<uuid:uuid>/done", contact.done, name="promise_done"),
    path("customers/<str:number>/promises/<uuid:uuid>/postpone", contact.postpone, name="promise_postpone"),
    path("requests", requests.waiting, name="requests"),
    path("requests/<str:reference>", requests.one, name="request"),
    path("requests/<str:reference>/match", requests.match, name="match"),
    path("requests/<str:reference>/reject", requests.reject, name="reject"),
    path("requests/<str:reference>/decide", requests.decide, name="decide"),
    path("requests/<str:reference>/proofs/<int:proof>", requests.proof, name="proof"),
    path("mails", mails.waiting, name="mails"),
    path("mails/<uuid:uuid>", mails.one, name="mail"),
    path("mails/<uuid:uuid>/match", mails.match, name="mail_match"),
    path("mails/<uuid:uuid>/set-aside", mails.set_aside, name="mail_set_aside"),
    path("mails/<uuid:uuid>/files/<int:position>", mails.file, name="mail_file"),
    path("mails/<uuid:uuid>/original.eml", mails.original, name="mail_original"),
    path("messages/<uuid:uuid>", message.message, name="message"),
    path("messages/<uuid:uuid>/letter.pdf", message.letter, name="letter"),
]
