"""The NER models: listed, installed from an address with the right checksum, and their entities merged."""

from __future__ import annotations

import base64
import hashlib
import http.server
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from extract.models import KNOWN, ModelInstallError, install, model

NAME = "en_ner_jnlpba_md"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of a tiny model: a blank pipeline with a ruler for one chemical and one disease."""
    import spacy

    folder = tmp_path_factory.mktemp("model")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    patterns = [("CHEMICAL", "crizotinib"), ("CHEMICAL", "metformin hydrochloride"), ("DISEASE", "pneumonitis")]
    ruler.add_patterns([{"label": label, "pattern": text} for label, text in (*patterns, ("DISEASE", "NSCLC"))])
    pipeline.meta.update(name=NAME.removeprefix("en_"), version="0.0.1")
    pipeline.to_disk(folder / "data")
    files = {f"{NAME}/{path.relative_to(folder / 'data')}": path.read_bytes() for path in _files(folder / "data")}
    files[f"{NAME}/__init__.py"] = (
        b"from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
        b"def load(**overrides):\n    return load_model_from_path(Path(__file__).parent, **overrides)\n"
    )
    info = f"{NAME}-0.0.1.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 0.0.1\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = [f"{name},sha256={_digest(body)},{len(body)}" for name, body in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,"]).encode()
    path = folder / f"{NAME}-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(body: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()


def litcurate(*arguments: str, place: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with `place` as the folder that pip installs into and Python finds."""
    paths = os.pathsep.join([str(ROOT), str(place)])
    return subprocess.run(
        [sys.executable, "-m", "curate.cli", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=place,
        env={**os.environ, "PYTHONPATH": paths, "PIP_TARGET": str(place), "PIP_NO_INDEX": "1"},
    )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the tiny model was installed into by the command, from a `file://` address."""
    place = tmp_path_factory.mktemp("site")
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    run = litcurate("models", "install", NAME, "--sha256", sha256, "--from", wheel.as_uri(), place=place)
    assert (run.returncode, run.stdout) == (0, f"{NAME} 0.0.1 is installed\n"), run.stderr
    return place


def test_an_installed_model_is_listed_with_its_version(installed: Path) -> None:
    lines = litcurate("models", place=installed).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [known.name for known in KNOWN]
    assert [line.split()[1] for line in lines if line.startswith(NAME)] == ["0.0.1"]


def test_what_is_installed_is_not_fetched_again(installed: Path) -> None:
    run = litcurate("models", "install", NAME, "--from", "file:///nowhere", place=installed)
    assert (run.returncode, run.stdout) == (0, f"{NAME} 0.0.1 is installed already\n")


def test_the_entities_of_an_installed_model_are_merged(installed: Path) -> None:
    text = "crizotinib and metformin hydrochloride in NSCLC; pneumonitis"
    run = litcurate("annotate", "--ner-model", NAME, place=installed, text=text)
    assert run.returncode == 0, run.stderr
    import json

    found = [json.loads(line) for line in run.stdout.splitlines()]
    merged = [(m["text"], m["kind"], m["normalized"], m["entity"]) for m in found if m["recognizer"] == NAME]
    assert merged == [
        ("crizotinib", "chemical", "crizotinib", "UNII:53AH36668S"),
        ("metformin hydrochloride", "chemical", "metformin", merged[1][3]),
        ("NSCLC", "disease", "non-small cell lung cancer", "DOID:3908"),
        ("pneumonitis", "disease", "pneumonitis", ""),
    ]
    assert [m["kind"] for m in found if m["recognizer"] == "drug"] == ["drug", "drug"]


@pytest.fixture
def served(wheel: Path) -> Iterator[str]:
    """Yield the address of the wheel on a server of this machine."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(wheel.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{wheel.name}"
        server.shutdown()


def test_an_archive_with_another_checksum_is_refused(served: str) -> None:
    with pytest.raises(ModelInstallError, match=r"its SHA-256 is [0-9a-f]{64}, not 0{64}; nothing was installed"):
        install(NAME, sha256="0" * 64, address=served)


def test_what_the_server_does_not_have_is_said(served: str) -> None:
    with pytest.raises(ModelInstallError, match="File not found"):
        install(NAME, sha256="0" * 64, address=f"{served}.none")


@pytest.mark.parametrize(
    ("name", "sha256", "address", "said"),
    [
        ("en_ner_nothing", "0" * 64, "", "no model is called 'en_ner_nothing'; there are en_ner_bc5cdr_md"),
        (NAME, "12ab", "", "'12ab' is no SHA-256"),
        (NAME, "0" * 64, "ftp://127.0.0.1/model.whl", "is no address of a file"),
        (NAME, "0" * 64, "file:///", "is no address of a file"),
        (NAME, "0" * 64, "file:///nowhere/model.whl", "cannot be fetched"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(name: str, sha256: str, address: str, said: str) -> None:
    with pytest.raises(ModelInstallError) as caught:
        install(name, sha256=sha256, address=address)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_archive_that_is_no_package_is_said_in_one_line(tmp_path: Path) -> None:
    archive = tmp_path / f"{NAME}-0.0.1-py3-none-any.whl"
    archive.write_bytes(b"not a wheel")
    with pytest.raises(ModelInstallError, match="pip could not install") as caught:
        install(NAME, sha256=hashlib.sha256(b"not a wheel").hexdigest(), address=archive.as_uri())
    assert "\n" not in str(caught.value)


def test_no_access_is_one_line_and_status_1(tmp_path: Path) -> None:
    run = litcurate(
        "models", "install", NAME, "--sha256", "0" * 64, "--from", "http://127.0.0.1:9/m.whl", place=tmp_path
    )
    assert run.returncode == 1
    assert [line for line in run.stderr.splitlines() if line.startswith("Error:")] == run.stderr.splitlines()[1:]
    assert "cannot be fetched" in run.stderr


def test_without_a_checksum_the_address_is_shown_and_nothing_fetched(tmp_path: Path) -> None:
    run = litcurate("models", "install", NAME, place=tmp_path)
    assert run.returncode == 2
    assert model(NAME).address in run.stderr
    assert "--sha256" in run.stderr


def test_addresses_are_allenai_s_releases() -> None:
    assert {known.address.rsplit("/", 3)[1] for known in KNOWN} == {"releases"}
    assert all(known.address.startswith("https://") for known in KNOWN)


@pytest.mark.parametrize(
    "address", ["file:///x%00", "file:///x%00y.tar.gz", "http://[::1", "http://a b/c.tar.gz", "http://x\x7f/c"]
)
def test_an_address_that_is_none_is_one_line(address: str) -> None:
    with pytest.raises(ModelInstallError) as refusal:
        install("en_ner_bc5cdr_md", sha256="0" * 64, address=address)
    assert str(refusal.value).isprintable()
