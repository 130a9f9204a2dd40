"""The command `stonechat`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from stonechat.people.models import Account

Command = Callable[[argparse.Namespace], int]

DIRECTORY = ("unit", "title", "country", "zone", "manager", "level")
BECAUSE = "command line"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = _parser().parse_args(argv)
    run: Command = args.run
    _set_up(args)
    from stonechat.config.backup import CannotRestore
    from stonechat.config.serving import CannotListen
    from stonechat.core.actions import NotAllowed, Refused

    try:
        return run(args)
    except (CannotListen, CannotRestore, NotAllowed, Refused) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _set_up(args: argparse.Namespace) -> None:
    """Load Django; an address that nobody set follows the port that is served."""
    os.umask(0o077)  # what people wrote, and the keys, are for this user's eyes
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stonechat.config.settings")
    port = getattr(args, "port", 0) or os.environ.get("PORT", "8000")
    os.environ.setdefault("STONECHAT_URL", f"http://localhost:{port}")
    django.setup()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("stonechat", description="Microblogging for an organisation.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_people(commands)
    _add_keeping(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse has no public name for it


def _add(
    commands: Commands[argparse.ArgumentParser], name: str, run: Command, what: str
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=what, description=what)
    added.set_defaults(run=run)
    return added


def _add_running(commands: Commands[argparse.ArgumentParser]) -> None:
    serving = _add(commands, "serve", serve, "serve web, API and background work on one port")
    serving.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    serving.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    serving.add_argument(
        "--workers", type=int, default=0, help="by default one a core, four at most"
    )
    loading = _add(commands, "demo", demo, "load the demo company")
    loading.add_argument("--if-empty", action="store_true", help="only where nobody is yet")


def _add_people(commands: Commands[argparse.ArgumentParser]) -> None:
    account = commands.add_parser("account", help="people").add_subparsers(required=True)
    creating = _add(account, "create", create_account, "make an account")
    creating.add_argument("username")
    creating.add_argument("--email", required=True)
    creating.add_argument("--name", default="")
    creating.add_argument("--admin", action="store_true")
    for column in DIRECTORY:
        creating.add_argument(f"--{column}", type=int if column == "level" else str)
    creating.add_argument("--segment", dest="segments", action="append", default=[])
    token = commands.add_parser("token", help="access of programs").add_subparsers(required=True)
    issuing = _add(token, "create", create_token, "print a token, making the account if missing")
    issuing.add_argument("username")
    issuing.add_argument("--email", default="")
    issuing.add_argument("--scopes", default="read write follow push")
    issuing.add_argument("--value", help="this token instead of a drawn one")
    posting = _add(commands, "post", post, "publish a post")
    posting.add_argument("text")
    posting.add_argument("--as", dest="username", required=True, metavar="USERNAME")


def _add_keeping(commands: Commands[argparse.ArgumentParser]) -> None:
    saving = _add(commands, "backup", back_up, "write everything to one file, while people work")
    saving.add_argument("file", type=Path, help="packed when it ends in .gz or .tgz")
    restoring = _add(commands, "restore", restore, "put a backup back and prove that it is whole")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="even where there is data")
    _add(commands, "check", check, "say in plain words whether everything is well")


def serve(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    from django.conf import settings

    from stonechat.api.limits import share
    from stonechat.config import opening, serving
    from stonechat.config.upgrading import upgrade

    def prepare() -> None:
        upgrade()
        opening.check_open_reading()

    opening.check_client_tests(args.host)
    sock = serving.listen(args.host, args.port)
    workers = args.workers or serving.default_workers()
    host, port = sock.getsockname()[:2]
    print(f"Stonechat is open at {settings.STONECHAT_URL} (listening on {host}, port {port}).")
    print(f"{workers} workers; data in {settings.STONECHAT_DATA_DIR}. Stop it with Ctrl-C.")
    share(workers)
    return serving.serve(sock, workers, prepare)


def demo(args: argparse.Namespace) -> int:
    """Load the demo company."""
    from stonechat.config.upgrading import upgrade
    from stonechat.people.models import Account

    upgrade()
    if not (args.if_empty and Account.objects.exists()):
        from stonechat.demo import load

        load.load()
    return 0


def create_account(args: argparse.Namespace) -> int:
    """Make an account with what a directory would know."""
    from stonechat.config.upgrading import upgrade

    upgrade()
    given = {name: getattr(args, name) for name in DIRECTORY if getattr(args, name) is not None}
    password = secrets.token_urlsafe(12)
    _make_account(
        args.username,
        args.email,
        display_name=args.name,
        role="admin" if args.admin else "member",
        segments=args.segments,
        password=password,
        **given,
    )
    print(f"@{args.username} signs in with {args.email} and the password {password}")
    return 0


def create_token(args: argparse.Namespace) -> int:
    """Print a token alone on the last line."""
    from stonechat.access import actions as access
    from stonechat.audience.viewer import Viewer
    from stonechat.config.upgrading import upgrade

    upgrade()
    account = _account(args.username)
    if account is None:
        email = args.email or f"{args.username}@localhost.localdomain"
        account = _make_account(args.username, email)
    viewer = Viewer.system(because=BECAUSE)
    print(access.issue_token(viewer, account.user.pk, args.scopes, value=args.value))
    return 0


def post(args: argparse.Namespace) -> int:
    """Publish a post as somebody."""
    from stonechat.audience.viewer import Viewer
    from stonechat.posts import actions as posts

    account = _account(args.username)
    if account is None:
        print(f"Nobody is called {args.username}: see `stonechat account create`.", file=sys.stderr)
        return 1
    viewer = Viewer.person(account.pk)
    posts.publish(viewer, text=args.text)
    return 0


def back_up(args: argparse.Namespace) -> int:
    """Write a backup and say what is in it."""
    from stonechat.config import backup

    manifest = backup.write(args.file)
    print(f"{args.file}: {backup.summary(manifest)}.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup back and count again; 1 where anything differs."""
    from stonechat.config import backup

    manifest, wrong = backup.restore(args.file, args.replace)
    print(f"Restored what was saved at {manifest.made_at}: {backup.summary(manifest)}.")
    print("\n".join(wrong) or "Every count and digest agrees.")
    return 1 if wrong else 0


def check(_args: argparse.Namespace) -> int:
    """Print the findings; 1 where something serious is wrong."""
    from stonechat.config import health

    findings = list(health.findings())
    for finding in findings:
        print(f"{'ok ' if finding.well else 'NO '} {finding.words}")
    return int(any(finding.serious and not finding.well for finding in findings))


def _account(username: str) -> Account | None:
    from stonechat.people.models import Account

    return Account.objects.filter(username__iexact=username).first()


def _make_account(username: str, email: str, **more: Any) -> Account:
    from stonechat.audience.viewer import Viewer
    from stonechat.people import actions as people

    viewer = Viewer.system(because=BECAUSE)
    return people.create_account(viewer, username=username, email=email, **more)
