"""Every address of the site belongs to the web app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("recoup.web.urls"))]
