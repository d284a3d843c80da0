"""The quick way through a YAML text gives what PyYAML gives, and says the same of mistakes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoup.library import read_texts
from recoup.library.texts import default_folder
from recoup.library.yaml_text import _parse_all, _Plain, parse

TEXTS = read_texts(default_folder())
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(SCALARS, inner), max_leaves=12
)
BITS = ("a", "b", "1", "0x1f", "1:30", "1e3", ".5", "yes", "no", "~", "null", "2026-03-02", "=",
        "<<", "'1'", '"a\\n"', ": ", ", ", "- ", "\n", "\n  ", "[", "]", "{", "}", "&x ", "*x",
        "!!str ", "!!int ", "!!set ", "? ", "|", ">", "#", "---\n", "...\n", "%", "é")
UNUSUAL = {
    "an anchor": "a: &x [1]\nb: *x\n",
    "an alias alone": "a: *x\n",
    "a tag": "a: !!str 5\n",
    "an unknown tag": "a: !mine 5\n",
    "a date": "a: 2026-03-02\n",
    "a merge": "a: {<<: {b: 1}, c: 2}\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "a key twice": "a: 1\nb: {c: 1, c: 2}\na: 3\n",
    "keys alike": "1: a\n1.0: b\ntrue: c\n",
    "a list as key": "? [1]\n: 2\n",
    "no end": "a: [1, 2\n",
    "a tab": "a:\n\tb: 1\n",
    "nothing": "",
    "a comment": "# nothing\n",
    "a control sign": "a: \x07\n",
}


@pytest.mark.parametrize("file", TEXTS)
def test_every_text_of_the_library_goes_the_quick_way(file):
    data = _Plain(TEXTS[file]).data()
    assert repr(data) == repr(yaml.load(TEXTS[file], yaml.CSafeLoader))


@given(DATA)
def test_whatever_is_written_is_read_back(data):
    text = yaml.safe_dump(data, allow_unicode=True)
    assert repr(parse("some.yaml", text)[0]) == repr(yaml.load(text, yaml.CSafeLoader))


@settings(max_examples=500)
@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
@example("a: 'b'\n")
def test_any_text_has_the_same_data_and_problems_both_ways(text):
    try:
        expected = _parse_all("some.yaml", text)
    except Exception as error:  # what PyYAML itself stumbles over
        with pytest.raises(type(error)):
            parse("some.yaml", text)
    else:
        assert repr(parse("some.yaml", text)) == repr(expected)


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_unusual_goes_the_whole_way(text):
    assert repr(parse("some.yaml", text)) == repr(_parse_all("some.yaml", text))
