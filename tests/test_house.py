"""The house: layers, commands, locks and documents say what is true."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LOCKS = sorted([*ROOT.glob("requirements/*.txt"), ROOT / "browser/package-lock.json"])
GUIDES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
RECORDS = sorted(ROOT.glob("docs/decisions/*.md"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def printed(*command: str) -> str:
    """Return what a command prints; empty when it is not here or fails."""
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def tracked() -> dict[str, str]:
    """Return every text file that Git tracks or would track, by name."""
    listed = printed("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    texts = {}
    for file in filter(None, listed.split("\0")):
        try:
            texts[file] = (ROOT / file).read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):  # a picture; removed, not yet committed
            continue
    return texts


def registry_hosts() -> set[str]:
    """Return the hosts of the package registries, asked of the clients: none is written here."""
    own = "from pip._internal.models.index import PyPI as p; print(p.netloc, p.file_storage_domain)"
    hosts = set(printed(sys.executable, "-c", own).split())
    for address in (
        *printed(sys.executable, "-m", "pip", "config", "list").replace("'", " ").split(),
        *printed("npm", "config", "get", "registry").split(),
        *printed("apt-get", "indextargets", "--format", "$(REPO_URI)").split(),
    ):
        if "://" in address:
            hosts.add(urlsplit(address).netloc)
    return hosts - {""}


def test_no_two_test_files_have_one_name() -> None:
    """Pytest collects only the first of them."""
    files = [file.name for file in sorted(ROOT.glob("tests/**/test_*.py"))]
    assert {file for file in files if files.count(file) > 1} == set()


def test_imports_flow_down_the_layers() -> None:
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_readme_names_exactly_two_make_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"^    make (\w+)$", readme, re.M) == ["run", "test"]
    assert set(re.findall(r"\bmake (run|test|check|bench|fresh|lock)\b", readme)) == {"run", "test"}


def test_every_make_target_has_a_description() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    assert phony is not None
    named = re.findall(r"^([a-z]+):", MAKEFILE, re.M)
    described = re.findall(r"^([a-z]+):.* ## \S", MAKEFILE, re.M)
    assert described == named == phony[1].split()


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_names_packages_and_hashes_but_no_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"(^|[\s\"'])(/|\./|\.\./|~/|file:)", text, re.M)


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_has_a_hash_for_every_package(lock: Path) -> None:
    text = lock.read_text("utf-8")
    if lock.suffix == ".json":
        packages = json.loads(text)["packages"]
        assert [path for path, one in packages.items() if path and "integrity" not in one] == []
    else:
        entries = re.split(r"\n(?=\S)", text.strip())
        assert [one for one in entries if "==" not in one or "--hash=sha256:" not in one] == []


def test_no_file_names_a_registry() -> None:
    hosts = registry_hosts()
    assert hosts, "no client could be asked"
    found = [(file, host) for file, text in tracked().items() for host in hosts if host in text]
    assert found == []


def test_no_file_names_this_machine() -> None:
    places = [str(ROOT), f"{Path.home()}/"]
    found = [
        (file, place)
        for file, text in tracked().items()
        for place in places
        if place.count("/") > 1 and place in text  # a clone at "/second" has a common word
    ]
    assert found == []


def test_every_decision_is_linked_from_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    assert re.findall(r"\((decisions/.*?)\)", index) == [f"decisions/{one.name}" for one in RECORDS]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(one.name[:3]) for one in RECORDS] == list(range(1, len(RECORDS) + 1))
    for number, record in enumerate(RECORDS, 1):
        assert record.read_text("utf-8").startswith(f"# {number}. ")


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_links_lead_somewhere(guide: Path) -> None:
    links = re.findall(r"\]\((?!\w+:)([^)#]+)", guide.read_text("utf-8"))
    assert [link for link in links if not (guide.parent / link).exists()] == []


def test_the_files_that_a_recipe_names_exist() -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    places = re.findall(r"`((?:library|src|tests|docs|browser)/[\w./-]*)", recipes)
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_glossary_is_in_alphabetical_order() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")
    words = re.findall(r"^- \*\*(.+?)\*\*: \S", glossary, re.M)
    assert len(words) == glossary.count("\n- ")
    assert words == sorted(set(words), key=str.casefold)
