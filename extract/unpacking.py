"""The streams of a PDF, unpacked no further than a page can need, and never so that a limit of time cannot reach it.

pdfminer unpacks a stream in one go: a file of some hundred bytes, deflated several times over, becomes gigabytes in
one call of zlib that no signal interrupts. Importing this module gives pdfminer filters that count what they make, a
piece at a time. A stream of more than `MOST` bytes is not unpacked, nor are those of a page that are more than
`MOST_A_PAGE` together; the page that needs them is a gap.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO

from pdfminer import pdftypes, utils
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFException

MOST = 64 << 20  # bytes of one stream
MOST_A_PAGE = 192 << 20  # bytes of all streams that are unpacked for one page
_PIECE = 1 << 20  # bytes that are unpacked between two looks at the clock
_END = 128  # the length that ends run-length data

_spent: ContextVar[list[int] | None] = ContextVar("bytes unpacked for the page", default=None)


class TooLargeError(PDFException):
    """A stream, or all streams of a page, are larger than a page can need."""


@contextmanager
def bounded() -> Iterator[None]:
    """Count what is unpacked inside as that of one page."""
    token = _spent.set([0])
    try:
        yield
    finally:
        _spent.reset(token)


def inflate(data: bytes) -> bytes:
    """Return deflated data unpacked, as `zlib.decompress`. Raises `zlib.error`, `TooLargeError`."""
    stream = zlib.decompressobj()
    out = _Bounded()
    rest = data
    while rest and not stream.eof:
        out.add(stream.decompress(rest, _PIECE))
        rest = stream.unconsumed_tail
    if not stream.eof:
        out.add(stream.flush())
    if not stream.eof:
        raise zlib.error("the data ends before its end")
    return out.whole()


def inflate_broken(data: bytes) -> bytes:
    """Return what there is of deflated data whose checksum, or end, is wrong or missing.

    Raises `zlib.error` where it is wrong before its last three bytes, `TooLargeError`.
    """
    stream = zlib.decompressobj()
    out = _Bounded()
    for at in range(len(data)):
        piece = data[at : at + 1]
        try:
            while piece:
                out.add(stream.decompress(piece, _PIECE))
                piece = stream.unconsumed_tail
        except zlib.error:
            if at < len(data) - 3:
                raise
            break
    return out.whole()


def unpack_lzw(data: bytes) -> bytes:
    """Return LZW data unpacked. Raises `TooLargeError`."""
    out = _Bounded()
    for piece in LZWDecoder(BytesIO(data)).run():
        out.add(piece)
    return out.whole()


def unpack_runs(data: bytes) -> bytes:
    """Return run-length data (ISO 32000-1, 7.4.5) unpacked. Raises `TooLargeError`."""
    out = _Bounded()
    at = 0
    while at < len(data) and (length := data[at]) != _END:
        if length < _END:
            out.add(data[at + 1 : at + 2 + length])
            at += 2 + length
        else:
            out.add(data[at + 1 : at + 2] * (257 - length))
            at += 2
    return out.whole()


class _Bounded:
    """Pieces of a stream, counted."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > MOST:
            raise TooLargeError(f"a stream is more than {MOST >> 20} MB unpacked")
        page = _spent.get()
        if page is not None:
            page[0] += len(piece)
            if page[0] > MOST_A_PAGE:
                raise TooLargeError(f"its streams are more than {MOST_A_PAGE >> 20} MB unpacked")
        self._pieces.append(piece)

    def whole(self) -> bytes:
        return b"".join(self._pieces)


def _png_rows(predictor: int, colors: int, columns: int, bits: int, data: bytes) -> bytes:
    if columns * colors > MOST:
        raise TooLargeError(f"a row of a stream is more than {MOST >> 20} MB")
    return _apply_png_predictor(predictor, colors, columns, bits, data)


class _Zlib:
    """What pdfminer uses of zlib."""

    error = zlib.error
    decompress = staticmethod(inflate)
    decompressobj = staticmethod(zlib.decompressobj)


_apply_png_predictor = utils.apply_png_predictor


def _install() -> None:
    for name, filter_ in (
        ("zlib", _Zlib),
        ("decompress_corrupted", inflate_broken),
        ("lzwdecode", unpack_lzw),
        ("rldecode", unpack_runs),
        ("apply_png_predictor", _png_rows),
    ):
        assert hasattr(pdftypes, name), f"pdfminer has no {name} to bound any more"  # noqa: S101 - a changed library
        setattr(pdftypes, name, filter_)


_install()
