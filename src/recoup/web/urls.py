"""The addresses of the pages. A person's pages all start with their id."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from recoup.web.views import (
    clearance,
    data,
    film,
    history,
    intake,
    media,
    offline,
    program,
    reports,
    result,
    safety,
    screening,
    session,
    starting,
    summary,
    today,
    welcome,
)

_person: list[URLPattern | URLResolver] = [
    path("", welcome.home, name="person"),
    path("intake/", intake.first, name="intake"),
    path("intake/<slug:question_id>/", intake.question, name="question"),
    path("answers/", intake.answers, name="answers"),
    path("result/", result.result, name="result"),
    path("clearance/", clearance.clear, name="clearance"),
    path("compare/", result.compare, name="compare"),
    path("start-with/", starting.start_with, name="start-with"),
    path("summary/", summary.summary, name="summary"),
    path("summary.pdf", summary.as_pdf, name="summary-pdf"),
    path("program/choose/<slug:program_id>/", result.choose, name="choose"),
    path("program/start/", result.start, name="start"),
    path("program/", program.overview, name="program"),
    path("program/film/", film.program_film, name="program-film"),
    path("program/advance/", program.advance, name="advance"),
    path("today/", today.today, name="today"),
    path("check/", today.check, name="check"),
    path("safety-questions/", screening.first, name="safety-questions"),
    path("safety-questions/<slug:question_id>/", screening.question, name="safety-question"),
    path("session/<int:number>/", session.exercise, name="session"),
    path("report/", session.report, name="report"),
    path("morning/", reports.morning, name="morning"),
    path("review/", program.review, name="review"),
    path("still-so/", screening.still_so, name="still-so"),
    path("still-so/<slug:question_id>/", screening.still_so_question, name="still-so-question"),
    path("review/signs/<slug:question_id>/", program.week, name="week"),
    path("review/result/", program.reviewed, name="reviewed"),
    path("history/", history.history, name="history"),
    path("safety/", safety.person_safety, name="person-safety"),
    path("country/", safety.country, name="country"),
    path("data/", data.data, name="data"),
    path("data/export/", data.export, name="export"),
    path("data/erase/", data.erase, name="erase"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", welcome.welcome, name="welcome"),
    path("away/", welcome.away, name="away"),
    path("offline.js", offline.worker, name="worker"),
    path("safety/", safety.safety, name="safety"),
    path("about/", safety.about, name="about"),
    path("media/<str:name>", media.media, name="media"),
    path("p/<uuid:person_id>/", include(_person)),
]
