"""Run every measurement and print it beside its limit.

    python -m bench            all of them
    python -m bench library    one group: library, decisions, simulation, pages, films,
                              long-films, likeness, renderer
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from bench import (
    decisions,
    films,
    library,
    likeness,
    long_films,
    pages,
    renderer,
    simulation,
)
from bench.figure import Figure

GROUPS: dict[str, Callable[[], Iterable[Figure]]] = {
    "library": library.measure,
    "decisions": decisions.measure,
    "simulation": simulation.measure,
    "pages": pages.measure,
    "films": films.measure,
    "long-films": long_films.measure,
    "likeness": likeness.measure,
    "renderer": renderer.measure,
}


def main(wanted: list[str]) -> int:
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        print(f"No such group: {', '.join(unknown)}. Choose from: {', '.join(GROUPS)}.")
        return 2
    print(f"{'what':44}{'figure':>12}{'goal':>12}  ratio")
    for name in wanted or GROUPS:
        for figure in GROUPS[name]():
            print(figure)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
