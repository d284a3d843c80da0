"""Every claim about records holds on PostgreSQL too: the same tests, run again on a real server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_every_claim_about_records_holds_on_postgresql(postgresql_url):
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")
    }
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            str(Path(__file__).parent),
            f"--ignore={__file__}",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
        ],
        env=inherited | {"DATABASE_URL": postgresql_url},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
