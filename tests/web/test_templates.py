"""What every template and style sheet keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import recoup.web

WEB = Path(recoup.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ICONS = sorted((WEB / "templates/web/icons").glob("*.svg"))
FIGURES = sorted((WEB / "static/web").rglob("*.svg"))
STYLES = sorted((WEB / "static/web").glob("*.css"))
STYLE_BYTES = 45_000


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.name) for path in paths]


@pytest.mark.parametrize("path", named(TEMPLATES + ICONS + FIGURES))
def test_nothing_inline_that_the_policy_forbids(path: Path):
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_every_template_compiles(path: Path):
    get_template(str(path.relative_to(WEB / "templates")))


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_every_icon_named_is_there(path: Path):
    for name in re.findall(r'{% icon "([a-z-]+)" %}', path.read_text()):
        assert (WEB / f"templates/web/icons/{name}.svg").is_file(), name


def test_every_style_sheet_uses_the_names_of_tokens_alone():
    tokens = (WEB / "static/web/tokens.css").read_text()
    known = set(re.findall(r"^\s+(--[a-z0-9-]+):", tokens, re.M))
    own = {"--tone", "--on-tone", "--done"}
    for path in STYLES:
        text = path.read_text()
        used = set(re.findall(r"var\((--[a-z0-9-]+)", text))
        assert used <= known | own, f"{path.name}: {used - known - own}"
        if path.name != "tokens.css":
            colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) - {"#fff", "#000"}
            assert not colours, f"{path.name}: {colours}"


def test_style_sheets_stay_small():
    assert sum(path.stat().st_size for path in STYLES) < STYLE_BYTES


def test_every_position_has_a_drawing():
    from recoup.services import shelf
    from recoup.web.pictures import picture_of

    for exercise in shelf.current().exercises.values():
        assert (WEB / "static" / picture_of(exercise)).is_file(), exercise.id
