"""How many small faults put into the logic of a module its tests notice: a sampled mutation run (`make bench-mutants`).

cosmic-ray makes the mutants: comparisons turned round, conditions negated, 'and' for 'or', numbers off by one. The
tests of a module run on a copy of the project until the first fails; a mutant that no test notices survived. Left out
are those that change nothing (the arguments of `@dataclass`, '==' for 'is'). Mutants of word lists are not made:
`test_word_lists` and `test_alterations` hold each entry to its case.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[2]
SECONDS = 240  # a mutant that runs longer is noticed
MODULES = {
    "curate/review/agreement.py": ["tests/curate/test_agreement.py"],
    "curate/rules/checks/numbers/p_value_interval.py": ["tests/curate/rules/test_p_value_interval.py"],
    "curate/rules/checks/numbers/count_percent.py": ["tests/curate/rules/test_count_percent.py"],
    "curate/rules/checks/results/phase_conflict.py": ["tests/curate/rules/test_phase_conflict.py"],
    "curate/rules/shared/statements.py": ["tests/curate/rules/test_statements.py"],
    "curate/store/schema.py": ["tests/curate/test_schema.py", "tests/curate/test_independence.py"],
    "extract/claims/merge.py": ["tests/extract/test_forming.py", "tests/claims"],
    "extract/claims/trial_result/outcomes.py": ["tests/claims/test_trial_result.py"],
    "extract/mentions/assertion.py": ["tests/extract/test_assertion.py"],
    "extract/tables/rows.py": ["tests/extract/test_tables.py", "tests/extract/test_tables_invariants.py"],
}
_OPERATORS = (
    "ReplaceComparisonOperator",
    "AddNot",
    "ReplaceAnd",
    "ReplaceOr",
    "NumberReplacer",
    "ReplaceTrue",
    "ReplaceFalse",
)
_IDENTITY = "core/ReplaceComparisonOperator_Is"
_NO_LOGIC = ("@dataclass", "@cache")
_EQUAL = ("_Is", "_IsNot")  # as good as the same for the values that are compared here


def mutants(code: str) -> list[tuple[str, int]]:
    """Return the operators and occurrences by which a module can be mutated."""
    found = []
    for name in operator_names():
        usable = name.removeprefix("core/").startswith(_OPERATORS) and not name.startswith(_IDENTITY)
        if usable and not name.endswith(_EQUAL):
            occurrence = 0
            while (mutated := mutate_code(code, get_operator(name)(), occurrence)) is not None:
                if _changes_logic(code, str(mutated)):
                    found.append((name, occurrence))
                occurrence += 1
    return found


def _changes_logic(code: str, mutated: str) -> bool:
    pairs = zip(code.splitlines(), mutated.splitlines(), strict=False)
    changed = next((line for line, other in pairs if line != other), "")
    return not changed.lstrip().startswith(_NO_LOGIC)


def survives(copy: Path, module: str, mutated: str, tests: list[str]) -> bool:
    """Say whether the tests pass on a copy of the project with one module mutated."""
    place = copy / module
    whole = place.read_text(encoding="utf-8")
    place.write_text(mutated, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    paths = "/usr/local/bin:/usr/bin:/bin"
    alone = {"PYTHONPATH": str(copy), "PATH": paths, "HOME": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(command, cwd=copy, env=alone, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    finally:
        place.write_text(whole, encoding="utf-8")
    return run.returncode == 0


def measured(modules: dict[str, list[str]], sample: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """Yield, for each module, how many of how many sampled mutants its tests noticed; survivors go to stderr."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("extract", "curate", "corpus", "tests", "docs"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "Makefile"):
            shutil.copy(ROOT / name, copy / name)
        for module, tests in modules.items():
            code = (ROOT / module).read_text(encoding="utf-8")
            every = mutants(code)
            chosen = draw.sample(every, min(sample, len(every)))
            killed = 0
            for operator, occurrence in chosen:
                mutated = mutate_code(code, get_operator(operator)(), occurrence)
                if survives(copy, module, str(mutated), tests):
                    click.echo(f"survived: {module} {operator} {occurrence}", err=True)
                else:
                    killed += 1
            yield module, killed, len(chosen)


def main() -> None:
    """Print the share of noticed mutants by module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sample", type=int, default=12, help="mutants a module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("modules", nargs="*", help="of those that are listed; all, if none is named")
    given = parser.parse_args()
    chosen = {name: tests for name, tests in MODULES.items() if not given.modules or name in given.modules}
    total = killed = 0
    for module, noticed, made in measured(chosen, given.sample, given.seed):
        total, killed = total + made, killed + noticed
        click.echo(f"{module:60} {noticed}/{made}")
    click.echo(f"{'all':60} {killed}/{total} = {killed / max(1, total):.2f}")


if __name__ == "__main__":
    main()
