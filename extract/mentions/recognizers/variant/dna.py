"""Changes of DNA and RNA: HGVS `c.`, `g.`, `m.`, the older `985A-->G`, `IVS4-2A>G`, words, and rs numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.mentions.recognizers.variant.residue_parts import ARROW
from extract.mentions.shared.found import Found, matches_in, windows

BASES = "[ACGTU]"
LEFT = r"(?<![A-Za-z0-9.])"
RIGHT = r"(?![A-Za-z0-9])"
# 35, -112, *207, 2991+1655, 3198 - 314, 3849 + 10kb
SITE = r"(?:[-–−*]?\d{1,9}(?:\s?[-+–−]\s?\d{1,6}(?:\.\d)?(?:\s?kb)?)?)"
LAST = rf"(?:\s?[-_–]\s?{SITE})"
EDIT = (
    rf"(?:\s?{BASES}{{1,40}}(?:{ARROW}|\s?/\s?){BASES}{{1,40}}"
    rf"|\s?[dD]el\s?(?:{BASES}{{1,60}}|\d{{1,5}}(?:\s?bp)?)?(?:\s?[iI]ns\s?{BASES}{{1,60}})?"
    rf"|\s?(?:[iI]ns|[dD]up)\s?(?:{BASES}{{1,60}}|\d{{1,5}}(?:\s?(?:bp|b|kb))?)?|\s?inv|=)"
)
PREFIXED = re.compile(
    rf"{LEFT}(?P<kind>[cgmnr])(?P<dot>\.\s?)[\[(]?(?P<site>{SITE})(?P<last>{LAST})?(?P<edit>{EDIT}"
    rf"|\s?{BASES}[4<]{BASES})[\])]?{RIGHT}"
)
UNDOTTED = re.compile(
    rf"{LEFT}(?P<kind>[cgm])(?P<site>\d{{2,6}})(?P<edit>{BASES}{ARROW}{BASES}|(?:del|ins|dup){BASES}+){RIGHT}"
)
INTRON = re.compile(
    rf"{LEFT}(?:c\.)?(?:IVS|ivs)\s?[-–]?\s?\d{{1,3}}\s?(?:nt\s?[-+–−]?|\(?\s?[-+–−]\s?)\d{{1,5}}\)?"
    rf"(?:{LAST})?(?:\s?\(?(?:[ACGTacgt](?:{ARROW}|-)[ACGTacgt])\)?|\s?(?:del|ins|dup)\s?(?:{BASES}+|\d{{1,4}}(?:\s?bp)?)?)?{RIGHT}"
)
PLAIN = re.compile(
    rf"(?:(?<![A-Za-z0-9.,*])|(?<=[A-Z0-9]\*))(?P<site>[-–−*+]?\d{{1,6}}(?:\s?[+-]\s?\d{{1,5}}(?:\.\d)?(?:\s?kb)?)?)(?P<last>[-_]\d{{1,6}})?"
    rf"(?P<edit>\s?{BASES}{{1,20}}(?:{ARROW}|\s?/\s?){BASES}{{1,20}}"
    rf"|\s?(?:[dD]el|[iI]ns|[dD]up)\s?(?:{BASES}{{1,60}}|\d{{1,4}}(?:\s?bp)?)){RIGHT}"
)
TO = re.compile(rf"(?<![A-Za-z0-9.])(?P<site>\d{{1,6}})\s?(?P<ref>{BASES})\s?to\s?(?P<alt>{BASES})(?![A-Za-z0-9])")
BEFORE_SITE = re.compile(rf"{LEFT}(?P<ref>{BASES})/(?P<alt>{BASES})\s?\(?(?P<site>[-–−]\d{{1,6}})\)?{RIGHT}")
AFTER_SITE = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<site>[-–−+]?\d{{1,6}})\s?\((?P<ref>{BASES})(?:-|{ARROW}|/)(?P<alt>{BASES})\)"
)
# 'A1224-2C': the older notation of a change beside an exon.
SPLICE = re.compile(
    rf"(?<![A-Za-z0-9])(?P<ref>{BASES})(?P<site>[1-9]\d{{1,4}}[-+]\d{{1,2}})(?:{ARROW})?(?P<alt>{BASES})(?![A-Za-z0-9])"
)
# 'G-308A', 'A(-592)C': a change before the start of the gene.
UPSTREAM = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<ref>{BASES})(?:\((?P<site>[-+−–]\d{{1,5}})\)|(?P<bare>[-−–]\d{{2,5}}))(?P<alt>{BASES})(?![A-Za-z0-9-])"
)
_KIND = (
    r"(?:(?:point\s|single\s|base\s|nucleotide\s|missense\s)*"
    r"(?:transition|transversion|mutation|substitution|change|polymorphism|variant|variation|exchange|replacement)s?\s)"
)
_PLACE = (
    r"(?:was\s\w+\s|is\s|located\s|occurring\s)?(?:for\scodon\s\d{1,5}\s\([ACGT]{3}\)\s)?(?:at|in|of|for)\s(?:the\s)?"
    r"(?:nucleotides?\s(?:position\s)?|base\s(?:pair\s|position\s)?|positions?\s|nt\.?\s|cDNA\sposition\s|bp\s)?"
    r"(?P<site>[-–−+]?\d{1,6})(?!\d|[.,]\d)(?:\sbp\b)?"
)
WORDED = re.compile(rf"(?<![A-Za-z0-9])(?P<ref>{BASES})(?:-to-|\sto\s|{ARROW}|/|-)(?P<alt>{BASES})\)?\s{_KIND}{_PLACE}")
ARROWED = re.compile(
    rf"(?<![A-Za-z0-9(])\(?(?P<ref>{BASES})(?:{ARROW}|-to-)(?P<alt>{BASES})\)?\s(?=at\s(?:position|nucleotide|nt|base)){_PLACE}"
)
WORDED_INDEL = re.compile(
    rf"(?<![A-Za-z0-9])(?P<seq>{BASES}{{1,20}})[\s-](?P<edit>deletion|insertion|duplication)\s(?:mutation\s)?"
    r"(?:at|of|after)\s(?:nucleotide\s(?:position\s)?|position\s|base\s)(?P<site>\d{1,6})(?!\d|[.,]\d)"
)
RS = re.compile(
    r"(?<![A-Za-z0-9])(?P<rs>rs\s?#?\s?(?:\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{3,10}))(?![A-Za-z0-9]|,\d{3}(?!\d))"
    r"|(?<![A-Za-z0-9])(?P<rs2>rs(?:\d{1,3}(?:,\d{3}){1,3}|\d{3,10}))(?=[ACGT]\s?(?:>|/|→|-)\s?[ACGT](?![A-Za-z0-9]))"
)
# Breakpoints that are not known but lie between two places: 'c.(?_85)_(124_?)del', 'c.88-?_923+?del'.
_LIMIT = rf"(?:\((?:\?|{SITE})_(?:\?|{SITE})\)|[-*]?\d{{1,6}}(?:[-+]\?)?|\?)"
UNCERTAIN = re.compile(
    rf"{LEFT}(?P<kind>[cgmn])\.\s?(?P<sites>{_LIMIT}_{_LIMIT})\s?(?P<edit>delins|[dD]el|[dD]up|[iI]ns|inv)(?P<seq>{BASES}*){RIGHT}"
)


# What every change of DNA has a piece of; most passages have none, and one scan is enough for them.
_HINT = re.compile(
    r"[ACGTU]\)?\s?(?:[-–—−]{0,4}\s?>|[-–—−]{1,4}|→|⟶|➔|⇒|/|to\s|-to-|[4<])\s?[ACGTU(]|[cgmnr]\.\s?[\[(]?[-−–*]?\d|[cgm]\d"
    r"|IVS|ivs|rs\s?#?\s?\d|\d\s?(?:del|[iI]ns|dup|inv)|[ACGTU]\(?[-+−–]\d|\d[-+]\d{1,2}[ACGTU]"
    r"|[ACGTU][\s-](?:deletion|insertion|duplication)|\d\s?(?:D|d)(?:el|up)|[?)](?:del|dup|ins|inv)"
)


# How far before a piece its change may begin, and how far after it the change may end: a sequence of 60 bases.
BEFORE, AFTER = 100, 180


def dna_changes(text: str) -> Iterator[Found]:
    """Yield changes of nucleotides; names are `c.`, `g.`, `m.`, `n.` or `r.` as written, `c.` where none is."""
    around = list(windows((hint.start() for hint in _HINT.finditer(text)), text, BEFORE, AFTER))
    if around:
        yield from _notations(text, around)
        yield from _further(text, around)


def _notations(text: str, around: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the changes in the notation of the HGVS and in the older one."""
    for match in matches_in(PREFIXED, text, around):
        site = _tidy(match["site"] + (match["last"] or ""))
        end = match.end() - (match[0][-1] in "])" and not re.search(r"[\[(]", match[0]))
        yield Found(start=match.start(), end=end, names=(f"{match['kind']}.{site}{_edit(match['edit'])}",))
    for match in matches_in(UNDOTTED, text, around):
        yield _found(match, f"{match['kind']}.{match['site']}{_edit(match['edit'])}")
    for match in matches_in(INTRON, text, around):
        yield _found(match, _intronic(match[0]))
    for match in matches_in(PLAIN, text, around):
        if not _is_fraction(match):
            site, edit = match["site"], _edit(match["edit"])
            # The star of an indel marks an allele ('CHEK2 *1100delC'), that of a substitution a site after the stop.
            site = site.removeprefix("*") if re.match("del|ins|dup", edit) else site
            yield _found(match, f"c.{_tidy(site + (match['last'] or ''))}{edit}")


def _further(text: str, around: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the changes in words and bare letters, rs numbers, and those of unknown breakpoints."""
    for pattern in (TO, BEFORE_SITE, AFTER_SITE, WORDED, ARROWED, SPLICE):
        for match in matches_in(pattern, text, around):
            yield _found(match, f"c.{_tidy(match['site'])}{match['ref']}>{match['alt']}")
    for match in matches_in(UPSTREAM, text, around):
        yield _found(match, f"c.{_tidy(match['site'] or match['bare'])}{match['ref']}>{match['alt']}")
    for match in matches_in(WORDED_INDEL, text, around):
        yield _found(match, f"c.{match['site']}{match['edit'][:3]}{match['seq']}")
    for match in matches_in(RS, text, around):
        yield _found(match, re.sub(r"[\s#,]", "", match["rs"] or match["rs2"]))
    for match in matches_in(UNCERTAIN, text, around):
        if re.search(r"[?(]", match["sites"]):
            sites = re.sub(r"\s", "", match["sites"])
            yield _found(match, f"{match['kind']}.{sites}{match['edit'].lower()}{match['seq']}")


def _intronic(text: str) -> str:
    """Return the older name of an intronic change, `IVS4-2A>G`, without spaces, brackets of its own and long arrows."""
    plain = re.sub(r"\s", "", text).removeprefix("c.")
    if plain.count("(") < plain.count(")"):
        plain = plain.removesuffix(")")
    plain = re.sub(r"(?<=\d)\((?=[ACGTacgt])(.+)\)$", r"\1", plain)
    return re.sub(r"(?<=[ACGTacgt])(?:[-–—−]{0,4}>|→|[-–—−]{1,4})(?=[ACGTacgt]$)", ">", _tidy(plain))


def _is_fraction(match: re.Match[str]) -> bool:
    """Say whether two letters stand after a spaced number that counts them: '5 A/C', '14 G→A transitions'.

    A site of three figures and more is none that is counted, unless a word of counting follows.
    """
    if not match["edit"][0].isspace() or not match["site"][0].isdigit() or re.search("del|[iI]ns|dup", match["edit"]):
        return False
    counted = _COUNTED.match(match.string, match.end()) is not None
    return counted or (len(match["site"]) < LEAST_FIGURES and ("/" in match["edit"] or match["edit"].startswith(" ")))


LEAST_FIGURES = 3
_COUNTED = re.compile(r"[^.;]{0,30}?\b(?:transitions|transversions|changes|mutations|substitutions|units)\b")


def _found(match: re.Match[str], name: str) -> Found:
    return Found(start=match.start(), end=match.end(), names=(name,))


def _tidy(site: str) -> str:
    site = re.sub(r"[–−]", "-", re.sub(r"\s", "", site))
    return re.sub(r"(?<=\d)-(?=\d{2,}$)", "-", site)


def _edit(edit: str) -> str:
    """Return an edit in HGVS form: one arrow, no spaces, lower-case words."""
    edit = re.sub(r"\s", "", edit)
    edit = re.sub(r"[-–—−]*>|→|⟶|➔|⇒|[-–—−]{1,4}|/|(?<=[ACGTU])[4<](?=[ACGTU])", ">", edit)
    return edit.replace("Ins", "ins").replace("Del", "del").replace("Dup", "dup")
