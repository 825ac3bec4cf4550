"""The addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from ligneclaire.desk.views import customer, login, message, news, occasion, requests, sending, today

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
    path("customers/<str:number>/occasion", occasion.occasion, name="occasion"),
    path("customers/<str:number>/live", customer.live, name="live"),
    path("customers/<str:number>/thread", customer.older, name="older"),
    path("customers/<str:number>/settle", customer.settle, name="settle"),
    path("customers/<str:number>/letter.pdf", customer.preview, name="preview"),
    path("customers/<str:number>/label/<str:contract>.pdf", customer.label, name="label"),
    path("customers/<str:number>/receipt/<int:fact>.pdf", customer.receipt, name="receipt"),
    path("requests", requests.waiting, name="requests"),
    path("requests/<str:reference>", requests.one, name="request"),
    path("requests/<str:reference>/match", requests.match, name="match"),
    path("requests/<str:reference>/reject", requests.reject, name="reject"),
    path("requests/<str:reference>/decide", requests.decide, name="decide"),
    path("requests/<str:reference>/proofs/<int:proof>", requests.proof, name="proof"),
    path("messages/<uuid:uuid>", message.message, name="message"),
    path("messages/<uuid:uuid>/letter.pdf", message.letter, name="letter"),
]
