"""Typeset the shipped documents again from their sources: `python -m corpus.typeset`.

The PDFs have a fixed date and only typst's own fonts, so that the typst version which a manifest names
gives the same bytes on every machine. Each PDF is written beside its source, and its SHA-256 into its
manifest. With another version of typst nothing is written, because the bytes would differ; to move to it,
change `typst` in the manifest first. typst is a development dependency, this script's alone.
"""

from __future__ import annotations

import hashlib
import re
import sys
from importlib import metadata

import typst

from corpus.manifest import Manifest, ManifestError, shipped

_SHA256_LINE = re.compile(r'^sha256 = "[0-9a-f]*"$', re.MULTILINE)


def typeset(manifest: Manifest) -> bytes:
    """Return the PDF that the manifest's source gives, the same bytes each time.

    Raises `ManifestError` where the source does not compile.
    """
    try:
        pdf = typst.compile(manifest.source, root=manifest.source.parent, format="pdf", ignore_system_fonts=True)
    except typst.TypstError as error:
        raise ManifestError(f"{manifest.source}: typst cannot set it: {error}") from error
    if not isinstance(pdf, bytes):
        raise ManifestError(f"{manifest.source}: typst gave no single PDF")
    return pdf


def rebuild(manifest: Manifest) -> str:
    """Write the manifest's PDF and its SHA-256 anew, and return the SHA-256.

    Raises `ManifestError` where typst is not of the version that the manifest names, or the source does
    not compile.
    """
    version = metadata.version("typst")
    if version != manifest.typst:
        raise ManifestError(
            f"{manifest.path}: set with typst {manifest.typst}, here is {version};"
            f" run pip install typst=={manifest.typst}, or change the version in its manifest"
        )
    pdf = typeset(manifest)
    digest = hashlib.sha256(pdf).hexdigest()
    file = manifest.path.with_suffix(".toml")
    text, lines = _SHA256_LINE.subn(f'sha256 = "{digest}"', file.read_text(encoding="utf-8"))
    if lines != 1:
        raise ManifestError(f"{file}: {lines} lines 'sha256 = ...' where there must be one")
    manifest.path.write_bytes(pdf)
    file.write_text(text, encoding="utf-8")
    return digest


def main() -> int:
    """Rebuild every shipped document; return the exit status."""
    try:
        for manifest in shipped():
            sys.stdout.write(f"{rebuild(manifest)}  {manifest.path.name}\n")
    except ManifestError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
