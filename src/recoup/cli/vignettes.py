"""``recoup vignettes``: our own stories held against the rules, in shares by region."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoup.cli.streams import FAILED_CHECK, fail, load_library, print_json

if TYPE_CHECKING:
    from recoup.lab.vignettes import Share, Verdict
    from recoup.model.content import Library


def vignettes(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Say which stories fire which rule, as a "
                                                        "table in Markdown.")] = False,
) -> None:
    """Say how far the rules agree with our own stories, by region, and where they do not."""
    from recoup.lab.vignettes import judge
    from recoup.library import LibraryError, read_texts, read_vignettes
    from recoup.library.texts import default_folder

    library = load_library()
    try:
        stories = read_vignettes(read_texts(default_folder()), library)
    except LibraryError as error:
        fail(error.problems)
    verdicts = [judge(story, library) for story in stories]
    if json:
        print_json(_document(verdicts))
    else:
        for line in _rules(verdicts, library) if rules else _lines(verdicts):
            typer.echo(line)
    if any(verdict.surprising for verdict in verdicts):
        raise typer.Exit(FAILED_CHECK)


def _document(verdicts: list[Verdict]) -> dict[str, Any]:
    from recoup.lab.vignettes import CAVEAT, MEASURES, by_region

    return {
        "caveat": CAVEAT,
        "vignettes": len(verdicts),
        "measures": {measure.name: measure.meaning for measure in MEASURES},
        "regions": {
            region: {"vignettes": len(some)}
            | {measure.name: _share(measure.of(some)) for measure in MEASURES}
            for region, some in by_region(verdicts).items()
        },
        "disagreements": [
            {
                "vignette": one.vignette.id,
                "how": list(one.disagreements),
                "known": one.vignette.disagrees,
            }
            for one in verdicts if one.disagreements or one.surprising
        ],
    }


def _share(share: Share) -> dict[str, Any]:
    interval = share.interval()
    return {
        "hits": share.hits,
        "total": share.total,
        "share": None if share.value is None else round(share.value, 4),
        "interval_95": None if interval is None else [round(limit, 4) for limit in interval],
    }


def _lines(verdicts: list[Verdict]) -> Iterable[str]:
    from recoup.lab.vignettes import CAVEAT, MEASURES, by_region

    yield f"{'region':<14}{'stories':>8}" + "".join(f"{m.name:>24}" for m in MEASURES)
    for region, some in by_region(verdicts).items():
        cells = "".join(f"{_cell(measure.of(some)):>24}" for measure in MEASURES)
        yield f"{region:<14}{len(some):>8}{cells}"
    yield ""
    yield from (f"{measure.name}: {measure.meaning}." for measure in MEASURES)
    yield "In brackets: 95 % confidence interval (Wilson), in percent."
    yield CAVEAT
    known = [one for one in verdicts if one.disagreements]
    yield f"{len(verdicts)} stories, {len(known)} disagreements."
    for one in (one for one in verdicts if one.disagreements or one.surprising):
        how = "; ".join(one.disagreements) or "agrees, though it is marked as disagreeing"
        yield f"{one.vignette.id}: {how}. {one.vignette.disagrees or 'No reason is written.'}"


def _rules(verdicts: list[Verdict], library: Library) -> Iterable[str]:
    from recoup.lab.vignettes import coverage

    yield "| rule | urgency | fires in | must stay quiet in | stories that expect it |"
    yield "| --- | --- | ---: | ---: | --- |"
    for one in coverage(verdicts, library):
        stories = ", ".join(one.expected)
        yield f"| {one.rule} | {one.urgency} | {one.fires} | {one.quiet} | {stories} |"


def _cell(share: Share) -> str:
    interval = share.interval()
    if interval is None:
        return "-"
    low, high = (100 * limit for limit in interval)
    return f"{share.hits}/{share.total} ({low:.0f}-{high:.0f})"
