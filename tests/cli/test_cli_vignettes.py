"""``recoup vignettes``: the shares by region, with their intervals and the caveat."""

from __future__ import annotations

from cli.running import answer, run


def test_the_json_has_every_measure_of_every_region_and_the_caveat():
    said = answer("vignettes", "--json")
    assert "not measure accuracy" in said["caveat"]
    assert said["vignettes"] >= 120
    assert len(said["regions"]) == 12
    for region in said["regions"].values():
        for measure in said["measures"]:
            share = region[measure]
            assert share["hits"] <= share["total"]
            assert share["interval_95"][0] <= share["share"] <= share["interval_95"][1]
    assert all(one["known"] for one in said["disagreements"])


def test_people_get_a_table_and_the_caveat():
    result = run("vignettes")
    assert result.exit_code == 0
    for word in ("lumbar", "sensitivity", "Wilson", "not measure accuracy", "disagreements"):
        assert word in result.stdout
