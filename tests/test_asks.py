"""Every write is an action with the viewer first; `@action` itself sees to it that it asks."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def files() -> list[Path]:
    """`actions.py`, or the public files of `actions/`, of every room above core."""
    house = ROOT / "stonechat"
    found = [*house.glob("*/actions.py"), *house.glob("*/actions/[!_]*.py")]
    return sorted(file for file in found if file.parent.name != "core")


def public_functions(file: Path) -> Iterator[Callable[..., Any]]:
    """What the file defines for others, as it is after its decorators."""
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield getattr(import_module(module), node.name)


def fault(function: Callable[..., Any]) -> str:
    """What keeps a function from being an action; an empty text when nothing does."""
    if not getattr(function, "__action__", False):
        return "is no @action"
    if next(iter(inspect.signature(function).parameters), "") != "viewer":
        return "does not take `viewer` first"
    return ""


def test_every_public_function_of_actions_asks() -> None:
    functions = [(file, one) for file in files() for one in public_functions(file)]
    assert functions, "no action was found"
    wrong = [
        f"{file.relative_to(ROOT)}: {one.__name__} {fault(one)}"
        for file, one in functions
        if fault(one)
    ]
    assert not wrong, "\n".join(wrong)
