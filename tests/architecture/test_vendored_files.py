"""Vendored files are exactly what their manifests say: nothing changed, missing or unlisted."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR_FOLDERS = [ROOT / "static/vendor", ROOT / "tests/vendor"]


def listed_files(folder: Path) -> dict[str, str]:
    manifest = tomllib.loads((folder / "MANIFEST.toml").read_text())
    return {
        f"{package['name']}/{name}": checksum
        for package in manifest["package"]
        for name, checksum in package["files"].items()
    }


def stored_files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "MANIFEST.toml"
    }


@pytest.mark.parametrize("folder", VENDOR_FOLDERS, ids=lambda folder: folder.parent.name)
def test_each_stored_file_has_the_checksum_of_its_manifest(folder: Path) -> None:
    assert stored_files(folder) == listed_files(folder)


@pytest.mark.parametrize("folder", VENDOR_FOLDERS, ids=lambda folder: folder.parent.name)
def test_each_package_carries_its_licence_and_names_its_version(folder: Path) -> None:
    packages = tomllib.loads((folder / "MANIFEST.toml").read_text())["package"]

    incomplete = [
        package["name"]
        for package in packages
        if "LICENSE" not in package["files"]
        or not all(package.get(key) for key in ("version", "source", "licence"))
    ]

    assert incomplete == []


def test_a_changed_and_an_unlisted_file_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/LICENSE").write_text("changed")
    (tmp_path / "lib/extra.js").write_text("")
    (tmp_path / "MANIFEST.toml").write_text(
        '[[package]]\nname = "lib"\n[package.files]\n"LICENSE" = "0"\n'
    )

    stored, listed = stored_files(tmp_path), listed_files(tmp_path)

    assert stored.keys() - listed.keys() == {"lib/extra.js"}
    assert stored["lib/LICENSE"] != listed["lib/LICENSE"]
