"""The addresses of the desk."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from ligneclaire.desk.views import (
    case,
    contact,
    customer,
    department,
    login,
    message,
    news,
    requests,
    search,
    sending,
    today,
    uploads,
    writing,
)

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
    path("customers", search.search, name="search"),
    path("suggestions", search.suggestions, name="suggestions"),
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
    path("customers/<str:number>/write", writing.start, name="write_start"),
    path("customers/<str:number>/write/<uuid:message>", writing.write, name="write"),
    path("customers/<str:number>/write/<uuid:message>/check", writing.check, name="write_check"),
    path("customers/<str:number>/entries/<uuid:entry>/no-answer", writing.no_answer, name="no_answer"),
    path("messages/<uuid:uuid>/undo", writing.undo, name="undo"),
    path("cases/<str:reference>", case.one, name="case"),
    path("cases/<str:reference>/hand-over", case.give, name="case_give"),
    path("cases/<str:reference>/snooze", case.snooze, name="case_snooze"),
    path("cases/<str:reference>/close", case.close, name="case_close"),
    path("cases/<str:reference>/reopen", case.reopen, name="case_reopen"),
    path("requests", requests.waiting, name="requests"),
    path("requests/<str:reference>", requests.one, name="request"),
    path("requests/<str:reference>/match", requests.match, name="match"),
    path("requests/<str:reference>/reject", requests.reject, name="reject"),
    path("requests/<str:reference>/decide", requests.decide, name="decide"),
    path("requests/<str:reference>/proofs/<int:proof>", requests.proof, name="proof"),
    path("messages/<uuid:uuid>", message.message, name="message"),
    path("messages/<uuid:uuid>/letter.pdf", message.letter, name="letter"),
    path("department", department.start, name="department"),
    path("department/state", department.state, name="state"),
    path("department/facts/<int:fact>", department.fact, name="fact"),
    path("department/facts/<int:fact>/change", department.change, name="change"),
    path("department/facts/<int:fact>/withdraw", department.withdraw, name="withdraw"),
    path("department/template.csv", uploads.template, name="template"),
    path("department/uploads", uploads.send, name="send"),
    path("department/uploads/<uuid:upload>", uploads.checked, name="upload"),
    path("department/uploads/<uuid:upload>/state", uploads.state, name="state_upload"),
    path("department/uploads/<uuid:upload>/wrong.csv", uploads.wrong, name="wrong"),
]
