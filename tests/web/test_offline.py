"""What the worker keeps for the time in which the server cannot be reached."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from care.any_answers import LIBRARY, anything
from django.test import Client
from hypothesis import find, settings
from web.test_player import BROWSER, ESBUILD, NODE, needs_node

from recoup.care.facts import screening_facts
from recoup.care.triage import triage
from recoup.exchange.offline import facts_document, rules_document
from recoup.library import read_texts, read_vignettes
from recoup.library.texts import default_folder
from recoup.model.answers import Answers
from recoup.model.rule import Urgency
from recoup.web.views.offline import ASSETS, pages

FILE = re.compile(r'(?:href|src)="/static/([^"]+)"')


def node(tmp_path: Path, source: str, ask: str, given: object) -> object:
    """Build one file of the worker and return what it answers to ``ask``."""
    built, script = tmp_path / "built.mjs", tmp_path / "ask.mjs"
    subprocess.run(
        [ESBUILD, BROWSER / f"offline/{source}", f"--outfile={built}", "--format=esm"],
        check=True,
        capture_output=True,
    )
    (tmp_path / "given.json").write_text(json.dumps(given))
    script.write_text(
        f"import * as it from {json.dumps(str(built))}; import {{ readFileSync }} from 'node:fs';"
        f"const given = JSON.parse(readFileSync({json.dumps(str(tmp_path / 'given.json'))}));"
        f"console.log(JSON.stringify({ask}))"
    )
    done = subprocess.run([NODE, script], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def judged(tmp_path: Path, people: list[Answers]) -> object:
    facts = [facts_document(screening_facts(one, LIBRARY.vocabulary)) for one in people]
    ask = (
        "given.facts.map(one => it.outcome(given.rules,"
        " {tokens: new Set(one.tokens), numbers: one.numbers}))"
    )
    given = {"rules": rules_document(LIBRARY.red_flags), "facts": facts}
    return node(tmp_path, "rules.ts", ask, given)


def expected(people: list[Answers]) -> list[dict[str, object]]:
    found = []
    for one in people:
        result = triage(one, LIBRARY)
        level = result.urgency
        fired = {flag.id for flag in result.flags if flag.urgency is level}
        mild = level is Urgency.SELF_MANAGE
        first = [] if mild else [rule for rule in LIBRARY.red_flags if rule.id in fired]
        found.append(
            {
                "urgency": None if mild else level.word,
                "messages": [rule.message for rule in first],
                "rules": [rule.id for rule in first],
            }
        )
    return found


@needs_node
def test_the_device_judges_every_story_as_the_server_does(tmp_path: Path):
    stories = read_vignettes(read_texts(default_folder()), LIBRARY)
    people = [one.answers for one in stories]
    found = judged(tmp_path, people)
    assert found == expected(people)
    assert len({one["urgency"] for one in found}) == 5, "every level is among them"


@needs_node
def test_the_device_judges_any_answers_as_the_server_does(tmp_path: Path):
    people: list[Answers] = []

    def collect(answers: Answers) -> bool:
        people.append(answers)
        return len(people) >= 400

    find(anything, collect, settings=settings(max_examples=2000, database=None))
    assert judged(tmp_path, people) == expected(people)


def test_every_rule_that_asks_for_care_is_kept():
    asking = [one for one in LIBRARY.red_flags if one.urgency > Urgency.SELF_MANAGE]
    kept = rules_document(LIBRARY.red_flags)
    assert sorted(one["message"] for one in kept) == sorted(one.message for one in asking)
    assert [one["urgency"] for one in kept[:1]] == ["emergency"]


@needs_node
@pytest.mark.parametrize(
    ("fired", "card"),
    [(["RF-SY-03"], "crisis"), (["RF-SY-03", "RF-CE-01"], None), (["RF-CE-01"], None)],
)
def test_the_device_shows_the_card_of_its_own_only_where_nothing_else_fired(tmp_path, fired, card):
    own = {name: sorted(one.rules) for name, one in LIBRARY.wording.own_cards.items()}
    ask = f"it.ownCard(given, {json.dumps(fired)}) ?? null"
    assert node(tmp_path, "pages.ts", ask, {"own": own}) == card


def test_a_card_of_its_own_is_kept_and_still_says_whom_to_call():
    page = pages()["crisis"]
    assert "Please talk to someone now" in page
    assert 'class="care care--emergency"' in page
    assert "tel:112" in page


def test_every_file_that_a_kept_page_needs_is_kept():
    for name, page in pages().items():
        needed = {re.sub(r"\.[0-9a-f]{12}\.", ".", file) for file in FILE.findall(page)}
        assert needed <= set(ASSETS), name
        assert needed


def test_a_kept_page_names_nobody_and_links_to_no_persons_page():
    for page in pages().values():
        assert "/p/" not in page
        assert "csrf" not in page


def test_the_script_says_when_it_has_not_changed(client: Client):
    first = client.get("/offline.js")
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-cache"
    again = client.get("/offline.js", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@needs_node
@pytest.mark.parametrize(
    ("country", "call", "words"),
    [
        ("gb", "tel:999", "Call 999"),
        ("", "tel:112", "Call 112, 911 or 999"),
        ("xx", "tel:112", "Call 112, 911 or 999"),
    ],
)
def test_a_kept_page_shows_the_number_of_the_country_and_the_reasons(
    tmp_path: Path, client: Client, country: str, call: str, words: str
):
    script = client.get("/offline.js").content.decode()
    kept = json.loads(
        script[len("self.RECOUP=") : script.index(";\nvar " if ";\nvar " in script else ";\n")]
    )
    ask = f"it.page(given, 'emergency', {json.dumps(country)}, ['Legs <b> & arms'])"
    page = node(tmp_path, "pages.ts", ask, kept)
    assert call in page
    assert words in page
    assert "Legs &lt;b&gt; &amp; arms" in page
    assert "NAME" not in page
    assert "NUMBER" not in page
    if country == "gb":
        assert "911" not in page
        assert "United Kingdom" in page


@needs_node
def test_what_was_answered_on_the_page_replaces_what_it_knew(tmp_path: Path):
    told = {
        "tokens": ["sx:foot_drop", "sx:fever", "onset=gradual"],
        "numbers": {"age": 56},
        "prefix": "sx",
        "keys": ["foot_drop", "numb_leg"],
        "choices": {"onset": "onset"},
    }
    ask = (
        "given.map(fields => { const form = new FormData();"
        " fields.forEach(([name, value]) => form.append(name, value));"
        " return [...it.facts(form).tokens].sort(); })"
    )
    forms = [
        [["told", json.dumps(told)], ["keys", "none-of-these"]],
        [["told", json.dumps(told)], ["keys", "numb_leg"], ["keys", "not-sure"]],
        [["told", json.dumps(told)], ["each-foot_drop", "not-sure"], ["each-numb_leg", "no"]],
        [["told", json.dumps(told)], ["onset", "major_trauma"]],
        [["keys", "saddle_numb"]],
        [["told", "not json"], ["keys", "saddle_numb"]],
        [["told", json.dumps({**told, "keys": ["fever"]})], ["keys", "not-sure"]],
    ]
    assert node(tmp_path, "told.ts", ask, forms) == [
        ["onset=gradual", "sx:fever"],
        ["onset=gradual", "sx:fever", "sx:numb_leg"],
        ["onset=gradual", "sx:fever", "sx:foot_drop"],
        ["onset=major_trauma", "sx:fever"],
        ["sx:saddle_numb"],
        ["sx:saddle_numb"],
        ["onset=gradual", "sx:fever", "sx:foot_drop"],
    ]
