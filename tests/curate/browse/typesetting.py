"""Two papers for the browser, set by typst with what a place is to show in a colour that nothing else has.

The first holds, wherever a PDF can, a text that would run if it were taken for HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import papers

from curate.rules.run import check
from curate.store import Store
from extract.pipeline import extract

RUN = "<script>window.ran = 1</script>"
# A file's name can hold no slash.
NAME = "<img src=x onerror='window.ran = 1'>.pdf"
BLUE, GREEN = "rgb(0, 0, 255)", "rgb(0, 160, 0)"


def _coloured(colour: str, text: str) -> str:
    return f"#text(fill: {colour}, weight: 700)[{papers.escaped(text)}]"


# In the one the table contradicts the prose (blue), and a residue does not fit its gene (green).
PAPERS: Mapping[str, bytes] = {
    NAME: papers.typeset(
        "= Results\n\nIn the ALTA trial the "
        + _coloured(BLUE, "objective response rate of brigatinib was 62%")
        + " in all patients. Resistance to crizotinib was conferred by ALK "
        + _coloured(GREEN, "W1202R")
        + " and by ALK L1196M, ALK F1174L and ALK C1156Y.",
        papers.section(f"Methods {RUN}", f"The words {RUN} stand beside EGFR T790M, which is resistant to gefitinib."),
        "#pagebreak()",
        papers.table(
            "Table 1",
            f"Trials {RUN}",
            (("Trial", "Drug", "ORR (%)"), ("ALTA", "Brigatinib", "in blue"), ("ASCEND-1", f"Ceritinib {RUN}", "56")),
            f"ORR: objective response rate {RUN}",
        ).replace("in blue", _coloured(BLUE, "53")),
        papers.references(
            f"Kim DW. A study {RUN}. J Clin Oncol 2017;35:2490-8.", "Shaw AT. A second. Lancet 2014;1:2."
        ),
        title=f"Resistance {RUN}",
        doi="10.1000/first",
        page=papers.A4,
    ),
    "second.pdf": papers.typeset(
        papers.section("Results", "Cells with ALK L1196M, ALK F1174L, ALK C1156Y or ALK W1202R grew under crizotinib."),
        title="A second paper",
        doi="10.1000/second",
        page=papers.A4,
    ),
}


def store_of(folder: Path, pdfs: Mapping[str, bytes]) -> Path:
    """Read and check PDFs into a store in that folder, beside them; return its path."""
    path = folder / "curation.db"
    with Store.open(path, create=True) as store:
        run = store.begin_run("extract", version="0", settings="{}")
        for name, content in pdfs.items():
            pdf = folder / name
            pdf.write_bytes(content)
            extraction = extract(pdf)
            store.save(extraction, check(extraction), run, path=str(pdf))
        store.finish_run(run, read=len(pdfs))
    return path
