"""The documents that the toolkit ships, each with where it comes from and under what licence.

A manifest is the `.toml` file beside a PDF of `corpus/documents`, named like it. It credits the work that
the document is made from, as its licence asks, and holds the SHA-256 that tells a changed file from ours.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path


class ManifestError(Exception):
    """A manifest or its document is not as it should be; the message names the file and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known about a shipped document.

    `citation` and `doi` are those of the work that it is made from; `changes` says how it differs from
    that work, one sentence each. `source` and `data` are the files that typst `typst` sets it from.
    """

    path: Path
    title: str
    author: str
    citation: str
    doi: str
    licence: str
    licence_url: str
    attribution: str
    changes: tuple[str, ...]
    sha256: str
    rebuild: str
    typst: str
    source: Path
    data: tuple[Path, ...]


def shipped() -> tuple[Manifest, ...]:
    """Return the manifests of all shipped documents, by file name.

    Raises `ManifestError` where a manifest cannot be read or lacks a field.
    """
    folder = Path(str(resources.files("corpus") / "documents"))
    return tuple(read_manifest(path) for path in sorted(folder.glob("*.toml")))


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a TOML file; the document is the PDF of the same name beside it.

    Raises `ManifestError` where the file is not TOML or a field is absent, empty or of the wrong type.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: not a manifest that can be read: {error}") from error
    source = _section(path, fields, "source")
    rebuild = _section(path, fields, "rebuild")
    return Manifest(
        path=path.with_suffix(".pdf"),
        title=_text(path, fields, "title"),
        author=_text(path, fields, "author"),
        citation=_text(path, source, "citation"),
        doi=_text(path, source, "doi"),
        licence=_text(path, fields, "licence"),
        licence_url=_text(path, fields, "licence_url"),
        attribution=_text(path, fields, "attribution"),
        changes=_texts(path, fields, "changes"),
        sha256=_text(path, fields, "sha256"),
        rebuild=_text(path, rebuild, "command"),
        typst=_text(path, rebuild, "typst"),
        source=path.parent / _text(path, rebuild, "typst_source"),
        data=tuple(path.parent / name for name in _texts(path, rebuild, "data")),
    )


def verify(manifest: Manifest) -> None:
    """Return if the document is the one that the manifest describes.

    Raises `ManifestError`, one line, where the file is absent or its SHA-256 is another.
    """
    try:
        found = hashlib.sha256(manifest.path.read_bytes()).hexdigest()
    except OSError as error:
        raise ManifestError(
            f"{manifest.path}: the document cannot be read, {error.strerror}; install litcurate again"
        ) from error
    if found != manifest.sha256:
        raise ManifestError(
            f"{manifest.path}: SHA-256 is {found}, not {manifest.sha256} as its manifest says;"
            f" install litcurate again, or rebuild it with {manifest.rebuild}"
        )


def _section(path: Path, fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    section = fields.get(name)
    if not isinstance(section, dict):
        raise ManifestError(f"{path}: no section [{name}]; add it")
    return section


def _text(path: Path, fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ManifestError(f"{path}: no text under {name!r}; add it")
    return value


def _texts(path: Path, fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = fields.get(name)
    if not isinstance(values, list) or not values:
        raise ManifestError(f"{path}: no list of texts under {name!r}; add it")
    texts = tuple(value for value in values if isinstance(value, str) and value.strip())
    if len(texts) != len(values):
        raise ManifestError(f"{path}: an entry of {name!r} is not a text; mend it")
    return texts
