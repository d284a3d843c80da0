"""What a phone has to fetch."""

from __future__ import annotations

import gzip

from bench.stage import STATIC, Stage

KB = 1000
SCRIPT_GZ, BODY, MOTION, MOTION_GZ = 200 * KB, 1500 * KB, 200 * KB, 90 * KB


def test_the_script_is_small(bundled: None):
    size = len(gzip.compress((STATIC / "dist/figure.js").read_bytes(), 9))
    print(f"figure.js: {size / KB:.1f} kB compressed, at most {SCRIPT_GZ / KB:.0f}")
    assert size <= SCRIPT_GZ


def test_body_and_motion_are_small(stage: Stage, bundled: None):
    files = stage.files()
    body, motion = files["body.glb"], files["motion.glb"]
    packed = len(gzip.compress(motion, 9))
    print(f"body {len(body) / KB:.0f} kB, motion {len(motion) / KB:.0f} ({packed / KB:.0f} packed)")
    assert len(body) <= BODY
    assert len(motion) <= MOTION
    assert packed <= MOTION_GZ
