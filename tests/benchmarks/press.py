# ruff: noqa: T201 - a report for people
"""Measure the reading of articles that are set in styles drawn at random.

    python tests/benchmarks/press.py [--styles 200] [--seed N] [--articles FOLDER] [--score SCOREDIR] [--producers ...]

Each style sets one article, the articles in turn. FOLDER holds articles with gold (see tests/press/gold_folder.py);
without it the press's own are set. SCOREDIR holds the scorers `tables.py`, `text.py` and `references.py`; without it
the press compares by itself.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # before this file's own folder: `press` is the package

from press.article import Article, load, names
from press.bench import MEASURES, Figures, measure
from press.gold_folder import articles_in
from press.setters import installed
from press.style import PRODUCERS, TRAITS, Style, draw
from rich.console import Console
from rich.progress import track

PROCESSES = 2
FEWEST = 4  # styles with a trait, and without it, to tell what it costs
SHOWN = 25
WORST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An article to be set in the style of a seed."""

    article: Article
    style: Style
    scorers: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    article: str
    style: Style
    figures: Figures


def run(job: Job) -> Result:
    """Measure one style; what could not be set or read is a figure of nought with its error."""
    try:
        figures = measure(job.article, job.style, scorers=job.scorers)
    except Exception as error:  # noqa: BLE001 - counted and shown below
        figures = Figures(error=f"{type(error).__name__}: {str(error)[:200]}")
    return Result(article=job.article.name, style=job.style, figures=figures)


def lowest_tenth(shares: Sequence[float]) -> float:
    """Return the mean of the lowest tenth of the shares."""
    return mean(sorted(shares)[: max(1, len(shares) // 10)])


def known(results: Iterable[Result], name: str) -> list[float]:
    """Return the shares of one measure, of the results that have it."""
    shares = (getattr(result.figures, name) for result in results)
    return [share for share in shares if share is not None]


def print_shares(title: str, results: Sequence[Result], groups: Callable[[Result], str]) -> None:
    """Print the means of all measures, and their lowest tenths, by group."""
    of_group: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        of_group[groups(result)].append(result)
    print(f"\n| {title:22} | styles |", *(f"{name} (lowest tenth) |" for name in MEASURES))
    print(f"|{'-' * 24}|{'-' * 8}|{'|'.join('-' * (len(name) + 18) for name in MEASURES)}|")
    for group, some in sorted(of_group.items()):
        row = [
            f"{mean(shares):.3f} ({lowest_tenth(shares):.2f})" if (shares := known(some, name)) else ""
            for name in MEASURES
        ]
        print(
            f"| {group:22} | {len(some):6} |",
            *(f"{text:>{len(name) + 15}} |" for name, text in zip(MEASURES, row, strict=True)),
        )


def costs(results: Sequence[Result]) -> list[tuple[float, str, int, dict[str, float]]]:
    """Return for each alternative of a trait its mean with it less the mean without it, the costliest first."""
    out = []
    for trait, kinds in {**TRAITS, "producer": PRODUCERS}.items():
        for kind in dict.fromkeys(kinds):
            having = [result for result in results if getattr(result.style, trait) == kind]
            lacking = [result for result in results if getattr(result.style, trait) != kind]
            if min(len(having), len(lacking)) < FEWEST:
                continue
            overall = mean(one.figures.mean for one in having) - mean(one.figures.mean for one in lacking)
            each = {
                name: mean(ours) - mean(others)
                for name in MEASURES
                if (ours := known(having, name)) and (others := known(lacking, name))
            }
            out.append((overall, f"{trait}={kind}", len(having), each))
    return sorted(out, key=lambda one: one[0])


def print_costs(results: Sequence[Result]) -> None:
    """Print the alternatives that cost most overall, and for each measure the five that cost it most."""
    found = costs(results)
    print(f"\nWhat costs most: mean with the trait less mean without it\n\n| {'trait':36} | styles | overall |", end="")
    print(*(f" {name} |" for name in MEASURES), sep="")
    print(f"|{'-' * 38}|--------|---------|{'|'.join('-' * (len(name) + 2) for name in MEASURES)}|")
    for overall, trait, count, each in found[:SHOWN]:
        shown = (f" {each.get(name, 0.0):+{len(name)}.2f} |" for name in MEASURES)
        print(f"| {trait:36} | {count:6} | {overall:+7.3f} |", *shown, sep="")
    for name in MEASURES:
        worst = sorted((each[name], trait) for _, trait, _, each in found if name in each)[:5]
        print(f"{name:12}", ", ".join(f"{trait} {cost:+.2f}" for cost, trait in worst))


def print_flags(results: Sequence[Result]) -> None:
    """Print for each article in how many of its styles its flags are those of most of its styles."""
    print("\nFlags: an article's are those that stand in more than half of its styles\n")
    by_article: dict[str, list[frozenset[str]]] = defaultdict(list)
    for result in results:
        if not result.figures.error:
            by_article[result.article].append(result.figures.flags)
    for article, flags in sorted(by_article.items()):
        counted = Counter(flag for some in flags for flag in some)
        usual = {flag for flag, count in counted.items() if count * 2 > len(flags)}
        same = sum(some == usual for some in flags)
        missing = mean(len(usual - some) for some in flags)
        more = mean(len(some - usual) for some in flags)
        print(
            f"{article:18} {len(usual):3} flags; the same in {same} of {len(flags)} styles ({same / len(flags):.2f}); "
            f"a style misses {missing:.1f} and has {more:.1f} more"
        )


def print_worst(results: Sequence[Result], folder: Path | None) -> None:
    """Print the commands that set the worst styles again."""
    print(f"\nThe {WORST} worst, each to be set again by one command:\n")
    for result in sorted(results, key=lambda one: one.figures.mean)[:WORST]:
        style = result.style
        shares = " ".join(
            f"{name} {share:.2f}" for name in MEASURES if (share := getattr(result.figures, name)) is not None
        )
        print(f"# {shares} {result.figures.error}")
        more = f" --articles {folder}" if folder else ""
        print(
            f"PYTHONPATH=tests .venv/bin/python -m press{more} --article {result.article} --seed {style.seed} "
            f"--producer {style.producer} --output /tmp/press/{result.article}-{style.seed}"
        )


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", type=int, default=200)
    parser.add_argument("--seed", help="a fresh one is drawn without it")
    parser.add_argument("--articles", type=Path, help="a folder of articles with gold")
    parser.add_argument("--score", type=Path, help="the folder of the scorers")
    parser.add_argument("--producers", nargs="+", choices=PRODUCERS, help="those that are installed, without it")
    options = parser.parse_args()
    seed = options.seed or str(random.SystemRandom().randrange(10**6))
    there = tuple(options.producers or installed())
    print(f"seed {seed}; producers: {', '.join(there)}")
    for missing in sorted(set(PRODUCERS) - set(there)):
        print(f"NOT MEASURED: {missing} is not installed, or was left out; its styles are set by the others")
    articles = articles_in(options.articles) if options.articles else [load(name) for name in names()]
    if not articles:
        parser.error(f"{options.articles}: no folder here has a sentences.json")
    jobs = [
        Job(article=articles[n % len(articles)], style=draw(f"{seed}-{n}", there), scorers=options.score)
        for n in range(options.styles)
    ]
    console = Console(stderr=True, force_terminal=None if sys.stderr.isatty() else False)
    with ProcessPoolExecutor(min(PROCESSES, os.cpu_count() or 1)) as pool:
        results = list(track(pool.map(run, jobs), "setting and reading", total=len(jobs), console=console))
    failed = [result for result in results if result.figures.error]
    print(f"{len(articles)} articles in {len(results)} styles; {len(failed)} could not be set or read")
    print_shares("all", results, lambda _: "all")
    print_shares("producer", results, lambda result: result.style.producer)
    print_shares("article", results, lambda result: result.article)
    print_costs(results)
    print_flags(results)
    print_worst(results, options.articles)


if __name__ == "__main__":
    main()
