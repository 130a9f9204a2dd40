"""The client toot, loaded once: alone, it takes a second to load for every command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Each command runs in a process of its own, as if typed: its words, what it reads and writes.
PROGRAM = """
import json, os, sys
from toot.cli import cli
for line in sys.stdin:
    words, *files = json.loads(line)
    child = os.fork()
    if not child:
        for number, file in enumerate(files):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY), number)
        sys.argv = ["toot", *words]
        cli()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass
class Toot:
    """toot with a home of its own: `toot("post", "Hello")`."""

    folder: Path
    process: subprocess.Popen[str]
    count: int = 0

    def __call__(self, *words: str, typed: str = "", refused: bool = False) -> str:
        """What a command printed; `refused`: what it complained of instead."""
        self.count += 1
        files = [self.folder / f"{self.count}.{name}" for name in ("in", "out", "err")]
        files[0].write_text(typed)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([words, *map(str, files)]), file=self.process.stdin, flush=True)
        code = int(self.process.stdout.readline())
        out, err = (file.read_text() for file in files[1:])
        assert bool(code) is refused, f"toot {' '.join(words)}: {code}\n{out}\n{err}"
        return err if refused else out

    def json(self, *words: str) -> Any:
        """What the server answered to it."""
        return json.loads(self(*words, "--json"))


@contextmanager
def kept_loaded(surroundings: dict[str, str], folder: Path) -> Iterator[Toot]:
    """toot in an environment; what it says goes through files in a folder."""
    loaded = [sys.executable, "-c", PROGRAM]
    pipe = subprocess.PIPE
    with subprocess.Popen(loaded, env=surroundings, stdin=pipe, stdout=pipe, text=True) as process:
        yield Toot(folder, process)
