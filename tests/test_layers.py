"""Who may import whom: the contracts of pyproject.toml, and the rules that they cannot express."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "stonechat"
NO_ROOMS = {"core", "audience", "config", "demo"}  # they have files of other kinds
DOORS = {"web", "api", "identity", "integrations", "federation"}
SIGN_IN_TABLES = ("allauth.", "oauth2_provider.")


def contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}


def imports(file: Path) -> Iterator[str]:
    """Every dotted name that a file imports; `from a import b` yields `a.b`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(*rooms: str) -> list[Path]:
    """The Python files of some folders of the house, their tests left out."""
    found = [file for room in rooms for file in (HOUSE / room).rglob("*.py")]
    return [file for file in found if "tests" not in file.parts]


def rooms() -> set[str]:
    """Every folder that is neither a door nor of another kind."""
    folders = {folder.parent.name for folder in HOUSE.glob("*/__init__.py")}
    return folders - NO_ROOMS - DOORS


def test_the_contracts_are_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert set(contracts()) == {"storeys", "doors", "inside"}
    broken = lint_imports(no_logo=True)
    report = capsys.readouterr().out
    assert not broken, report
    assert "Contracts: 3 kept, 0 broken" in report


def test_no_folder_is_hidden_from_the_contracts() -> None:
    """The import linter sees packages only; tests/ stay out, so that they may use every room."""
    folders = {file.parent for file in files("") if "migrations" not in file.parts}
    assert len(folders) > 5, "the house was not found"
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_every_room_keeps_the_order_of_files() -> None:
    assert {f"stonechat.{room}" for room in rooms()} == set(contracts()["inside"]["containers"])


def test_doors_have_no_database() -> None:
    doors = files(*DOORS)
    assert doors, "no door was found"
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in doors
        for name in imports(file)
        if name.startswith("django.db.")
    ]
    assert not wrong, "a door asks queries and actions, never the database: " + "; ".join(wrong)


def test_only_access_and_identity_touch_the_tables_of_sign_in() -> None:
    others = {folder.name for folder in HOUSE.iterdir()} - {"access", "identity"}
    checked = files(*others)
    assert len(checked) > 20, "the house was not found"
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in checked
        for name in imports(file)
        if name.startswith(SIGN_IN_TABLES) and ".models" in name
    ]
    assert not wrong, "; ".join(wrong)
