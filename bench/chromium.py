"""Debian's Chromium on pages served from memory, under the app's own strict policy."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage",
    "--ignore-gpu-blocklist", "--enable-unsafe-swiftshader", "--use-gl=angle",
)  # fmt: skip
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "media-src 'self'; base-uri 'none'"
)
KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css", "png": "image/png",
         "glb": "model/gltf-binary"}  # fmt: skip


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serve ``files`` (by path) on loopback; give the address of the folder."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path.partition("?")[0].lstrip("/"))
            self.send_response(200 if content is not None else 404)
            kind = self.path.partition("?")[0].rpartition(".")[2]
            self.send_header("Content-Type", KINDS.get(kind, "text/plain"))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browser() -> Iterator[Any]:
    """Start Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, drawing(play) as found:
        yield found


@contextmanager
def drawing(play: Any) -> Iterator[Any]:
    """Start a Chromium that draws in 3D, on the processor (Mesa's llvmpipe)."""
    found = play.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--use-angle=gl-egl"])
    try:
        yield found
    finally:
        found.close()
