"""scispaCy's NER models: which there are, which are installed, and how one is installed on request.

Nothing is fetched unless a user asks for it, and nothing is installed whose SHA-256 is not the one that was given.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

RELEASE = "0.5.4"
_RELEASES = "https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases"
_SCHEMES = ("https", "http", "file")
_SHA256 = re.compile("[0-9a-f]{64}")
_PIECE = 1 << 20
SECONDS = 60
"""How long an address may be silent."""


class ModelInstallError(Exception):
    """A model could not be installed; the message says in one line why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that scispaCy publishes (Neumann et al., BioNLP 2019); `finds` says what it was trained to find."""

    name: str
    finds: str

    @property
    def address(self) -> str:
        """Where AllenAI publishes the model."""
        return f"{_RELEASES}/v{RELEASE}/{self.name}-{RELEASE}.tar.gz"

    @property
    def installed(self) -> str:
        """The installed version, empty where it is not installed."""
        try:
            return importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return ""


KNOWN = (
    Model(name="en_ner_bc5cdr_md", finds="chemicals, diseases (BC5CDR)"),
    Model(name="en_ner_bionlp13cg_md", finds="cancers, chemicals, genes, tissues (BioNLP13CG)"),
    Model(name="en_ner_craft_md", finds="chemicals, genes, cells, taxa (CRAFT)"),
    Model(name="en_ner_jnlpba_md", finds="DNA, RNA, proteins, cells (JNLPBA)"),
)
"""The models in the order in which one that is installed is taken."""


def model(name: str) -> Model:
    """Return the model of that name. Raises `ModelInstallError`, with the names there are, where there is none."""
    for known in KNOWN:
        if known.name == name:
            return known
    raise ModelInstallError(f"no model is called {name!r}; there are {', '.join(known.name for known in KNOWN)}")


def install(name: str, *, sha256: str, address: str = "") -> str:
    """Install a model into this environment and return its version; `address` replaces AllenAI's (also `file://`).

    Raises `ModelInstallError` where the name or the checksum is wrong, the address cannot be reached, or pip fails.
    """
    wanted = model(name)
    expected = sha256.strip().lower().removeprefix("sha256:")
    if not _SHA256.fullmatch(expected):
        raise ModelInstallError(f"{sha256!r} is no SHA-256: it has 64 hexadecimal digits")
    with tempfile.TemporaryDirectory() as folder:
        archive = _fetched(address or wanted.address, Path(folder))
        found = _sha256(archive)
        if found != expected:
            raise ModelInstallError(
                f"{address or wanted.address}: its SHA-256 is {found}, not {expected}; nothing was installed"
            )
        _pip_install(archive)
    importlib.invalidate_caches()
    if not wanted.installed:
        raise ModelInstallError(f"{address or wanted.address}: holds no package {name}; see pip list")
    return wanted.installed


def _fetched(address: str, folder: Path) -> Path:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ModelInstallError(f"{address!r} is no address of a file ({error})") from error
    file_name = PurePosixPath(unquote(parts.path)).name
    if parts.scheme not in _SCHEMES or not file_name:
        raise ModelInstallError(f"{address!r} is no address of a file: it begins with https:// or file://")
    path = folder / file_name
    try:
        # The scheme is one of three, and what comes is only used where its checksum is the one that was given.
        with urllib.request.urlopen(address, timeout=SECONDS) as answer, path.open("wb") as file:  # noqa: S310
            _copy(answer, file)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise ModelInstallError(
            f"{address!r} cannot be fetched ({' '.join(str(reason).split())}); fetch it where there is access and give "
            "--from file:///path/to/it"
        ) from error
    return path


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while piece := source.read(_PIECE):
        target.write(piece)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pip_install(archive: Path) -> None:
    """Install an archive as it is: what a model needs beside itself, spaCy, is here already."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    run = subprocess.run([*command, str(archive)], capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if line.strip()]
        raise ModelInstallError(
            f"pip could not install {archive.name}: {said[-1].strip() if said else 'no reason given'}"
        )
