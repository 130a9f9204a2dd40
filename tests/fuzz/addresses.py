"""Every address of the resolver, with the names of the parameters that its view looks for."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.forms import BaseForm
from django.urls import URLPattern, URLResolver, get_resolver

from stonechat.access import granting
from stonechat.config.doors import is_api

# Getters of `api.parameters.Parameters`, and those of Django's own mappings.
GETTERS = {
    "text", "texts", "choice", "flag", "number", "numbers", "identity", "identities", "moment",
    "mapping", "rows", "file", "given", "require", "get", "getlist",
}  # fmt: skip
NAME = re.compile("[a-z][a-z_]{0,30}")
PAGING = {"limit": "number", "offset": "number"}
PAGING |= dict.fromkeys(("max_id", "since_id", "min_id"), "identity")
OAUTH = dict.fromkeys([*granting.ASKING, *granting.EXCHANGING], "text")


@dataclass(frozen=True)
class Address:
    """One method of one route; `names` are parameters and how they are read."""

    route: str
    method: str
    names: tuple[tuple[str, str], ...]
    words: tuple[str, ...]  # constants of its module, among them the values it compares with

    @property
    def api(self) -> bool:
        return is_api("/" + self.route)

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"


def addresses() -> list[Address]:
    """All of them, in the order of the resolver."""
    return [one for route, view in _routes() for one in _of(route, view)]


def _routes() -> Iterator[tuple[str, Callable[..., Any]]]:
    return _within(get_resolver().url_patterns, "")


def _within(
    patterns: list[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _within(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _of(route: str, view: Any) -> Iterator[Address]:
    """A page of the web may answer any method: its views do not say which."""
    views = getattr(view, "endpoints", None) or dict.fromkeys(("GET", "POST"), view)
    for method, endpoint in views.items():
        source = inspect.unwrap(getattr(endpoint, "view", endpoint))
        read = _read_by(inspect.getmodule(source), source.__name__)
        names = {**(OAUTH if "oauth" in route else PAGING), **read.names}
        if ".web." in source.__module__:
            names |= _forms()
        yield Address(route, method, tuple(sorted(names.items())), tuple(sorted(read.words)))


@cache
def _forms() -> dict[str, str]:
    """What any page of the web looks for: its views hand the request on to other modules."""
    names: dict[str, str] = {}
    for name, module in list(sys.modules.items()):
        if name.startswith("stonechat.web.") and ".tests." not in name:
            for function in _functions(module):
                names |= _read_by(module, function).names
    return names


@dataclass
class Read:
    """What a function reads of a request."""

    names: dict[str, str]
    words: set[str]


def _read_by(module: ModuleType | None, function: str) -> Read:
    """Of a function and of those in its module that it calls, as far as that goes."""
    found = Read({}, set())
    waiting, seen = [function], set()
    while waiting:
        name = waiting.pop()
        for node in _functions(module).get(name, []):
            _note(node, found)
            called = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            waiting += called - seen
            seen |= called
    return found


@cache
def _functions(module: ModuleType | None) -> dict[str, list[ast.AST]]:
    """The functions, classes and constants of a module by name."""
    file = getattr(module, "__file__", None)
    tree = ast.parse(Path(file).read_text() if file else "")
    found: dict[str, list[ast.AST]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node)
    for name, thing in vars(module).items() if module else []:
        if inspect.isclass(thing) and issubclass(thing, BaseForm):
            read = "\n".join(f"POST.get({field!r})" for field in thing.base_fields)
            found.setdefault(name, []).append(ast.parse(read))
    return found


def _note(node: ast.AST, found: Read) -> None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and is_word(inner.value):
            found.words.add(inner.value)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            if inner.func.attr in GETTERS:
                _note_names(inner, inner.func.attr, found)
        elif isinstance(inner, ast.Call) and takes_request(inner):
            _note_names(inner, "texts", found)


def is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 40 and "%" not in value


def takes_request(call: ast.Call) -> bool:
    """As in `number(request.POST, "at")`."""
    first = ast.unparse(call.args[0]) if call.args else ""
    return first.startswith(("request", "sent", "parameters"))


def _note_names(call: ast.Call, how: str, found: Read) -> None:
    for argument in call.args:
        named = argument.value if isinstance(argument, ast.Constant) else None
        if isinstance(named, str) and NAME.fullmatch(named):
            found.names.setdefault(named, how)
