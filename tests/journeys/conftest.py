"""A real server, a real browser at phone size, and pages that axe looks at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

PHONE = {"width": 390, "height": 844}
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]


class Server:
    """``recoup serve`` as a process of its own, with a home of its own."""

    command = ("-m", "recoup.cli", "serve")

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, _free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in {"DEBUG", "DATABASE_URL"}}
        self.process = subprocess.Popen(
            [sys.executable, *self.command, "--port", str(self.port), "--workers", "1"],
            env={**environment, "RECOUP_HOME": str(self.home)},
            start_new_session=True,
        )
        self._wait()

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, "the server stopped while starting"
            try:
                with urllib.request.urlopen(self.address, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.1)
        pytest.fail("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("served"))
    yield running
    running.kill()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """A phone with a cookie jar of its own: another fixture would be another stranger."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, base_url=server.address, timezone_id="Europe/Madrid"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    refused = [text for text in problems if "404" not in text and "422" not in text]
    assert refused == [], "the browser's console shows errors"
