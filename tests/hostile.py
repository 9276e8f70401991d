"""PDFs written object by object: for files that no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache

LETTER = "[0 0 612 792]"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def line(text: str, *, size: float = 10, x: float = 72, y: float = 700) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def stream(content: str | bytes, entries: str = "") -> bytes:
    data = content.encode("latin-1") if isinstance(content, str) else content
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def pdf_of(objects: Sequence[str | bytes], root: int = 1) -> bytes:
    """Return a PDF of numbered objects, the first of which is its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body.encode("latin-1") if isinstance(body, str) else body)
        out += b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
        + f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )


def pages_of(
    *contents: str | bytes, box: str = LETTER, font: str = FONT, resources: str = "", more: Sequence[bytes | str] = ()
) -> bytes:
    """Return a PDF of pages with these contents; `more` are further objects, from number 100 on."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        font,
    ]
    for n, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {5 + 2 * n} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        )
        objects.append(content if isinstance(content, bytes) else stream(content))
    objects += ["null"] * (99 - len(objects)) if more else []
    return pdf_of([*objects, *more])


def laughs(levels: int) -> list[bytes]:
    """Return forms of which each draws the next twice: twice as much to draw a level."""
    return [
        stream(
            "/X Do /X Do\n" if n < levels - 1 else line("ha"),
            f"/Type /XObject /Subtype /Form /BBox {LETTER} /Resources << /XObject << /X {101 + n} 0 R >> >>",
        )
        for n in range(levels)
    ]


@cache
def bomb(size: int, levels: int) -> bytes:
    """Return a stream that is `size` zero bytes, deflated so many times."""
    pressed = zlib.compressobj(9)
    data = b"".join(pressed.compress(bytes(1 << 20)) for _ in range(size >> 20)) + pressed.flush()
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter [{' /FlateDecode' * levels}]")
