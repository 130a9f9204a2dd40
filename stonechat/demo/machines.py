"""What Anvil and Papertray report: builds, merges, reviews and approvals, by template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from stonechat.demo.cast import people
from stonechat.demo.happenings import Said
from stonechat.demo.working_days import DAY, at, works

PROJECTS = {
    "settlement-core": ("group:payments", ("Payments", "Platform")),
    "portal-web": ("group:release", ("Portal",)),
    "quayside": ("group:release", ("Portal",)),
    "ledger-export": ("group:release", ("Data", "Platform")),
    "tariff-service": ("group:release", ("Portal", "Payments")),
}
TESTS = [
    "test_return_codes_AC04",
    "test_month_end_in_two_zones",
    "test_fee_preview_floor",
    "test_umlaut_survives",
    "test_queue_owner_90_seconds",
    "test_keyboard_order",
    "test_offline_berth_conflict",
    "test_rounding_half_up",
    "test_no_receipt_twice",
    "test_port_without_name",
    "test_bank_calendar_next_year",
    "test_dead_letter_shelf",
    "test_ship_name_first",
    "test_leap_day",
    "test_slow_bank_21_seconds",
    "test_invoice_table_by_column",
]
CHANGES = (
    """
say which port a return came from|drop the retry of closed accounts|one index for port names
receipt in Portuguese|keep the reason code overnight|date field as three boxes
refuse the year 202|write the intention before sending|ship's name above the amount
polite sentence for MS03|sort invoices by ship|half to up, as since 1998
certificates renew themselves|show the fee of last year as a sentence|no fax field
read files with a BOM|queue owner after 90 seconds|Danish holidays without Store Bededag
announce sorted tables once|smaller start picture|berth conflict asks both
camt.053 with a time|limit of the sandbox in one place|column order read aloud
split a migration in two|log line shorter than a page|ports may keep a Walter
ACH lines of 94 characters|calendar asked once|half-hour time zones
remove a comment about a summer|AB08 means closed, not broken|tide table from the new source
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
DOCUMENTS = {
    "Returns runbook.md": "priya",
    "Hull tariff.docx": "callum",
    "On-call handbook.md": "ditte",
    "Bank calendar.xlsx": "wenke",
    "Data handbook.md": "piotr",
    "Working from other countries.docx": "hanne",
    "Record of processing.docx": "annegret",
    "First visit to a port.md": "bjarne",
    "Release checklist.md": "freja",
    "Access review.xlsx": "nadia",
    "Fire safety Hamburg.pdf": "uwe",
    "Fire safety Hull.pdf": "deirdre",
    "Index method.pdf": "johanna",
    "E-invoice for agents.pdf": "leyla",
    "Gannet Point notes.md": "luis",
    "Signature rules.pdf": "tobias",
    "Colour and contrast.md": "mathilde",
    "Old devices.pdf": "arne",
    "Post-mortem template.md": "torben",
    "Apprentice plan.docx": "karla",
}


@dataclass(frozen=True)
class Failure:
    """A red build somebody may answer."""

    said: Said
    author: str


def builds(now: datetime, rng: Random, breakers: list[str]) -> Iterator[Said | Failure]:
    """A year of Anvil, ending at build 4818; one failure for each of `breakers`, in order."""
    days = [d for d in _days(now) if works("Aarhus", d)]
    red = dict(
        zip(sorted(rng.sample(range(5, len(days) - 3), len(breakers))), breakers, strict=True)
    )
    number = 4818 - 14 * len(days)
    for index, day in enumerate(days):
        number += 14
        if index in red:
            yield from _broken(day, number, red[index], rng)
        elif rng.random() < 0.88:
            yield _merged(day, number, rng)
        if day.weekday() == 4 and index % 2:
            yield _nightly(day + DAY, number, rng)


def _days(now: datetime) -> list[date]:
    return [now.date() - DAY * n for n in range(362, -1, -1)]


def _said(key: str, moment: datetime, text: str, audience: str, author: str = "anvil") -> Said:
    return Said(key, author, moment, text, audience, "en", intent="machine")


def _merged(day: date, number: int, rng: Random) -> Said:
    project, (audience, units) = rng.choice(list(PROJECTS.items()))
    who = rng.choice([p.name for p in people().values() if p.unit in units])
    text = rng.choice(
        (
            f"{project} #{number}: passed in {rng.randint(3, 11)} min, merged by {who}: "
            f"{rng.choice(CHANGES)}.",
            f"{project}: {rng.randint(4, 9)} builds since this morning, main is green. "
            f"Last: #{number}, {who}, {rng.choice(CHANGES)}.",
            f"{project} #{number}: passed in {rng.randint(3, 11)} min. {rng.choice(CHANGES).capitalize()}.",
        )
    )
    moment = at("Aarhus", day, rng.randint(8 * 60 + 20, 17 * 60))
    return _said(f"anvil-{number}", moment, text, audience)


def _broken(day: date, number: int, breaker: str, rng: Random) -> Iterator[Said | Failure]:
    unit = people()[breaker].unit
    fitting = [p for p, (_, units) in PROJECTS.items() if unit in units] or ["settlement-core"]
    project = rng.choice(fitting)
    audience = PROJECTS[project][0]
    moment = at("Aarhus", day, rng.randint(9 * 60, 14 * 60 + 30))
    test = rng.choice(TESTS)
    red = _said(f"anvil-{number}", moment, f"{project} #{number}: failed: {test}.", audience)
    yield Failure(red, breaker)
    mended = moment + timedelta(minutes=rng.randint(35, 150))
    text = f"{project} #{number + 3}: passed, main is green again. {test} is mended."
    yield _said(f"anvil-{number + 3}", mended, text, audience)


def _nightly(day: date, number: int, rng: Random) -> Said:
    tests = 1284 + number % 97
    text = (
        f"settlement-core nightly: {tests} tests passed, 10,000 rounds of the kill test, "
        "nothing lost, nothing twice."
    )
    return _said(f"anvil-night-{day}", at("Aarhus", day, 120), text, "group:payments")


def papers(now: datetime, rng: Random) -> Iterator[Said]:
    """A year of Papertray, on two working days of five."""
    for day in _days(now):
        if works("Hamburg", day) and rng.random() < 0.4:
            document, owner = rng.choice(list(DOCUMENTS.items()))
            moment = at("Hamburg", day, rng.randint(8 * 60 + 40, 16 * 60 + 50))
            yield _said(
                f"paper-{day}", moment, _paper(document, owner, rng), "organisation", "papertray"
            )


def _paper(document: str, owner: str, rng: Random) -> str:
    name = people()[owner].name
    reviewer = rng.choice([people()[u].name for u in ("priya", "annegret", "margit", "torben")])
    return rng.choice(
        (
            f"{document} changed by {name}, section {rng.randint(1, 9)}.",
            f"{document} approved by {reviewer}, valid for {rng.choice((6, 12))} months.",
            f"{document}: version {rng.randint(2, 14)} is in force. Read it before you quote it.",
            f"{document} is due for review in 14 days. Owner: {name}.",
        )
    )
