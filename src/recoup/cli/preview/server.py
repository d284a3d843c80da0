"""The preview's pages: loopback only, nothing from elsewhere, nothing to write."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from recoup.cli.preview.page import page
from recoup.film.preview import Preview

LOOPBACK = "127.0.0.1"
HERE = Path(__file__).parent
POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "\
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # fmt: skip

FILES = {"/preview.css": "text/css", "/preview.js": "text/javascript"}

Answer = tuple[str, bytes]


class PreviewServer(ThreadingHTTPServer):
    """Serves one preview, to this machine alone."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__((LOOPBACK, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        if not self._from_here():
            self.send_error(HTTPStatus.FORBIDDEN, "Open the preview as 127.0.0.1 or localhost.")
            return
        found = self._found(self.path.partition("?")[0])
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind, body = found
        self.send_response(HTTPStatus.OK)
        for name, value in (
            ("Content-Type", kind), ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"), ("Content-Security-Policy", POLICY),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _from_here(self) -> bool:
        """Return whether the page was asked for by this machine's own name: another site's name
        could be made to lead here."""
        host = self.headers.get("Host", "").partition(":")[0]
        return host in (LOOPBACK, "localhost")

    def _found(self, path: str) -> Answer | None:
        preview = self.server.preview
        state = preview.state
        answers: dict[str, Answer] = {
            f"/still/{place}.jpg": ("image/jpeg", still.picture)
            for place, still in enumerate(state.stills)
        }
        answers["/version"] = ("text/plain", str(state.version).encode())
        if state.moving is not None:
            answers["/moving.webp"] = ("image/webp", state.moving)
        if path == "/":
            return "text/html; charset=utf-8", page(preview.id, preview.body.name, state)
        if path in FILES:
            return FILES[path], (HERE / path[1:]).read_bytes()
        return answers.get(path)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the page asks several times a second."""
