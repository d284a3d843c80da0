"""Faults planted in a copy of the library's motions: each is told with file, line and mend."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from cli.running import complaints
from figures import HOME

from recoup.library import read_texts
from recoup.library.motions import read_motions

LIBRARY = Path(__file__).parents[2] / "library"


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("RECOUP_HOME", str(HOME))
    shutil.copytree(LIBRARY / "motions", tmp_path / "motions")
    return tmp_path


def plant(library, file, old, new):
    """Replace the first ``old`` of a file, where # is any number; return its line, from 1."""
    path = library / "motions" / f"{file}.yaml"
    text = path.read_text()
    found = re.search(re.escape(old).replace(r"\#", r"-?[\d.]+"), text)
    assert found, (file, old)
    path.write_text(text[: found.start()] + new + text[found.end() :])
    return text[: found.start()].count("\n") + 1


FAULTS = {
    "an impossible angle": ("cat-camel", "lumbar_flexion: #", "lumbar_flexion: 90",
     "positions.rounded.angles.lumbar_flexion: lumbar_flexion 90 is beyond what the joint can do. "
     "Write an angle from -35 to 58 degrees."),
    "an impossible angle of one side": ("marching-bridge", "knee_flexion: {left: #}",
     "knee_flexion: {left: 195}",
     "positions.left-foot-up.angles.knee_flexion.left: knee_flexion 195 is beyond what the joint "
     "can do. Write an angle from 0 to 160 degrees."),
    "an unknown joint": ("cat-camel", "thoracic_flexion: #", "thorasic_flexion: 16",
     "thorasic_flexion is no angle. Did you mean thoracic_flexion?"),
    "sides of the spine": ("cat-camel", "lumbar_flexion: #", "lumbar_flexion: {left: 38}",
     "lumbar_flexion has no sides. Write one number."),
    "an angle that is no number": ("cat-camel", "lumbar_flexion: #", "lumbar_flexion: .nan",
     "lumbar_flexion nan is beyond what the joint can do."),
    "an unknown point": ("childs-pose", "forehead: {", "forhead: {",
     "positions.child.touches.forhead: forhead is no point of the body. Did you mean forehead?"),
    "an unknown point to hold": ("single-knee-to-chest", "to: thigh_out_left", "to: thihg_out_left",
     "thihg_out_left is not one point of the body. Did you mean thigh_out_left?"),
    "a hold on both sides at once": ("single-knee-to-chest", "to: thigh_out_left", "to: thigh_out",
     "thigh_out is not one point of the body. Did you mean thigh_out_left?"),
    "an unknown prop": ("cat-camel-sitting", "kind: chair", "kind: chiar",
     "props[0].kind: There is no prop chiar. Did you mean chair?"),
    "an unknown face of a prop": ("ninety-ninety-rest", "against: pillow", "against: pilow",
     "No prop has a face pilow. Did you mean pillow?"),
    "a prop under nothing known": ("peanut-ball-at-wall", "under: low_back", "under: lowback",
     "props[1].under: lowback is no point of the body. Did you mean low_back?"),
    "an unknown position": ("bridge", "to: bridge", "to: brigde",
     "cycle[0].to: brigde is no position. Did you mean bridge?"),
    "an unknown move": ("bridge", "move: bend-knees", "move: bend-kneees",
     "get_in[0].move: bend-kneees is no move. Did you mean bend-knees?"),
    "a phase that goes nowhere": ("bridge", "{to: bridge, s: #,", "{s: 2,",
     "cycle[0]: A phase goes to a position or makes a move. Write either to or move."),
    "a claim about no place": ("bridge", "knee_right]", "nee_right]",
     "claims[0].of[2]: There is no place of the body nee_right. Did you mean knee_right?"),
    "a claim about no angle": ("cat-camel", "of: [elbow_flexion_left]", "of: [elbow_flexion]",
     "of[0]: There is no angle elbow_flexion. Did you mean elbow_flexion_left?"),
    "a claim about too few places": ("bridge", "hip_right, ", "",
     "claims[0].of: line is measured of 3 places, and here are 2."),
    "a claim of nothing measured": ("bridge", "measure: line", "measure: lin",
     "claims[0].measure: lin is not measured. Did you mean line?"),
    "a claim at no position": ("bridge", "at: bridge, most", "at: brige, most",
     "claims[0].at: brige is not reached. Did you mean bridge?"),
    "a claim that nothing meets": ("both-knees-to-chest", "least: #, most: #",
     "least: 40, most: 35", ": least is more than most: nothing can meet it."),
    "a cycle that does not close": ("bridge",
     "{to: hook-lying, s: #, hold_s: #, breathe: in}", "{to: lying, s: 2.4}",
     "cycle[1]: The cycle begins in hook-lying, where get_in ends, and ends in lying. "
     "End it with {to: hook-lying}"),
    "an unknown view": ("bridge", "side]", "sied]",
     "views[1]: sied is no view. Did you mean side?"),
    "an unknown target": ("bridge", "hamstrings", "hamstring",
     "target[1]: hamstring is no target. Did you mean hamstrings?"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_file_its_line_and_what_to_do(library, file, old, new, said):
    line = plant(library, file, old, new)
    told = complaints("motion", "check", file, "--library", library)
    assert len(told) == 1, told
    place, _, text = told[0].partition(": ")
    assert place == f"motions/{file}.yaml:{line}"
    assert said in text


def test_a_missing_prop_is_told_where_the_motion_needs_it(library):
    plant(library, "chair-roll-down", "props: [{kind: chair, at: [0, 0, #]}]", "props: []")
    told = complaints("motion", "check", "chair-roll-down", "--library", library)
    assert told == [
        f"motions/chair-roll-down.yaml:{line}: {path}: {name} touches seat, and no prop has it. "
        "Add to props: {kind: chair}."
        for line, path, name in ((25, "cycle[0]", "hanging"), (28, "cycle[3]", "sitting-wide"))
    ]


def test_a_fault_of_a_shared_position_is_told_where_it_stands(library):
    line = plant(library, "positions", "knee_flexion: #", "knee_flexion: 202")
    (told,) = complaints("motion", "check", "bridge", "--library", library)
    assert told.startswith(f"motions/positions.yaml:{line}: positions.lying.angles.knee_")


def test_a_fault_of_a_shared_move_is_told_once_however_many_motions_make_it(library):
    line = plant(library, "moves", "to: lying, s: #", "to: laying, s: 1")
    (told,) = complaints("motion", "check", "--library", library)
    assert told.startswith(f"motions/moves.yaml:{line}: moves.bend-knees[0].to: laying is no")


def test_a_position_like_one_below_it_is_told_to_change_places(library):
    plant(library, "positions", "    facing: up\n", "    like: bridge\n")
    told = complaints("motion", "check", "bridge", "--library", library)
    said = "lying.like: lying is like bridge, which stands below it. Write bridge first."
    assert any(one.endswith(said) for one in told)


def test_all_faults_of_all_files_are_told_at_once(library):
    names = ("an impossible angle", "an unknown point to hold", "an unknown position",
             "a claim about no place", "a claim that nothing meets")  # fmt: skip
    for file, old, new, _ in (FAULTS[name] for name in names):
        plant(library, file, old, new)
    told = complaints("motion", "check", "--library", library)
    assert len(told) == 5
    assert {one.split(":")[0] for one in told} == {
        f"motions/{name}.yaml"
        for name in ("both-knees-to-chest", "bridge", "cat-camel", "single-knee-to-chest")
    }


def test_broken_shared_text_is_told_alone(library):
    line = plant(library, "positions", "like: hook-lying", "like: [hook-lying")
    told = complaints("motion", "check", "--library", library)
    assert len(told) == 1
    assert told[0].startswith("motions/positions.yaml:")
    assert int(told[0].split(":")[1]) >= line


def test_an_unknown_motion_or_body_is_told_with_the_nearest(library):
    (told,) = complaints("motion", "check", "brigde", "--library", library)
    assert told == "There is no motion brigde. Did you mean bridge?"
    (told,) = complaints("motion", "check", "bridge", "--body", "womam", "--library", library)
    assert told == "There is no body womam. Did you mean woman?"


def test_another_motions_fault_does_not_stop_this_one(library):
    plant(library, "cat-camel", "lumbar_flexion: #", "lumbar_flexion: 90")
    assert list(read_motions(read_texts(library), only=["bridge"])) == ["bridge"]


def test_a_contact_out_of_reach_is_told_with_its_line_and_how_far(library):
    line = plant(library, "single-knee-to-chest", "to: thigh_out_left, offset_mm: [-7",
                 "to: toe_right, offset_mm: [-7")  # fmt: skip
    told = complaints("motion", "check", "single-knee-to-chest", "--body", "woman",
                      "--library", library)  # fmt: skip
    assert told[0].startswith(f"motions/single-knee-to-chest.yaml:{line}: positions.knee-held.")
    assert re.search(r"palm_left does not reach toe_right: \d+ mm short in knee-", told[0])
    assert "or let it go: palm_left: free." in told[0]


@pytest.mark.parametrize("fault", ["an impossible angle", "an unknown view"])
def test_a_fault_leaves_the_sheet_as_it_was(library, tmp_path, fault):
    file, old, new, said = FAULTS[fault]
    plant(library, file, old, new)
    sheet = tmp_path / "sheet.png"
    sheet.write_bytes(b"the last good one")
    told = complaints("motion", "sheet", file, "-o", sheet, "--library", library)
    assert said in told[0]
    assert sheet.read_bytes() == b"the last good one"
    assert {one.name for one in tmp_path.iterdir()} == {"motions", "sheet.png"}


def test_a_sheet_that_cannot_be_written_is_told_before_any_work(library, tmp_path):
    (told,) = complaints("motion", "sheet", "bridge", "-o", tmp_path / "sheet.txt")
    assert "no picture is written as that" in told
    (told,) = complaints("motion", "sheet", "bridge", "-o", tmp_path / "nowhere" / "sheet.png")
    assert "is no folder" in told
