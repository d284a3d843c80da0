"""``recoup simulate``: people who do not exist live through their programs by the real rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoup.cli.streams import FAILED_CHECK, print_json

if TYPE_CHECKING:
    from recoup.lab.simulation import Run

CAVEAT = (
    "This tests the rules, not medicine. The people and their pain are made up: what happened to "
    "them says nothing about what would happen to anybody."
)


def simulate(
    people: Annotated[int, typer.Option(min=1, help="How many people.")] = 200,
    weeks: Annotated[int, typer.Option(min=1, max=104, help="Weeks of each at most.")] = 12,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same people.")] = 1,
    person: Annotated[int | None, typer.Option(min=0, help="Live this one alone again.")] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes at once.")] = 2,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Try the rules on made-up people, and say which invariants they broke, if any."""
    from recoup.lab.simulation import again, simulate

    if person is None:
        run = simulate(people, weeks, seed, processes=processes)
    else:
        run = again(seed, person, weeks)
    if json:
        print_json(_document(run))
    else:
        for line in _lines(run):
            typer.echo(line)
    if run.outcomes.broken_by:
        raise typer.Exit(FAILED_CHECK)


def _document(run: Run) -> dict[str, Any]:
    outcomes = run.outcomes
    return {
        "caveat": CAVEAT,
        "person_weeks": outcomes.person_weeks,
        "decisions": outcomes.decisions,
        "seconds": round(run.seconds, 2),
        "cpu_seconds": round(run.cpu_s, 2),
        "broken": [
            {"invariant": one.invariant, "seed": one.seed, "person": one.person, "day": one.day,
             "what": one.what}
            for one in outcomes.broken
        ],
        "outcomes": outcomes.document(),
    }


def _lines(run: Run) -> Iterable[str]:
    from recoup.lab.outcomes import lines

    outcomes = run.outcomes
    yield f"{outcomes.people} people, {outcomes.person_weeks:.0f} person-weeks."
    yield (
        f"{outcomes.decisions} sessions planned in {run.seconds:.1f} s "
        f"({run.cpu_s:.1f} s of processor time)."
    )
    yield from lines(outcomes)
    for name, many in sorted(outcomes.broken_by.items()):
        yield f"BROKEN {name}: {many} times"
    for one in outcomes.broken[:20]:
        yield (
            f"  {one.invariant}: --seed {one.seed} --person {one.person}, day {one.day}: {one.what}"
        )
    if not outcomes.broken_by:
        yield "No invariant was broken."
    yield CAVEAT
