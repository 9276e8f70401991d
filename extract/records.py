"""Every frozen record that a document yields, from the words of a page to a claim.

Records hold what was found and where; they do no work. Coordinates are PDF points with the origin at
the top left of the page, as pdfplumber has them; pages count from 1; offsets are code points of
`Document.text`. Sequences are tuples, so that a record can be hashed, pickled and shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of code points of `Document.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Letters that the page sets without a space, in one size and at one height.

    `edges` are the x positions between the characters, `len(text) + 1` of them (empty where the word
    is not set from left to right). `spaced` says whether a space stands before the word; a superscript
    follows its word unspaced. `span` is where the word stands in `Document.text`; it is shorter than
    the text where a hyphen at a line's end was taken out, and None where the word is kept elsewhere (a
    superscript citation). `baseline` is the y of the line that the letters stand on, from the top of the page
    (the x, where the word is not upright): boxes of one line differ from font to font, baselines do not.
    """

    text: str
    box: Box
    font: str
    size: float
    baseline: float = 0.0
    superscript: bool = False
    subscript: bool = False
    spaced: bool = True
    upright: bool = True
    edges: tuple[float, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its size in points, its words in the file's order, and why it could not be read."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    gap: str | None = None


class BlockKind(StrEnum):
    """What a block of text is to the reader of the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    NOTE = "note"
    REFERENCE = "reference"
    FRONT_MATTER = "front matter"
    FIGURE_TEXT = "figure text"
    RUNNING_HEAD = "running head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of text that belongs together; `section` joins the headings above it by ' > '."""

    kind: BlockKind
    section: str
    span: Span
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """A cell by its table's place in `Document.tables`, its row and its column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One logical cell; a cell over several columns or rows stands once, at its first."""

    row: int
    column: int
    text: str
    boxes: tuple[Box, ...]
    span: Span
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of logical rows, continued over pages once; every row has the same number of cells.

    `stray` holds the words of the table's area that lie in no cell; `confidence` (0 to 1) is computed from
    what can be checked. `image` marks a table of which the page holds a picture only: it has no rows.
    """

    label: str
    caption: str
    note: str
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    pages: tuple[int, ...]
    confidence: float
    boxes: tuple[Box, ...]
    stray: tuple[Word, ...] = ()
    image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the reference list; what the page does not print or link is empty.

    `number` counts from 1 where the list has no numbers; `first_author` is a family name.
    """

    number: int
    first_author: str
    authors: str
    title: str
    source: str
    year: str
    doi: str
    pmid: str
    text: str
    span: Span
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation in the text or in a cell: the numbers it names and the offset of the text before it.

    A raised mark that names no reference, such as that of a footnote in a paper that cites by name and year, has none.
    """

    text: str
    numbers: tuple[int, ...]
    anchor: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says, in reading order, every character of `text` traceable to its word.

    `text` holds the blocks, each followed by a blank line, then the tables, each cell once. `id` is the
    SHA-256 of the file (of the text, for plain text).
    """

    id: str
    file_name: str
    title: str
    doi: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...] = ()


class Assertion(StrEnum):
    """Whether the text says that the mentioned thing is so.

    `HISTORICAL` was so before what is told (an earlier treatment), `OTHER` is somebody else's (a family history).
    """

    ASSERTED = "asserted"
    NEGATED = "negated"
    POSSIBLE = "possible"
    HISTORICAL = "historical"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as the paper states it.

    `measure` is what kind of number it is: percent, duration, ratio, p_value, count, fraction (in words: `two thirds`
    is count 2 of total 3), dose or number.
    `unit` is `%`, `months`, `mg` ... or empty. `low` and `high` bound the interval or range, whose kind is
    `interval` (`95% CI`, `range`, or empty when the text does not say). `status` is `not reached` or
    `not estimable` where a word stands for the value. `decimals` counts the printed decimal places.
    """

    measure: str
    value: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    interval: str = ""
    comparison: str = ""
    count: int | None = None
    total: int | None = None
    status: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A named thing or a number where it stands.

    `normalized` is its standard form (HGVS protein notation, approved symbol, INN). `entity` is the
    identifier in the reference data (`HGNC:427`, `UNII:53AH36668S`); for a variant the symbol of the gene
    that it is grounded to; empty when it is linked to nothing. `score` is 1.0 for an exact form, lower for
    a misspelling or a form that context had to settle.
    """

    kind: str
    text: str
    normalized: str
    entity: str
    span: Span
    boxes: tuple[Box, ...]
    recognizer: str
    score: float = 1.0
    assertion: Assertion = Assertion.ASSERTED
    cell: CellRef | None = None
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form with the long form that the document gives for it."""

    short: str
    long: str
    span: Span


class How(StrEnum):
    """How an argument of a claim was found: said where the claim stands, or taken from what the paper makes clear."""

    SAID = "said"
    ROW = "from the row"
    COLUMN = "from the column"
    CAPTION = "from the caption"
    BEFORE = "from the sentence before"
    STUDY = "the paper's own study"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowFound:
    """An argument of a claim, by its name, and how it was found at a place."""

    argument: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place in the document, with enough around it to find it again in another copy of the file.

    The selectors follow the W3C Web Annotation model: exact quote, prefix, suffix and text position. `citations` are
    the numbers of the references that the document cites there for what a claim says. `found` says of a claim's
    arguments how each was found there, as far as that is told.
    """

    quote: str
    prefix: str
    suffix: str
    span: Span
    boxes: tuple[Box, ...]
    extractor: str
    cell: CellRef | None = None
    citations: tuple[int, ...] = ()
    found: tuple[HowFound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The base of what a claim asserts; each kind of claim extends it with its own arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one or more places of the document assert, in a normal form.

    `id` hashes the kind, the normalised arguments and the paper's identity, never an offset or a version.
    """

    id: str
    kind: str
    arguments: Arguments
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read from one document; `extract(path)` returns it and the store keeps it.

    `gaps` says in one line each what could not be read or was not looked for.
    """

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    gaps: tuple[str, ...] = ()
