"""Genes where they stand in a text: symbols, aliases and names that articles use, alone or joined by hyphens."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from corpus.gene_phrases import phrases
from corpus.genes import Gene, closed, folded_names, names
from corpus.resources import read_text, rows
from extract.mentions.shared.lookalikes import NAMES as LOOKALIKES
from extract.mentions.shared.phrases import automaton, longest, lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneName:
    """A gene's name in a text; `exact` where it is the approved symbol as spelled."""

    start: int
    end: int
    gene: Gene
    exact: bool


# Plain words in lower case are passed over at once.
_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?![a-z]+(?![A-Za-z0-9‐‑–.-]))[A-Za-z0-9α-ωΑ-Ω]+(?:[-‐‑–.][A-Za-z0-9α-ω]+){0,6}")
_PART = re.compile(r"[A-Za-z0-9α-ωΑ-Ω]+")
# What may be joined to a gene's name by a hyphen: a plain word ('positive', 'mutant'), or the class of its drugs.
_PLAIN_PART = re.compile(
    r"[a-z]{3,}|TKIs?|i|ADC|KO|ITD|PTD|KDD|WT|wt|KD|Fc|Ab|FISH|IHC|TKD|ECD|RTK|[A-Z]\d{1,4}(?:[A-Z]|fs|del)?|\d{1,4}[ACGT]|[A-Z][a-z]{2}\d{1,4}(?:[A-Z][a-z]{2})?|delta\d+|[Aa]nti|[Nn]on|v\d"
)
_SHARED_DIGITS = re.compile(r"(?:/\d{1,2}(?![\d.]))+(?![A-Za-z0-9])")
_VARIANT = re.compile(r"[ACDEFGHIKLMNPQRSTVWY][1-9]\d{1,4}[ACDEFGHIKLMNPQRSTVWYX]")
CELL_LINE = re.compile(r"(?:H|A|U|T|K|HCC|PC|SW|SK|HT|BT|CW|LN|MDA|SNU|NCI|HL|LS|RT|J|UM|KM|OE|HS)-?\d{2,4}")
"""The form of the names of common cell lines."""
_DEFINED = re.compile(r"\s\((?P<short>[A-Z][A-Za-z0-9-]{1,9})\s?[);,=:]")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z][\w/-]*\s+){1,7}$")
OF_GENES = re.compile(
    r"gene|protein|receptor|kinase|factor|ligand|antigen|homolog|(?<!dise)(?<!incre)(?<!decre)(?<!b)ase\b"
    r"|transporter|subunit|proto|rat\ssarcoma|sarcoma\sviral|mesenchymal.epithelial|rearranged\sduring|double\sminute"
    r"|hippel|telangiectasia\smutated|polyposis\scoli|susceptibility|suppressor|globulin|cyclin|integrin|interleukin"
    r"|interferon|collagen|mucin|catenin|cadherin",
    re.IGNORECASE,
)
"""Words that the spelled-out names of genes and their products hold, and other long forms do not."""
_NO_GENE = re.compile(
    r"\b(?:cells?|patients?|syndromes?|diseases?|cancers?|carcinomas?|tumou?rs?|leuk\w+|lymphomas?|therap(?:y|ies)|treatments?|scores?|index|rates?|assays?|tests?"
    r"|imaging|inhibitors?|antagonists?|agonists?|antibod(?:y|ies)|trials?|study|time|blockers?|scan|analysis|vaccines?)$",
    re.IGNORECASE,
)


def is_of_gene(long: str) -> bool:
    """Say whether a long form names a gene or its product, and not what is called after one: a cell, a drug."""
    return OF_GENES.search(long) is not None and _NO_GENE.search(long.strip()) is None


_NEXT_CAPITALS = re.compile(r"\s[A-Z]{3,}\s")
_BEFORE_CAPITALS = re.compile(r"[A-Z]{3,}\s$")
_EXON_BEFORE = re.compile(r"[Ee]xons?\s$")
SHORTEST = PARTNERS = 2
DEFINITION = 100
LONG_WORD = 9


@functools.lru_cache(maxsize=4)
def genes_in(text: str) -> tuple[GeneName, ...]:
    """Return the genes of a passage in order; the last few passages are kept, as several recognisers ask.

    A name that the passage itself expands to something else ('partial response (PR)') is left out, and so are
    words of capitals in a line of capitals.
    """
    redefined = _redefined(text)
    found = _settled([*_phrases(text), *_in_words(text), *_hormone_receptors(text)])
    taken = [(name.start, name.end) for name in found]
    at = 0
    for token in _TOKEN.finditer(text):
        while at < len(taken) and taken[at][1] <= token.start():
            at += 1
        for name in _in_token(text, token):
            spelled = text[name.start : name.end]
            over = any(start < name.end and name.start < end for start, end in taken[at : at + 3])
            if spelled not in redefined and not over:
                found.append(_with_receptor(text, name))
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


def _settled(names: list[GeneName]) -> list[GeneName]:
    """Return names that do not overlap, of those that do the longest."""
    kept: list[GeneName] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


# 'insulin therapy' is a treatment; 'anti-TNF alpha' an antibody's target all the same.
_GIVEN = re.compile(
    r"[-\s](?:therapy|treatment|injection|infusion|pump|glargine|detemir|aspart|lispro|users?|dos(?:e|es|age)|administration|vaccine)\b"
)


def _in_words(text: str) -> list[GeneName]:
    """Return the names in words, in any case and with hyphens or spaces: 'Interleukin-6', 'survivin'."""
    low = lowered(text).replace("-", " ")
    if len(low) != len(text):
        return []
    known = phrases()
    found = []
    for phrase in longest(_automaton(), low):
        if not _GIVEN.match(text, phrase.end):
            end = phrase.end
            found.append(GeneName(start=phrase.start, end=end, gene=known[phrase.phrase], exact=False))
    return found


# ER and PR are many things; of a tumour's receptors they say that they are there or not.
_HORMONE_RECEPTOR = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>ER|PR|PgR)(?=[-\s]?(?:positiv|negativ|[+](?!\d)|−|low\b)|\s(?:and\s(?:PR|PgR|HER2)|status|expression)\b|/(?:PR|PgR|HER2)\b|[α])"
)
_OF_HORMONES = {"ER": "ESR1", "PR": "PGR", "PgR": "PGR"}


def _hormone_receptors(text: str) -> Iterator[GeneName]:
    for match in _HORMONE_RECEPTOR.finditer(text):
        known = names()[_OF_HORMONES[match["name"]]]
        yield GeneName(start=match.start(), end=match.end(), gene=known, exact=False)


@functools.cache
def _automaton() -> ahocorasick.Automaton:
    return automaton(phrases())


_RECEPTOR = re.compile(r"[-\s]receptors?(?![A-Za-z])")


def _with_receptor(text: str, name: GeneName) -> GeneName:
    """Return the receptor where the name of a ligand is part of its name: 'EPO receptor' is EPOR."""
    receptor = _RECEPTOR.match(text, name.end)
    if receptor is None:
        return name
    for ending in ("R", "RA", "R1"):
        known = names().get(f"{name.gene.symbol}{ending}")
        if known is not None and "receptor" in known.name and "receptor" not in name.gene.name:
            return GeneName(start=name.start, end=receptor.end(), gene=known, exact=False)
    return name


@functools.cache
def _spoken() -> frozenset[str]:
    """Return the names that articles on cancer use for a gene, which need nothing near by to be known."""
    return frozenset(row[0] for row in rows(read_text("spoken_genes.tsv")))


_SHORT_ALIAS = re.compile("[A-Za-z]{2,5}")
_GENE_AFTER = re.compile(
    r"(?:[\s-](?:gene|protein|oncogene|locus|mutation|mutant|mutated|amplif|fusion|rearrange|express|overexpress|inhibitor|antagonist|kinase"
    r"|receptor|signal|pathway|variant|polymorphism|allele|promoter|mRNA|deficien|delet|loss|knock|antibod|exon|activat|phosphoryl|ligand)"
    r"|\s?[(/-]\s?[A-Z][A-Z0-9]{2,})"
)
# 'Natale RB, Karlan B': two or three capitals behind a family name among others like it are an author's initials.
_AUTHOR = r"(?:[a-z]{2,3}\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s[A-Z]{1,3}"
_INITIALS = re.compile("[A-Z]{2,3}")
_AUTHOR_BEFORE = re.compile(rf"(?:(?P<other>\b{_AUTHOR},\s(?:and\s|&\s)?)|(?<![\w-]))[A-Z][a-z][\w'’-]*\s$")
_AUTHOR_AFTER = re.compile(rf",?\set\sal\b|,\s(?:and\s|&\s)?{_AUTHOR}(?=[,.:;(\s])")
_LAST_AUTHOR = re.compile(r"[.:;(]|,\s(?:et\s|editors?\b)|\s\(|$")
# A share of that size is no gene: 'MAF of 34%', 'MAF = 5%'.
_SHARE_AFTER = re.compile(
    r"\s?(?:\bof|[=<>≥≤])\s?\d{1,2}(?:\.\d+)?\s?%|\sof\s\d+(?:\.\d+)?(?![\d%]|\s(?:patients|of|cases|samples|tumou?rs|mutations))"
)
# Sets of patients and diseases among whose short forms a symbol is one too: 'the FAS and the ITT', 'COPD, CAD and CHF'.
_AMONG = r"(?:ITT|mITT|PPS?|COPD|CHF|CKD|HTN|T2DM|DM|CVD|CHD|MI|AF|PVD|HIV|RA|SLE|BMI|LVEF)"
_AMONG_AFTER = re.compile(rf"(?:\s\([^()]*\))?(?:,|,?\s(?:and|or))\s(?:the\s)?{_AMONG}\b")
_AMONG_BEFORE = re.compile(rf"\b{_AMONG}(?:,|,?\s(?:and|or))\s(?:the\s)?$")
_GENE_BEFORE = re.compile(
    r"(?:\b(?:genes?|proteins?|oncogene|of the|encod\w+|receptors?|anti|kinases?|in)[\s-]\(?|[A-Z0-9]{3,}\s?[(/]\s?)$"
)


def _is_supported(text: str, start: int, end: int) -> bool:
    """Say whether an alias of a few letters stands as a gene: spoken of as one, or joined to another's name."""
    spelled = text[start:end]
    gene = _known(spelled)
    if gene is None or gene.symbol == spelled or not _SHORT_ALIAS.fullmatch(spelled) or spelled in _spoken():
        return True
    if spelled.upper() == gene.symbol and len(spelled) > 3 and not _MOUSE.fullmatch(spelled):
        return True  # 'bRaf'
    if _GENE_AFTER.match(text, end):
        return True
    before = _GENE_BEFORE.search(text[max(0, start - 20) : start])
    return before is not None and not before[0].startswith(("in", "of"))


_MOUSE_AFTER = re.compile(
    r"[-\s]?(?:[-/(]{0,2}(?:[-−–+]/[-−–+]|fl|flox|KO|null)|mice|mouse|knock|null|G\d{2}[A-Z]|[A-Z]\d{2,4}[A-Z])"
)


def is_used_as_gene(text: str, start: int, end: int) -> bool:
    """Say whether a name stands as that of a gene or its product: 'NF1 mutations', 'the Src kinase', 'Kras mice'."""
    if _GENE_AFTER.match(text, end) or _MOUSE_AFTER.match(text, end):
        return True
    before = _GENE_BEFORE.search(text[max(0, start - 20) : start])
    return before is not None and not before[0].startswith(("in", "of"))


def _is_something_else(text: str, start: int, end: int) -> bool:
    """Say whether a symbol stands as an author's initials in a list of authors, or for a share that is given."""
    if _SHARE_AFTER.match(text, end):
        return True
    if text[start:end].isupper() and (
        _AMONG_AFTER.match(text, end) or _AMONG_BEFORE.search(text, max(0, start - 16), start)
    ):
        return True
    if not _INITIALS.fullmatch(text, start, end):
        return False
    before = _AUTHOR_BEFORE.search(text[max(0, start - 60) : start])
    if before is None:
        return False
    return bool(_AUTHOR_AFTER.match(text, end) or (before["other"] and _LAST_AUTHOR.match(text, end)))


def _in_token(text: str, token: re.Match[str]) -> Iterator[GeneName]:
    names_at = _within(token[0])
    offset = token.start()
    if token[0][0].isdigit() and _EXON_BEFORE.search(text, max(0, offset - 8), offset):
        first = _PART.match(token[0])  # 'KIF5B exon 15–RET'
        rest = first.end() + 1 if first else len(token[0])
        names_at, offset = _within(token[0][rest:]), offset + rest
    if not names_at or (names_at == ((0, len(token[0])),) and _in_capitals(text, token)):
        return
    for start, end in names_at:
        yield from _with_shared_digits(text, offset + start, offset + end)


@functools.lru_cache(maxsize=50_000)
def _within(spelled: str) -> tuple[tuple[int, int], ...]:
    """Return where names of genes stand in a token: all of it, or its parts where the others are plain words."""
    if not spelled or spelled.isdigit():
        return ()
    if _known(spelled) and not _is_fusion(spelled):
        return ((0, len(spelled)),)
    parts = list(_PART.finditer(spelled))
    if len(parts) < SHORTEST:
        return ()
    found: list[tuple[int, int]] = []
    rest: list[str] = []
    index = 0
    while index < len(parts):
        for last in range(len(parts), index, -1):
            start, end = parts[index].start(), parts[last - 1].end()
            if last - index < len(parts) and _known(spelled[start:end]):
                found.append((start, end))
                index = last
                break
        else:
            rest.append(parts[index][0])
            index += 1
    return tuple(found) if all(_PLAIN_PART.fullmatch(part) for part in rest) else ()


def _is_fusion(spelled: str) -> bool:
    """Say whether a name of one gene is the name of two joined ones, as BCR-ABL1 is."""
    parts = _PART.findall(spelled)
    return len(parts) == PARTNERS and all(len(part) > SHORTEST and _known(part) for part in parts)


@functools.lru_cache(maxsize=20000)
def _known(spelled: str) -> Gene | None:
    """Return the gene of a name as spelled, with plain hyphens, unless the name is more likely something else."""
    plain = re.sub("[‐‑–]", "-", spelled)
    gene = names().get(plain) or _folded(plain)
    if gene is None or gene.symbol == plain:
        return gene
    if plain.islower() and not re.search(r"\d", plain):
        return None
    if not re.search("[A-Za-z]", plain) or re.fullmatch("[IVX]+", plain):
        return None
    if plain in LOOKALIKES or _VARIANT.fullmatch(plain) or CELL_LINE.fullmatch(plain):
        return None
    return gene


_SHAPED = re.compile(r"(?=[^α-ω]*[A-Zα-ω])(?:[A-Za-z]{1,8}|h[A-Z][A-Za-z0-9]{1,6})[-]?[A-Za-z0-9α-ωΑ-Ω-]{0,9}")
_MOUSE = re.compile(r"[A-Z][a-z]{2,5}")
# What has the shape of a symbol in another spelling and is a measure, a cell, a chemical or a time.
_NOT_FOLDED = re.compile(
    r"(?:[cpyr]?[TNM]\d[a-d]?(?:-\d)?|[A-Z][a-z]?-?\d{1,2}[+-]?|T-?\d|G-?\d|N-?\d|M-?\d|CO-?\d|Day-?\d+|Type-?\d|Arm-?\d|Cell-?\d|Fig-?\d+[a-z]?|Table-?\d+|Ref-?\d+|Box-?\d|Week-?\d+|Grade-?\d"
    r"|Phase-?\d|Stage-?\d|Group-?\d+|Step-?\d|Part-?\d|Case-?\d+|Exon-?\d+|Cycle-?\d+|Lane-?\d+|Line-?\d|Class-?\d|Factor-?\d|Ca\d|Rb-?\d{2}|Ki-?\d{2}|Hr-?\d)",
    re.IGNORECASE,
)


def _folded(plain: str) -> Gene | None:
    """Return the gene of a symbol or alias in another case, with hyphens or Greek letters: 'Bcl6', 'IL-1beta', 'hOGG1'.

    A name of letters alone in small letters ('Kras', 'Src') is the symbol of a mouse's gene, if it is no word.
    """
    if (
        not _SHAPED.fullmatch(plain)
        or _NOT_FOLDED.fullmatch(plain)
        or plain in LOOKALIKES
        or CELL_LINE.fullmatch(plain)
    ):
        return None
    numbered = any(map(str.isdigit, plain)) or not plain.isascii()
    known = folded_names()
    if not numbered:
        mixed = not plain.islower() and not plain.isupper()
        found = known.get(plain.upper()) if mixed and "-" not in plain and len(plain) > SHORTEST else None
        return found if found is not None and found.symbol == plain.upper() else None
    if plain.isupper() and "-" not in plain and plain.isascii():
        return None  # an alias of capitals is in the list of names, or is left out of it for a reason
    if sum(map(str.isalpha, plain)) < SHORTEST:
        return None
    return known.get(closed(plain)) or (known.get(closed(plain[1:])) if re.match("h[A-Z]", plain) else None)


def gene_of(spelled: str) -> Gene | None:
    """Return the gene that a name as spelled stands for, under the same guards as in a text."""
    return _known(spelled)


def _with_shared_digits(text: str, start: int, end: int) -> Iterator[GeneName]:
    """Yield the gene, and with 'HER2/3' each gene of the list over the whole of it."""
    spelled = text[start:end]
    gene = _known(spelled)
    if gene is None or not _is_supported(text, start, end) or _is_something_else(text, start, end):
        return
    if _MOUSE.fullmatch(spelled) and spelled not in names() and not is_used_as_gene(text, start, end):
        return
    shared = _SHARED_DIGITS.match(text, end) if spelled[-1].isdigit() else None
    others = []
    if shared:
        stem = spelled.rstrip("0123456789")
        others = [_known(f"{stem}{digits}") for digits in shared[0].split("/")[1:]]
    if shared and all(others):
        end = shared.end()
    yield GeneName(start=start, end=end, gene=gene, exact=gene.symbol == spelled)
    if shared and all(others):
        for other in others:
            if other:
                yield GeneName(start=start, end=end, gene=other, exact=False)


def _in_capitals(text: str, token: re.Match[str]) -> bool:
    """Say whether a word of letters stands in a line of capitals, where any word may be one."""
    if not token[0].isalpha() or not token[0].isupper():
        return False
    before = _BEFORE_CAPITALS.search(text, max(0, token.start() - 12), token.start())
    after = _NEXT_CAPITALS.match(text, token.end())
    return before is not None and after is not None


def _redefined(text: str) -> frozenset[str]:
    """Return the short forms that the passage expands to words that name no gene."""
    redefined = set()
    for match in _DEFINED.finditer(text):
        short = match["short"]
        initials = short[0].lower()
        gene = names().get(short)
        said_before = gene and _WORDS_BEFORE.search(text[max(0, match.start() - DEFINITION) : match.start() + 1])
        if not gene or not said_before:
            continue
        words = said_before[0].split()
        number = re.search(r"\d+$", short)
        if number and len(short) > 3 and re.search(rf"{number[0]}\W{{0,3}}$", words[-1]):
            continue  # 'Bicaudal D2 (BICD2)'
        letters = [letter for letter in short.lower() if letter.isalpha()]
        span = words[-len(letters) - 1 :]
        starts = [word[0].lower() for word in span]
        if initials not in starts and initials != words[-1][0].lower():
            continue
        named = set(re.findall(r"[a-z]{4,}", gene.name.lower()))
        said = set(re.findall(r"[a-z]{4,}", " ".join(span).lower()))
        matched = sum(letter in starts for letter in set(letters))
        if _shortens(short, words[-1]) and not (named & said):
            redefined.add(short)
        if matched >= min(len(set(letters)), SHORTEST) and not (named & said) and not is_of_gene(" ".join(span)):
            redefined.add(short)
    return frozenset(redefined)


def _shortens(short: str, word: str) -> bool:
    """Say whether a short form takes its letters, in order, from one long word ('electroretinography (ERG)')."""
    if len(word) < LONG_WORD or word[0].lower() != short[0].lower() or not short.isalpha():
        return False
    letters = iter(word.lower())
    return all(letter in letters for letter in short.lower())


@functools.cache
def _phrase_pattern() -> re.Pattern[str] | None:
    phrases = sorted((name for name in names() if " " in name), key=len, reverse=True)
    if not phrases:
        return None
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, phrases))})(?![A-Za-z0-9])")


def _phrases(text: str) -> Iterator[GeneName]:
    pattern = _phrase_pattern()
    for match in pattern.finditer(text) if pattern else ():
        yield GeneName(start=match.start(), end=match.end(), gene=names()[match[0]], exact=False)
