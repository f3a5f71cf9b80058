"""A desk to try: `python -m bench.page.demo` starts the service with reports, and with an article that was checked yesterday.

It prints six tasks for somebody who has never seen the page. All places and people are invented. Ctrl-C ends it, data included.
"""

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from bench.serving import ROOT, running_service
from factcheck.api_keys import LOCAL_OWNER
from factcheck.redis_connection import connect_patiently
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.timestamps import iso_utc
from service.api.request_mapping import new_check, of_article
from tests.builders import a_request, an_article

REPORTS = ROOT / "tests" / "data" / "ostra.jsonl"
YESTERDAY_TITLE = "The reservoir of Brenn"
YESTERDAY = "The reservoir at Brenn was built in 1976. Water flooded 41 cellars in the village of Ostra."
TODAY = """A year on the lake

The ferry Marta carries 210 passengers across Lake Ostra. Captain Jonas Vell was at the helm on its first trip. That trip was \
on June 5, 2020.

Nine people died in the storm in Ostra. The Kessel bridge is 310 metres long. It was painted green in 1988. The school in Ostra \
has 85 pupils.

A new library will open in Ostra next spring. Nowhere is an evening as quiet as by the lake.
"""
FOLDER = {
    "library.txt": "Library for Ostra\n\nThe library in Ostra will open on April 12, 2027. It has 9,000 books.",
    "market.txt": "Market moves\n\nThe market of Ostra moves to the harbour. It has 34 stalls.",
}
TASKS = """\
1. Check the draft {draft} and find its three gravest errors.
2. Mend one of them.
3. Dismiss another one, with a reason.
4. Find the check of “{title}” that was made yesterday.
5. Retract the report “Kessel bridge measured”, with a reason.
6. Add the reports of the folder {folder} to the archive."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A running service; `draft` and `folder` are what its tasks speak of."""

    url: str
    draft: Path
    folder: Path


@contextmanager
def filled_desk(port: int = 0) -> Iterator[Desk]:
    """Ready: the reports are stored, yesterday's check has ended."""
    with running_service(port=port) as service:
        headers = {"Content-Type": "application/x-ndjson"}
        requests.post(
            f"{service.url}v1/documents", REPORTS.read_bytes(), headers=headers, timeout=30
        ).raise_for_status()
        _check_yesterday(service.url, service.data)
        draft, folder = service.data / "desk" / "draft.txt", service.data / "desk" / "new reports"
        folder.mkdir(parents=True)
        draft.write_text(TODAY, encoding="utf-8")
        for name, text in FOLDER.items():
            (folder / name).write_text(text, encoding="utf-8")
        yield Desk(service.url.rstrip("/"), draft, folder)


def _check_yesterday(url: str, data: Path) -> None:
    """Past the HTTP interface, which lets nobody choose when a check was made."""
    then = datetime.now(UTC) - timedelta(days=1)
    check = replace(new_check(LOCAL_OWNER), created_at=iso_utc(then))
    request = a_request(article=an_article(YESTERDAY, title=YESTERDAY_TITLE, published_at=then.date().isoformat()))
    client = connect_patiently(f"unix://{data.resolve() / 'redis.sock'}")
    RedisCheckRepository(client, Settings()).submit(of_article(check, None, request), request, None)
    client.close()
    requests.get(f"{url}v1/checks/{check.id}", {"wait": 30}, timeout=60).raise_for_status()


def main() -> int:
    """Until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("Starting ...", flush=True)
    try:
        with filled_desk(parser.parse_args().port) as desk:
            print(f"The desk is open at {desk.url}\n")
            print(TASKS.format(draft=desk.draft, title=YESTERDAY_TITLE, folder=desk.folder), flush=True)
            while True:
                time.sleep(3_600)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
