"""Genes by the names that articles use."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.genes import gene, genes_named, names
from corpus.resources import rows

NAMES = [tuple(row) for row in rows((Path(__file__).parents[1] / "data/corpus/gene_names.tsv").read_text("utf-8"))]


@pytest.mark.parametrize(("name", "symbol"), NAMES)
def test_name_means_the_gene(name: str, symbol: str) -> None:
    found = gene(name)
    assert (found.symbol if found else "") == symbol


def test_record_of_a_gene() -> None:
    alk = gene("ALK")
    assert alk is not None
    assert alk.hgnc_id == "HGNC:427"
    assert alk.name == "ALK receptor tyrosine kinase"
    assert alk.uniprot == ("Q9UM73",)
    assert "CD246" in alk.aliases


def test_approved_symbol_beats_the_alias_of_another_gene() -> None:
    # TTF1 is the symbol of one gene and an alias of another; ALK1 is an alias of three.
    assert [found.symbol for found in genes_named("TTF1")] == ["TTF1"]
    assert {found.symbol for found in genes_named("ALK1")} == {"ACVRL1", "ALK", "SLPI"}


def test_lexicon_leaves_out_what_means_something_else() -> None:
    lexicon = names()
    for name in ("HR", "OS", "ALL", "SET", "IMPACT", "PTS", "ALK1", "solo", "PC-9", "NMR", "SMA", "PI3K"):
        assert name not in lexicon
    for name in ("ALK", "AR", "HER2", "MET", "c-MET", "CRAF", "HGFR", "ROS1", "KIT"):
        assert name in lexicon


def test_every_name_of_the_lexicon_resolves_to_its_gene() -> None:
    assert [name for name, meant in names().items() if gene(name) is not meant] == []
