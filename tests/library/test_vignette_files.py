"""Reading vignettes: a mistake is told with its file, its line and what to do."""

from __future__ import annotations

import pytest

from recoup.library import LibraryError, check, read_vignettes

GOOD = """id: elbow
vignettes:
  - id: sore-elbow
    kind: typical
    story: A man of 40 has a sore elbow.
    answers:
      age: 40
      sites: [elbow_outer]
    expect:
      urgency: self_manage
      action: pause
      flags: [RF-SY-12]
      first: tennis-elbow
    why: It is unfinished.
"""


def read(library, text, name="elbow"):
    return read_vignettes({f"vignettes/{name}.yaml": text}, library)


def test_a_vignette_is_read_whole(library):
    (one,) = read(library, GOOD)
    assert (one.id, one.region, str(one.kind)) == ("sore-elbow", "elbow", "typical")
    assert one.answers.numbers == {"age": 40}
    assert one.answers.sites == {"elbow_outer"}
    assert one.expected.urgency.word == "self_manage"
    assert one.expected.action.word == "pause"
    assert (one.expected.flags, one.expected.first) == (("RF-SY-12",), "tennis-elbow")
    assert one.disagrees is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: elbow", "id: elbows", 1, "not the file's name"),
        ("kind: typical", "kind: typicol", 4, "Did you mean typical?"),
        ("elbow_outer", "elbow_outher", 6, "Did you mean elbow_outer?"),
        ("urgency: self_manage", "urgency: self_managed", 10, "Did you mean self_manage?"),
        ("action: pause", "action: paus", 11, "Did you mean pause?"),
        ("RF-SY-12", "RF-SY-122", 12, "RF-SY-122 is not known"),
        ("tennis-elbow", "tenis-elbow", 13, "Did you mean tennis-elbow?"),
        ("why: It", "wy: It", None, "missing"),
        ("id: sore-elbow", "id: Sore Elbow", 3, "kebab-case"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(library, old, new, line, said):
    with pytest.raises(LibraryError) as caught:
        read(library, GOOD.replace(old, new, 1))
    told = [one for one in caught.value.problems if said in str(one)]
    assert told, str(caught.value)
    assert line is None or told[0].line == line


def test_two_vignettes_of_one_name_are_told(library):
    twice = {f"vignettes/{name}.yaml": GOOD.replace("id: elbow", f"id: {name}")
             for name in ("elbow", "hand")}
    with pytest.raises(LibraryError, match="sore-elbow stands twice"):
        read_vignettes(twice, library)


def test_the_check_of_the_library_reads_them_too(library, texts):
    broken = {**texts, "vignettes/elbow.yaml": GOOD.replace("RF-SY-12", "RF-XX-1")}
    assert any("RF-XX-1" in str(problem) for problem in check(library, broken))
