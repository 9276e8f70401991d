# ruff: noqa: T201 - a report for people
"""Put one error of each rule's kind into sound documents and count how many the rule finds.

    python tests/benchmarks/seeded_errors.py [FOLDER ...] [--seeds N] [--rule NAME ...] [--write FILE] [-v]

The documents are small papers of the project's own, typeset by typst (tests/data/seeds, tests/data/rules/sound), and
every PDF under the folders. An error counts as found when its rule has a flag that the untouched document has not.
Prints a line a rule: errors put in, errors found, and the flags that the rule has in all untouched documents. With
`--write` the figures also go to a file, as JSON; `litcurate rules` shows those of curate/rules/measured.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from papers import paper, references, section, table  # noqa: E402
from seeding.editing import seeded, spread  # noqa: E402
from seeding.operators import OPERATORS  # noqa: E402 - found by the line above, as is the next

from curate.rules import RULES  # noqa: E402
from curate.rules.run import check  # noqa: E402
from extract.errors import DocumentError  # noqa: E402
from extract.pipeline import extract  # noqa: E402
from extract.records import Extraction  # noqa: E402

OWN = (ROOT / "tests" / "data" / "seeds", ROOT / "tests" / "data" / "rules" / "sound")


def own_papers() -> Iterator[tuple[str, Extraction]]:
    """Yield the project's own small papers."""
    for path in sorted(path for folder in OWN for path in folder.glob("*.toml")):
        with path.open("rb") as file:
            source = tomllib.load(file)
        parts = [section(one["heading"], *one["text"]) for one in source["section"]]
        parts += [table(one["label"], one["caption"], one["rows"], one["note"]) for one in source["table"]]
        if "references" in source:
            parts.append(references(*source["references"]))
        yield path.stem, paper(*parts, title=source["title"])


def papers_of(folders: Sequence[Path]) -> Iterator[tuple[str, Extraction]]:
    """Yield what is read from the PDFs under the folders; one that cannot be read is named and left out."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.pdf")):
        try:
            yield f"{path.parent.name}/{path.name}", extract(path)
        except DocumentError as error:
            print(error, file=sys.stderr)


def keys(extraction: Extraction, rule: str) -> set[str]:
    """Return the ids of the flags that a rule has in a document; raises where the rule failed."""
    checked = check(extraction, [(rule, RULES[rule])])
    if checked.counts[0].error:
        raise RuntimeError(f"{rule} failed: {checked.counts[0].error}")
    return {flag.id for flag in checked.flags}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where a rule has no operator."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", metavar="FOLDER", nargs="*", type=Path, help="folders of sound PDFs")
    parser.add_argument("--seeds", type=int, default=8, help="errors of a kind put into one document (default 8)")
    parser.add_argument("--rule", action="append", default=[], help="measure this rule alone (may be repeated)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each error that was not found")
    options = parser.parse_args(arguments)
    put_in, found, untouched = Counter[str](), Counter[str](), Counter[str]()
    rules = options.rule or list(RULES)
    documents = 0
    for name, extraction in (*own_papers(), *papers_of(options.folders)):
        documents += 1
        for rule in rules:
            before = keys(extraction, rule)
            untouched[rule] += len(before)
            for edit in spread(OPERATORS[rule](extraction), options.seeds) if rule in OPERATORS else ():
                put_in[rule] += 1
                caught = bool(keys(seeded(extraction.document, edit), rule) - before)
                found[rule] += caught
                if options.verbose and not caught:
                    text = extraction.document.text
                    was = text[max(0, edit.span.start - 50) : edit.span.end + 30].replace("\n", " ")
                    print(f"missed  {rule}  {name}: '{was}' with '{edit.new}'", file=sys.stderr)
    print(f"{'rule':30}{'put in':>8}{'found':>8}{'share':>8}{'flags untouched':>18}  ({documents} documents)")
    for rule in rules:
        share = f"{found[rule] / put_in[rule]:.2f}" if put_in[rule] else "-"
        print(f"{rule:30}{put_in[rule]:8}{found[rule]:8}{share:>8}{untouched[rule]:18}")
    if options.write:
        figures = {
            rule: {"put_in": put_in[rule], "found": found[rule], "untouched": untouched[rule], "documents": documents}
            for rule in rules
        }
        options.write.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    without = [rule for rule in rules if rule not in OPERATORS]
    if without:
        print(f"no operator for: {', '.join(without)}", file=sys.stderr)
    return 1 if without else 0


if __name__ == "__main__":
    sys.exit(main())
