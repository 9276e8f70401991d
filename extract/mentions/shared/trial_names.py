"""Names of trials: known programmes with a number, shapes of names, and what has that shape and is none."""

from __future__ import annotations

import functools
import re
from importlib import resources

# A name as sponsors write it: capitals, perhaps a hyphenated part, perhaps a number after a space.
NAME = (
    r"(?:[A-Za-z]{0,12}[A-Z][A-Za-z]{0,14}[A-Z0-9][A-Za-z0-9]{0,14}|[A-Z](?=[-–‐‑][A-Z]{2}))"
    r"(?:[-–‐‑][A-Za-z0-9]{1,14}){0,3}"
    r"(?:\s(?:[Ll]ung|[Bb]reast|[Mm]ono-?)?\s?(?:[0-9]{1,2}-[0-9]{2}|[0-9]{1,4}[A-Z]{0,2})(?![\w.%/]|\s(?:%|mg|patients|months|weeks|years|days)))?"
)
# Abbreviations of the field that stand before 'trial' or 'study' without naming one.
NOT_TRIALS = frozenset(
    """
    RCT RCTS MRI CT PET PK PD PKPD FDA EMA NCI NIH WHO NSCLC SCLC HCC CRC RCC GIST AML CML ALL CLL MM DLBCL ALCL IMT
    TNBC HNSCC MDS NHL PDX TKI TKIS ICI ICIS CNS ITT PFS OS ORR DOR DCR TTP RFS DFS EFS CR PR SD QOL HIV HBV HCV HPV
    DNA RNA CDNA CTDNA CFDNA MRNA PCR QPCR NGS FISH IHC WES WGS GWAS SNP US USA UK EU EORTC ECOG NCCN ESMO ASCO RTOG
    SWOG JCOG SAE AE AES VS NA ND NR NE NYR NOT CI HR RR II III IV IA IB IIA IIB IIIA IIIB BID QD SOC BSC EGFR ALK
    HER2 PD-1 PD-L1 CTLA-4 VEGF BRCA BRAF KRAS COVID-19 COVID SARS-COV-2 CD-1 HLA TMB MSI MSI-H DMMR MTD DLT RP2D
    INC LTD LLC PI3K MEK MTOR CAR-T GCP ICH RECIST CTCAE STROBE PRISMA CONSORT TNM AJCC UICC IRB IRC BICR DMC IDMC
    FAS PPS MITT SCID NOD HE TPS CPS AUC ROC ELISA LC-MS OS/PFS ALL-CAUSE REAL-WORLD AND OR NOT THE BUT FOR PHASE
    TRIAL STUDY GROUP COHORT OPEN-LABEL RT CRT CCRT NCRT HPLC UHPLC HPTLC SEM TEM CGH ACGH IRMA RIA SEER REDCAP
    NCIC MRC NIHR NHS HTA CTU AIO FNCLCC FFCD GERCOR UNICANCER NRG ACRIN ECOG-ACRIN NSABP GOG CALGB HOVON GIMEMA
    TCGA METABRIC GENIE COSMIC ENCODE GTEX TARGET DEPMAP CCLE MSKCC NCDB NHANES ELISA PCR WHO FACS IMMUNE
    ISRCTN CHICTR PACTR ANZCTR EUDRACT ACTRN UMIN JRCT DRKS REMARK TRIPOD QUADAS-2 COSMIN MOOSE SPIRIT
    """.split()
)
_INSTRUMENTS = frozenset({"MRI", "CT", "PET", "PCR", "MS", "HPLC", "NGS", "RNA", "DNA"})
_RANGE = re.compile(r"[IV]{1,3}[ab]?-[IV]{1,3}[ab]?")
_SUBSTITUTION = re.compile(r"[A-Z]\d{2,5}[A-Z]")
_WORD_PART = re.compile(r"-[a-z]{4,}\b|[a-z]{1,2}[RD]NAs?$")
_DRUG_CODE = re.compile(r"[A-Z]{2,5}[- ]?\d{3,6}[A-Z]?")
_CELL_LINE = re.compile(
    r"(?:H|A|HCC|PC|SW|MCF|HT|SK|U|LN|NCI|CACO|SKBR|COLO|MDA|COS|CHO|HEK|HELA|BAF|NIH|RPMI|RAJI|K|T|BT)[-]?[A-Z]?\d{1,4}[A-Z]?"
)
_LETTERED_GENE = re.compile(
    r"(?:IL|CD|HER|ERBB|HIF|VEGFR?|FGFR|PDGFR|STAT|MMP|TNF|TGF|MAPK|SMAD|HSP|COX|CCR|CXCR|CCL|CXCL|TLR|GLUT|ICAM|VCAM"
    r"|CASP|BCL|CYP|PPAR|NOD|FOX[A-Z]|HLA|TIM|LAG|SIRT|GATA|WNT|BRCA|AKT|CDK|PARP|JAK|TRK|ROS|MIR|LET|SARS|COV|COVID"
    r"|INTERLEUKIN|CASPASE|GRADE|STAGE|PHASE|TABLE|FIGURE|FIG|GROUP|COHORT|ARM|DAY|CYCLE|WEEK|PS|NO|ICD|PHQ|QLQ|SF|EQ)"
    r"[-\s]?\d{1,3}[A-Z]{0,2}"
)
_ROCHE = re.compile(r"(?:NP|MO|BO|GO|WO|ML|YO|CO|JO)\d{5}")
_DASHES = re.compile(r"[‐‑–−]")
CODE_SUFFIXED = re.compile(r"[A-Z]{2,3}-\d{3}[A-Z]{2}|J-[A-Z]{3,9}\d{0,2}")


@functools.cache
def _families() -> dict[str, str]:
    """Return the programmes' names in upper case without spaces and hyphens, each with its usual written form."""
    lines = resources.files(__package__).joinpath("trial_families.txt").read_text(encoding="utf-8").splitlines()
    families = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, _, joint = line.partition("|")
            families[_squeezed(name)] = name + joint
    return families


def _squeezed(name: str) -> str:
    return re.sub(r"[\s-]", "", _DASHES.sub("-", name)).upper()


_NUMBERED = re.compile(r"(?P<family>.*?[A-Za-z&])[\s-]{0,2}(?P<number>\d{1,4}[A-Za-z]{0,2})")


@functools.lru_cache(maxsize=20_000)
def canonical(name: str) -> str:
    """Return the usual written form of a trial's name: plain hyphens, the sponsor's joint before the number."""
    plain = " ".join(_DASHES.sub("-", name).split())
    match = _NUMBERED.fullmatch(plain)
    if match:
        written = _families().get(_squeezed(match["family"]))
        # A programme without a usual joint, all in capitals, keeps the hyphen that is printed.
        if written is not None and not (
            written.isalpha() and written.isupper() and plain[match.start("number") - 1] == "-"
        ):
            return f"{written}{match['number'].upper()}"
    return plain


@functools.lru_cache(maxsize=20_000)
def is_programme(name: str) -> bool:
    """Say whether a name is that of a known programme with a number or a suffix."""
    plain = " ".join(_DASHES.sub("-", name).split())
    match = _NUMBERED.fullmatch(plain)
    if match is None:
        return False
    family = match["family"]
    known = _squeezed(family) in _families()
    return known and any(letter.isupper() for letter in family[1:])


def is_study_code(name: str) -> bool:
    """Say whether a name has the form of a sponsor's study number: NP28673, AF-001JP."""
    plain = _DASHES.sub("-", name)
    return _ROCHE.fullmatch(plain) is not None or CODE_SUFFIXED.fullmatch(plain) is not None


@functools.lru_cache(maxsize=20_000)
def could_be_trial(name: str) -> bool:
    """Say whether a name may be a trial's where its surroundings say so."""
    plain = " ".join(_DASHES.sub("-", name).split())
    if plain.upper() in NOT_TRIALS or plain.removesuffix("s").upper() in NOT_TRIALS:
        return False
    if is_programme(plain) or is_study_code(plain):
        return True
    if re.fullmatch(r"(?:I{1,3}|IV|VI{0,3}|[IV]+[ab]?)(?:/I+)?", plain) or _LETTERED_GENE.fullmatch(plain.upper()):
        return False
    if _RANGE.fullmatch(plain) or _SUBSTITUTION.fullmatch(plain) or _WORD_PART.search(plain):
        return False
    if "-" in plain and plain.rpartition("-")[2] in _INSTRUMENTS:
        return False
    if _DRUG_CODE.fullmatch(plain) or _CELL_LINE.fullmatch(plain) or plain.upper().startswith("NCT"):
        return False
    capitals = sum(letter.isupper() for letter in plain)
    least = 2 if re.search(r"\d|-", plain) else 3
    return capitals >= least and not re.search(r"(?:positive|negative|mutant|mutated|driven|based|naive|label)$", plain)
