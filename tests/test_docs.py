"""A setting, an API method, a job or an event that is not in docs/ does not exist for anybody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from stonechat.core.events import by_name

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "stonechat"


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def settings() -> set[str]:
    """The names that `config/settings.py` reads from the environment."""
    tree = ast.parse((HOUSE / "config/settings.py").read_text())
    return {
        f"STONECHAT_{node.args[0].value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def jobs() -> set[str]:
    """`room.job` for every function under `@job`."""
    return {
        f"{file.relative_to(HOUSE).parts[0]}.{node.name}"
        for file in HOUSE.rglob("*.py")
        if "tests" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).split(".")[-1] == "job" for mark in node.decorator_list)
    }


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Every address of the resolver, its parameters written `{}`."""
    for one in patterns:
        address = prefix + str(one.pattern).removeprefix("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, address)
        else:
            yield re.sub(r"<[^>]+>|\(.*?\)", "{}", address).removesuffix("/")


def written_routes() -> set[str]:
    """The addresses in docs/api.md, `/api/v1/statuses/{id}` taken as `/api/v1/statuses/{}`."""
    return {
        re.sub(r"\{\w+\}", "{}", one) for one in re.findall(r"`(/api/[^`\s]+)`", page("api.md"))
    }


def missing(names: set[str], text: str) -> list[str]:
    return sorted(name for name in names if f"`{name}`" not in text)


def test_settings_are_documented() -> None:
    assert len(settings()) > 5, "the settings were not found"
    assert not missing(settings(), page("settings.md"))


def test_no_documented_setting_has_gone() -> None:
    assert set(re.findall(r"^\| `(STONECHAT_\w+)`", page("settings.md"), re.M)) == settings()


def test_events_are_documented() -> None:
    assert by_name(), "no event was found"
    assert not missing(set(by_name()), page("events.md"))


def test_jobs_are_documented() -> None:
    assert jobs(), "no job was found"
    assert not missing(jobs(), page("events.md"))


def test_api_routes_are_documented() -> None:
    served = {one for one in routes(get_resolver().url_patterns) if one.startswith("/api/")}
    assert served, "no route of the API was found"
    assert not sorted(served - written_routes()), "say in docs/api.md what these are for"
    assert not sorted(written_routes() - served), "docs/api.md names what nobody serves"
