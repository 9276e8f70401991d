"""One small paper, set by two producers: typst, and Chromium's print of a page of HTML."""

from __future__ import annotations

from pathlib import Path

import typst
from chromium import Chromium

TITLE = "Resistance to two kinase inhibitors"
PROSE = (
    "ALK G1202R conferred resistance to crizotinib [1]. In the ALTA trial the objective response rate of brigatinib "
    "was 53% in all patients. In contrast, cells with ALK L1196M were sensitive to ceritinib [2], whereas ALK F1174L "
    "was resistant to crizotinib [1].",
    "The ALTA trial reported a median progression-free survival of 16.7 months with brigatinib. The other sentences "
    "of this paragraph only fill the lines, so that each producer breaks them where its own letters end.",
)
# Only the second producer sets this, so that every offset differs.
NOTICE = "This is the accepted manuscript of an article that another publisher has set in a layout of its own."
HEADER = ("Trial", "Drug", "ORR (%)", "PFS (months)")
ROWS = (
    ("ALTA", "Brigatinib", "53", "16.7"),
    ("ASCEND-1", "Ceritinib", "56", "6.9"),
    ("AcSe", "Crizotinib", "53", "8.1"),
)
REFERENCES = (
    "Kim DW, Ahn MJ. A first study of resistance. J Clin Oncol 2017;35:2490-8.",
    "Shaw AT, Gandhi L. A second study of sensitivity. Lancet Oncol 2014;15:1119-28.",
)

_STYLE = "body{font:10pt/1.4 serif;width:150mm} td,th{padding:1mm 6mm 1mm 0;text-align:left;border-bottom:1px solid}"


def set_by_typst(folder: Path) -> Path:
    """Return the paper as typst sets it, in one font and width."""
    header, *rows = (", ".join(f"[{cell}]" for cell in row) for row in (HEADER, *ROWS))
    references = "\n".join(f"+ {reference}" for reference in REFERENCES)
    source = f"""
#set page(width: 21cm, height: 29.7cm, margin: 2.5cm)
#set document(title: "{TITLE}", date: none)
#set text(size: 11pt)
#text(size: 18pt)[{TITLE}]

= Results
{_escaped((chr(10) * 2).join(PROSE))}

#figure(kind: table, caption: [Results of trials],
  table(columns: 4, stroke: none, table.hline(), {header}, table.hline(), {", ".join(rows)}, table.hline()))

= References
{references}
"""
    path = folder / "typst.pdf"
    path.write_bytes(typst.compile(source.encode()))
    return path


def set_by_chromium(folder: Path, chromium: Chromium) -> Path:
    """Return the paper as Chromium prints it, in another font, width and order of drawing."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    header = "".join(f"<th>{cell}</th>" for cell in HEADER)
    references = "".join(f"<li>{reference}</li>" for reference in REFERENCES)
    page = folder / "paper.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>{TITLE}</title><style>{_STYLE}</style><h1>{TITLE}</h1>"
        f"<p>{NOTICE}</p><h2>Results</h2>{body}<p>Table 1: Results of trials</p><table><thead><tr>{header}</tr></thead>"
        f"<tbody>{rows}</tbody></table><h2>References</h2><ol>{references}</ol>",
        encoding="utf-8",
    )
    return chromium.printed(page.as_uri(), folder / "chromium.pdf")


def _escaped(text: str) -> str:
    return text.replace("[", r"\[").replace("]", r"\]")
