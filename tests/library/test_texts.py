from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import recoup.library
from recoup.library import read_texts, version_of
from recoup.library.texts import default_folder

some_texts = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4)


@given(some_texts, some_texts)
def test_the_version_is_the_content_and_nothing_else(one, other):
    assert (version_of(one) == version_of(other)) == (one == other)
    assert version_of(dict(reversed(one.items()))) == version_of(one)


def test_texts_are_named_by_their_path(tmp_path):
    (tmp_path / "rules" / "red-flags").mkdir(parents=True)
    (tmp_path / "rules" / "red-flags" / "spine.yaml").write_text("id: spine\n", encoding="utf-8")
    (tmp_path / "rules" / "notes.txt").write_text("no", encoding="utf-8")
    assert read_texts(tmp_path) == {"rules/red-flags/spine.yaml": "id: spine\n"}


def test_a_clone_reads_its_own_library():
    assert (default_folder() / "vocabulary" / "answers.yaml").is_file()


def test_the_api_is_what_it_says():
    public = recoup.library.__all__
    assert list(public) == sorted(public)
    assert all(hasattr(recoup.library, name) for name in public)
