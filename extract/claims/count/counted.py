"""What papers count: nouns and what they stand for, number words, and the words around a number that change it."""

from __future__ import annotations

import re

from extract.mentions.shared.quantities import WORDS, whole

THINGS: dict[str, frozenset[str]] = {
    "drug": frozenset(
        "inhibitors drugs agents compounds tkis antibodies medicines chemotherapeutics antagonists agonists blockers "
        "therapeutics anticancer-drugs adcs biologics".split()
    ),
    "trial": frozenset("trials rcts studies".split()),
    "article": frozenset("articles publications papers reports reviews meta-analyses".split()),
    "variant": frozenset(
        "mutations variants substitutions alterations polymorphisms snps snvs deletions insertions "
        "fusions rearrangements mutants hotspots".split()
    ),
    "gene": frozenset("genes oncogenes kinases paralogs paralogues homologs loci proteins receptors".split()),
    "disease": frozenset("cancers tumours tumors diseases malignancies carcinomas leukaemias leukemias".split()),
    "other": frozenset(
        "types subtypes classes generations mechanisms domains isoforms arms regimens categories subgroups groups "
        "pathways sites positions residues ligands partners endpoints outcomes databases states countries centres "
        "centers".split()
    ),
}
"""The plural nouns of what is counted, by kind; people are counted by proportions."""

# Initialisms that many write alike for one and for several, and what must follow: 'two TKI naive patients' counts none.
_INITIALS = {"tki": "drug", "adc": "drug", "rct": "trial", "snp": "variant", "snv": "variant"}
_ALIKE = (
    rf"(?:{'|'.join(_INITIALS)})"
    r"(?=\s?[.,;:)\]]|\s[\[(]|\s(?:approved|available|licensed|in|for|with|that|which|are|were|have|has|had)\b)"
)

_THING = {noun: thing for thing, nouns in THINGS.items() for noun in nouns} | _INITIALS
_PLURALS = sorted((noun for nouns in THINGS.values() for noun in nouns), key=len, reverse=True)
_NOUNS = "|".join((*map(re.escape, _PLURALS), _ALIKE))
_WORD = "|".join(sorted((word for word, value in WORDS.items() if value > 1), key=len, reverse=True))
NUMBER = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s](?:one|{_WORD})|{_WORD}|[2-9]|[1-9]\d{{1,2}})"
)
# Words that no noun phrase goes on over: what follows them is counted by nobody, or by another number.
_BREAKS = (
    r"(?:of|the|an?|in|on|at|to|and|or|with|without|for|from|by|as|than|that|which|who|whose|is|are|was|were|be|been|has|have|had"
    r"|after|before|per|each|every|this|these|those|their|its|our|not|but|vs|versus|times|fold|percent|years?|months?|weeks?"
    r"|days?|hours?|patients?|cases?|participants?|subjects?|individuals?|women|men|children|samples?|other|others|more"
    r"|further|showed|had|harbou?red|carried|developed|received|achieved|exhibited|additional|separate|out|into|can|could|may|might|did|do|does|among|between|using|because|while|when|where|also|only)"
)
COUNTED = re.compile(
    rf"(?<![\w.,/:–—+=<>≥≤-])(?<!\d\s)(?<!\d,\s)(?P<count>{NUMBER})\s"
    rf"(?P<part>of\s(?:(?:the|these|those|our)\s(?:{NUMBER}\s)?|{NUMBER}\s))?"
    rf"(?P<modifiers>(?:(?!(?:{_BREAKS}|{_WORD}|one|lists?|shows?)\s)[A-Za-z][\w/+-]*\s){{0,4}}?)(?P<noun>{_NOUNS})(?![\w-]|\s?/)",
    re.IGNORECASE,
)
# A figure after these words is a label: 'exon 20 mutations', 'phase 3 trials'.
_LABEL = re.compile(
    r"\b(?:phases?|exons?|introns?|codons?|types?|grades?|class|stages?|tables?|fig(?:ure)?s?\.?|days?|weeks?|cycles?|levels?"
    r"|chromosomes?|groups?|arms?|cohorts?|parts?|steps?|refs?\.?|sections?|version|lines?|positions?|residues?|no\.?|nr\.?"
    r"|top|variant|domain|subtype|category|tier|model|panel|question|chapter|appendix|box|year|page|line|level)\s$",
    re.IGNORECASE,
)
_PART_OF_NUMBER = re.compile(
    rf"(?:\b(?:{NUMBER}|one|hundred|thousand|million|half|quarter|\d[\d.,]*)|[%×/])\s?(?:to|or|and|and\sa|by|-|–|x)?\s?$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\b(?:one|each|any|some|most|none|neither|either|many|several|few|half|both|all\sbut|majority|subset|rest|part|proportion"
    rf"|percent|{NUMBER}|\d+)\s(?:\(?\d[\d.]*\s?%\)?\s)?(?:out\s)?of\s(?:the|these|those|all|our|its|their)?\s?$|%\)?\sof\s(?:the|these|those|all)?\s?$",
    re.IGNORECASE,
)
_DEICTIC = re.compile(
    r"\b(?:another|other|others|remaining|first|last|next|previous|these|those|every|any|least\sone\sof|former|latter|which"
    r"|in\sthese|same|top|additional|further)\s$",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"(?P<word>at\sleast|at\smost|more\sthan|less\sthan|fewer\sthan|up\sto|as\smany\sas|no\smore\sthan|over|under|about|around|approximately"
    r"|nearly|almost|roughly|some|circa|ca\.|close\sto|a\sminimum\sof|a\smaximum\sof|[<>≥≤~])\s?$",
    re.IGNORECASE,
)
_LOOK_BACK = 40


def comparison_before(text: str, start: int, least: int) -> str:
    """Return the words that say that a number is a bound or about right, in lower case; else an empty string."""
    found = _COMPARISON.search(text, max(least, start - _LOOK_BACK), start)
    return " ".join(found["word"].casefold().split()) if found else ""


def counts_all(text: str, start: int, count: str, least: int) -> bool:
    """Say whether the number at an offset counts what follows it, rather than labelling it or counting a part of it."""
    before = text[max(least, start - _LOOK_BACK) : start]
    if any(form.search(before) for form in (_SHARE_OF, _PART_OF_NUMBER, _DEICTIC)):
        return False
    if not count[0].isdigit():
        return True
    last = before.split()[-1] if before.split() else ""
    named = not last.islower() and before.strip() != "" and not last.endswith((".", ",", ";", ":", "(", "The"))
    return not (named or _LABEL.search(before))


def number_of(text: str) -> int:
    """Return the value of a match of `NUMBER`."""
    return whole(" ".join(text.split())) or 0


def thing_of(noun: str) -> str:
    """Return what a noun of this module stands for: drug, trial, variant ..."""
    return _THING[noun.casefold()]


def singular(noun: str) -> str:
    """Return a noun of this module in the singular, in lower case."""
    word = noun.casefold()
    if word in {"loci", "therapeutics"}:
        return {"loci": "locus"}.get(word, word)
    if word == "meta-analyses":
        return "meta-analysis"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word.removesuffix("s")
