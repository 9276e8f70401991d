from pathlib import Path


def write_drugs(data: bytes, target: Path) -> None:
    """x."""
