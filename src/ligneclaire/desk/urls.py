"""The addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from ligneclaire.desk.views import (
    account,
    customer,
    login,
    message,
    news,
    occasion,
    requests,
    second_step,
    sending,
    today,
)

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("facts/tick-off", today.tick_off, name="tick_off"),
    path("facts/try-again", today.try_again, name="try_again"),
    path("login", login.Login.as_view(), name="login"),
    path("login/second", second_step.second_step, name="second-step"),
    path("login/second/set-up", second_step.set_up, name="second-step-set-up"),
    path("login/second/key", second_step.key, name="second-step-key"),
    path("login/second/key/options", second_step.key_options, name="second-step-key-options"),
    path("account", account.account, name="account"),
    path("account/recovery", account.recovery, name="recovery"),
    path("account/sessions/others/end", account.end_others, name="end-other-sessions"),
    path("account/sessions/<str:name>/end", account.end_one, name="end-session"),
    path("account/keys", account.add_key, name="add-key"),
    path("account/keys/options", account.add_options, name="add-key-options"),
    path("account/keys/<uuid:uuid>/remove", account.remove_key, name="remove-key"),
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
