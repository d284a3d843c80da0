from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

CODE = """
import django
django.setup()
from django.core.management import call_command
from django.conf import settings
call_command("check", "--deploy", "--fail-level", "WARNING", verbosity=0)
print(settings.STORAGES["staticfiles"]["BACKEND"], settings.SESSION_COOKIE_SECURE)
"""

urlpatterns = [
    path("plain", lambda request: HttpResponse("ok")),
    path("coach", lambda request: HttpResponse(headers={"Permissions-Policy": "camera=(self)"})),
]


@pytest.fixture
def answer(client):
    with override_settings(ROOT_URLCONF=__name__):
        yield client.get("/plain")


def test_the_content_security_policy_denies_all_but_our_own(answer):
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    ours = ("script", "style", "img", "font", "media", "connect", "manifest")
    assert policy == {f"{kind}-src": "'self'" for kind in ours} | {
        "default-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_other_headers_are_strict(answer):
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]


@override_settings(ROOT_URLCONF=__name__)
def test_the_coach_may_ask_for_the_camera(client):
    assert client.get("/coach")["Permissions-Policy"] == "camera=(self)"


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"])
def test_a_host_that_was_not_allowed_is_refused(client):
    assert client.get("/plain", headers={"host": "evil.example"}).status_code == 400


def test_behind_https_django_s_own_deployment_check_finds_nothing(tmp_path: Path):
    inherited = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE],
        env=inherited | {"RECOUP_HOME": str(tmp_path), "HTTPS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split()[-2:] == [
        "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "True",
    ]
