# ruff: noqa: T201 - a command
"""Set one article in the style of a seed: PYTHONPATH=tests python -m press --article A --seed N --output FOLDER."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from press.article import Article, ArticleError, load, names
from press.chromium_setter import PressError
from press.gold_folder import articles_in
from press.setters import write_article
from press.style import PRODUCERS, draw, possible, varied


def article_named(name: str, folder: Path | None) -> Article:
    """Return an article of the press, or of a folder of gold; raises `ArticleError` where there is none."""
    if folder is None:
        return load(name)
    found = [article for article in articles_in(folder) if article.name == name]
    if not found:
        raise ArticleError(f"{folder}: no article {name}")
    return found[0]


def main() -> int:
    """Write the PDF and its gold, print the style."""
    parser = argparse.ArgumentParser(prog="press", description=__doc__)
    parser.add_argument("--article", required=True, help=f"one of {', '.join(names())}, or one of --articles")
    parser.add_argument("--articles", type=Path, help="a folder of articles with gold")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--producer", choices=PRODUCERS)
    parser.add_argument("--trait", action="append", default=[], metavar="NAME=ALTERNATIVE", help="set a trait by hand")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    style = draw(options.seed, (options.producer,) if options.producer else PRODUCERS)
    try:
        style = possible(varied(style, **dict(trait.split("=", 1) for trait in options.trait)))
        pdf = write_article(article_named(options.article, options.articles), style, options.output)
    except (ArticleError, PressError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(pdf, *(f"{trait}={kind}" for trait, kind in asdict(style).items()), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
