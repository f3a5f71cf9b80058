"""A stage for the page: the real app over fakes, served on a port of its own, with a player instead of a worker."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from factcheck.article import Article, Field, OffsetConverter
from factcheck.check import Check, CheckRequest, Problem
from factcheck.check_json import document_ref
from factcheck.claim import Claim
from factcheck.errors import CheckCancelled, StaleExecution, UnknownCheck
from factcheck.evidence import Document, Evidence, Stance
from factcheck.ingest.import_runner import ImportRunner
from factcheck.ingest.uploads import UploadArea
from factcheck.ports import IdempotencyKey
from factcheck.settings import Settings
from factcheck.store.executions import RedisCheckExecution
from factcheck.verdict import (
    ClaimSide,
    Conflict,
    ConflictKind,
    CorpusInfo,
    Coverage,
    EngineInfo,
    EvidenceSide,
    InternalConflict,
    Label,
    Report,
    Suggestion,
    Verdict,
)
from service.app import create_app
from tests.builders import a_document
from tests.fakes import InMemoryChecks, InMemoryDecisionBook, InMemoryDocuments, InMemorySearch

LETTER = a_document(
    "courier/2031/03/05",
    text="The Hallein bridge will open on Friday, March 14. Work on it cost 48 million crowns, the council said.",
    title="Bridge to open in March",
    source="The Salt Courier",
    published_at="2031-03-05",
)
RIVAL = a_document(
    "post-771",
    text="Work on the Hallein bridge cost 61 million crowns. Mayor Ida Brenner called the bridge a gift to the town.",
    title="What the bridge cost",
    source="Morning Post",
    published_at="2031-03-06",
)
ARTICLE = {
    "title": "Bridge opens at last",
    "published_at": "2031-03-07",
    "text": (
        "The Hallein bridge will open on March 15. It cost the town 48 million crowns. "
        "Mayor Ida Brenner called it a gift.\n\nThe old ferry sank in 1987. Who will miss it?"
    ),
}


@dataclass
class Line:
    """One verdict to come: the article's words that it is about, and what the archive says."""

    words: str
    label: Label
    odd: str = ""
    kind: ConflictKind = ConflictKind.DATE
    said: Sequence[tuple[Document, str, Stance]] = ()
    odd_there: str = ""
    write: str = ""
    message: str = ""
    rule: str = "stage"


def lines_of_article() -> list[Line]:
    """What the stage's own archive says of `ARTICLE`: one verdict of each label."""
    bears = (LETTER, "The Hallein bridge will open on Friday, March 14.", Stance.CONTRADICTS)
    cost = (LETTER, "Work on it cost 48 million crowns, the council said.", Stance.SUPPORTS)
    other = (RIVAL, "Work on the Hallein bridge cost 61 million crowns.", Stance.CONTRADICTS)
    gift = (RIVAL, "Mayor Ida Brenner called the bridge a gift to the town.", Stance.SUPPORTS)
    return [
        Line(
            "The Hallein bridge will open on March 15.",
            Label.CONTRADICTED,
            odd="March 15",
            said=[bears],
            odd_there="March 14",
            write="March 14",
            message="The draft says March 15; The Salt Courier (March 5, 2031) says March 14.",
        ),
        Line(
            "It cost the town 48 million crowns.",
            Label.DISPUTED,
            odd="48 million crowns",
            kind=ConflictKind.MONEY,
            said=[cost, other],
            odd_there="61 million crowns",
            message="The archive disagrees with itself: 48 million crowns, or 61 million crowns.",
        ),
        Line(
            "Mayor Ida Brenner called it a gift.", Label.SUPPORTED, said=[gift], message="Morning Post says the same."
        ),
        Line(
            "The old ferry sank in 1987.",
            Label.UNVERIFIED,
            message="The archive is silent on this.",
            rule="corpus.silent",
        ),
        Line("Who will miss it?", Label.NOT_CHECKABLE, message="A question."),
    ]


def verdict_of(line: Line, article: Article, index: int) -> Verdict:
    """The verdict that a line asks for, at its place in the article."""
    ruler = OffsetConverter(Field.TEXT, article.text)
    start = article.text.index(line.words)
    span = ruler.span(start, start + len(line.words))
    conflicts, suggestions = [], []
    if line.odd:
        at = start + line.words.index(line.odd)
        mine = ClaimSide(ruler.span(at, at + len(line.odd)), line.odd, None)
        document, text, _ = next(s for s in line.said if line.odd_there in s[1])
        conflicts.append(Conflict(line.kind, mine, _side(document, text, line.odd_there)))
        if line.write:
            suggestions.append(Suggestion(mine.span, line.write))
    return Verdict(
        claim=Claim(f"{index:02d}-{len(line.words)}", span, line.words, index),
        label=line.label,
        confidence=0.97 if line.odd else 0.84,
        message=line.message,
        rule=line.rule,
        conflicts=tuple(conflicts),
        suggestions=tuple(suggestions),
        evidence=tuple(_evidence(*said) for said in line.said),
    )


def _evidence(document: Document, text: str, stance: Stance) -> Evidence:
    start = document.text.index(text)
    span = OffsetConverter(Field.TEXT, document.text).span(start, start + len(text))
    return Evidence(document_ref(document), span, text, stance, 0.95)


def _side(document: Document, text: str, words: str) -> EvidenceSide:
    at = document.text.index(text) + text.index(words)
    return EvidenceSide(document.id, OffsetConverter(Field.TEXT, document.text).span(at, at + len(words)), words, None)


def inside_of(article: Article, a: str, b: str, message: str) -> InternalConflict:
    """Two places of the text that cannot both be right."""
    ruler = OffsetConverter(Field.TEXT, article.text)
    sides = [ClaimSide(ruler.span(i := article.text.index(w), i + len(w)), w, None) for w in (a, b)]
    return InternalConflict(ConflictKind.NUMBER, sides[0], sides[1], message, ())


@dataclass
class Player:
    """Stands in for the worker: tells the verdicts of `lines` one after another."""

    room: InMemoryChecks | RedisCheckExecution
    lines: list[Line] = field(default_factory=lines_of_article)
    inside: Callable[[Article], tuple[InternalConflict, ...]] = lambda article: ()
    pause_s: float = 0.0
    fail: Problem | None = None
    hold: Event = field(default_factory=Event)
    hold_after: int | None = None

    def perform(self, check_id: str) -> None:
        """The whole check. `hold_after` verdicts it waits until `hold` is set."""
        try:
            order = self.room.start(check_id, "x1")
            verdicts = [
                verdict_of(line, order.article, i)
                for i, line in enumerate(self.lines)
                if line.words in order.article.text
            ]
            self.room.record(check_id, "x1", None, len(verdicts))
            for n, verdict in enumerate(verdicts):
                if n == self.hold_after:
                    self.hold.wait(60)
                time.sleep(self.pause_s)
                self.room.record(check_id, "x1", verdict, len(verdicts))
            if self.fail:
                return self.room.fail(check_id, "x1", self.fail)
            self.room.finish(check_id, "x1", self._report(order, verdicts))
        except (CheckCancelled, StaleExecution, UnknownCheck):
            return

    def _report(self, order: CheckRequest, verdicts: list[Verdict]) -> Report:
        idle = sum(v.label is Label.NOT_CHECKABLE for v in verdicts)
        return Report(
            verdicts=tuple(verdicts),
            internal_conflicts=self.inside(order.article),
            coverage=Coverage(len(verdicts), len(verdicts) - idle, idle, 0),
            corpus=CorpusInfo("r2", 2, None),
            engine=EngineInfo("0.1.0", "stage", "stage"),
        )


class PlayedRoom(InMemoryChecks):
    """A room whose checks the player takes up at once."""

    def __init__(self) -> None:
        super().__init__()
        self.player = Player(self)

    def submit(self, check: Check, order: CheckRequest, idempotency: IdempotencyKey | None) -> Check:
        known = super().submit(check, order, idempotency)
        Thread(target=self.player.perform, args=(known.id,), daemon=True).start()
        return known

    def expire(self, check_id: str) -> None:
        """Its lifetime is over."""
        self.graves[check_id] = self.stored.pop(check_id).check.owner


@dataclass
class Stage:
    """What a test can turn: the player, the key, trouble with the network."""

    room: PlayedRoom
    shelf: InMemoryDocuments
    url: str = ""
    key: str | None = None
    cut_streams: bool = False
    refuse: Callable[[str, str], tuple[int, dict[str, Any]] | None] = lambda method, path: None
    streams: list[str | None] = field(default_factory=list)

    @property
    def player(self) -> Player:
        return self.room.player


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Nothing."""


def _app(stage: Stage, settings: Settings) -> Flask:
    app = create_app(
        settings,
        stage.room,
        stage.room,
        stage.shelf,
        InMemorySearch(stage.shelf),
        articles=stage.room,
        decisions=InMemoryDecisionBook(),
    )
    app.before_request(lambda: _gatekeeper(stage))
    app.after_request(lambda response: _cut(stage, response))
    return app


def _gatekeeper(stage: Stage) -> Response | None:
    if not request.path.startswith("/v1/"):
        return None
    if request.path.endswith("/events"):
        stage.streams.append(request.headers.get("Last-Event-ID"))
    if stage.key and request.headers.get("Authorization") != f"Bearer {stage.key}":
        return _problem(401, {"title": "A key is needed"})
    refused = stage.refuse(request.method, request.path)
    return _problem(*refused) if refused else None


def _problem(status: int, body: dict[str, Any]) -> Response:
    from flask import json

    return Response(json.dumps({"status": status, **body}), status, content_type="application/problem+json")


def _cut(stage: Stage, response: Response) -> Response:
    """Where `cut_streams` is set, an event stream ends after two verdicts, as if the line broke."""
    if not (stage.cut_streams and response.mimetype == "text/event-stream"):
        return response
    inner = response.response

    def until_cut() -> Iterator[bytes]:
        claims = 0
        for chunk in inner:
            yield chunk if isinstance(chunk, bytes) else chunk.encode()
            claims += b"event: claim" in chunk if isinstance(chunk, bytes) else 0
            if claims == 2:
                return

    response.response = until_cut()
    return response


@contextmanager
def playing(port: int = 0, **changes: Any) -> Iterator[Stage]:
    """A stage with its own archive of two reports, until the block ends."""
    stage = Stage(PlayedRoom(), InMemoryDocuments(LETTER, RIVAL))
    data_dir = tempfile.TemporaryDirectory(prefix="fc-stage-", ignore_cleanup_errors=True)
    settings = replace(Settings(), **{"article_limit_chars": 20_000, "data_dir": Path(data_dir.name), **changes})
    runner, stop = (
        ImportRunner(UploadArea(settings.data_dir), stage.shelf, settings.document_limit_chars, None),
        Event(),
    )
    runner.area.beat()
    importer = Thread(target=runner.run, args=(stop,), daemon=True)
    importer.start()
    server = make_server("127.0.0.1", port, _app(stage, settings), threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    stage.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stage
    finally:
        server.shutdown()
        server.server_close()
        stop.set()
        thread.join()
        importer.join()
        data_dir.cleanup()
