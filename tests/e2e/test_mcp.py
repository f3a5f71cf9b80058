"""`factcheck mcp`, started as assistants start it, and asked over standard input and output by the protocol's own client."""

from __future__ import (
    annotations,  # `mcp` is imported where a client starts: to collect this file needs no half second more
)

import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from bench.serving import Service
from factcheck.evidence import Stance
from factcheck.verdict import Label
from tests.e2e.fake_service import ARTICLE, LETTER, RIVAL, Line, Stage, playing

if TYPE_CHECKING:
    from mcp import Client
    from mcp.types import CallToolResult

ROOT = Path(__file__).parents[2]


def tool_server(url: str, key: str = "", mode: str = "legacy") -> Client:
    """A tool server in front of the service at `url`, which starts when the client is entered."""
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    arguments = ["-m", "factcheck_cli.main", "mcp", "--url", url, "--timeout", "60"]
    environ = {"FACTCHECK_API_KEY": key} if key else {}
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environ, cwd=ROOT)
    return Client(stdio_client(server), mode=mode)


def asked(url: str, ask: Callable[[Client], Awaitable[Any]], key: str = "", mode: str = "legacy") -> Any:
    """What `ask` answers, of a tool server of its own."""

    async def talk() -> Any:
        async with tool_server(url, key, mode) as client:
            return await ask(client)

    return anyio.run(talk)


def called(url: str, tool: str, key: str = "", **arguments: object) -> CallToolResult:
    return asked(url, lambda client: client.call_tool(tool, arguments), key)


def answers(url: str, tool: str, *calls: dict[str, object]) -> list[dict[str, Any]]:
    """Of one tool server, one after another."""
    results = asked(url, lambda client: in_turn(client, tool, calls))
    return [content_of(result) for result in results]


async def in_turn(client: Client, tool: str, calls: Sequence[dict[str, object]]) -> list[CallToolResult]:
    return [await client.call_tool(tool, arguments) for arguments in calls]


def content_of(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


class Assistant:
    """One tool server in front of a stage that nobody changes: a start of it takes a second."""

    def __init__(self, stage: Stage, client: Client, portal: BlockingPortal) -> None:
        self.stage = stage
        self._client = client
        self._portal = portal

    def call(self, tool: str, arguments: dict[str, Any], **more: Any) -> CallToolResult:
        return self._portal.call(lambda: self._client.call_tool(tool, arguments, **more))

    def answer(self, tool: str, **arguments: object) -> dict[str, Any]:
        return content_of(self.call(tool, arguments))


@pytest.fixture(scope="module")
def assistant() -> Iterator[Assistant]:
    with (
        playing() as stage,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(tool_server(stage.url)) as client,
    ):
        yield Assistant(stage, client, portal)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_tools_say_what_they_do_and_that_they_change_nothing(stage: Stage, mode: str):
    """By the handshake of before 2026, which most assistants speak, and by the protocol of today."""
    tools = asked(stage.url, lambda client: client.list_tools(), mode=mode).tools
    assert [tool.name for tool in tools] == ["check_article", "verify_claim", "search_corpus"]
    for tool in tools:
        assert tool.description
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert all(field.get("description") for field in tool.input_schema["properties"].values())
        assert tool.output_schema is not None


def test_an_article_is_checked(assistant: Assistant):
    checked = assistant.answer("check_article", **ARTICLE)
    assert checked["summary"]["contradicted"] == 1
    assert checked["complete"]
    first = checked["claims"][0]
    assert (first["label"], first["corrections"]) == ("contradicted", ["March 14"])
    assert ARTICLE["text"][first["start"] : first["end"]] == first["claim"]
    [said] = first["evidence"]
    assert (said["document_id"], said["stance"], said["published_at"]) == (
        LETTER.id,
        "contradicts",
        LETTER.published_at,
    )
    assert LETTER.text[said["start"] : said["end"]] == said["text"]


def test_while_it_is_checked_the_assistant_hears_how_far_it_is(assistant: Assistant):
    heard: list[tuple[float, float | None]] = []

    async def listen(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total))

    assistant.call("check_article", ARTICLE, progress_callback=listen)
    assert heard[-1] == (5, 5)
    assert heard == sorted(heard)


def test_nothing_is_left_of_it_in_the_service(assistant: Assistant):
    assistant.answer("check_article", **ARTICLE)
    assert assistant.stage.room.stored == {}


def test_a_claim_is_verified_against_the_archive_or_against_given_texts(stage: Stage):
    claim = "The Hallein bridge will open on March 15."
    evidence = ["It opens on March 14.", "It opens in spring."]
    handed_in = []
    submit = stage.room.submit
    stage.room.submit = lambda check, order, key: handed_in.append(order) or submit(check, order, key)  # type: ignore[method-assign]
    calls = {"claim": claim, "published_at": "2031-03-07"}, {"claim": claim, "evidence": evidence}
    verified = answers(stage.url, "verify_claim", *calls)[0]
    assert (verified["label"], len(verified["claims"])) == ("contradicted", 1)
    assert not handed_in[0].documents
    assert [d.text for d in handed_in[1].documents] == evidence


def test_the_gravest_verdict_of_a_statement_counts(stage: Stage):
    stage.player.lines = [
        Line("The bridge is open.", Label.SUPPORTED, said=[(RIVAL, "a gift", Stance.SUPPORTS)]),
        Line("It is old.", Label.UNVERIFIED),
    ]
    [verified] = answers(stage.url, "verify_claim", {"claim": "The bridge is open. It is old."})
    assert verified["label"] == "unverified"


def test_the_archive_is_searched(assistant: Assistant):
    found = assistant.answer("search_corpus", query="Hallein bridge cost", limit=1)["passages"]
    assert [passage["document_id"] for passage in found] == [RIVAL.id]
    assert "Mayor Ida Brenner" in found[0]["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("check_article", {"text": " "}, "/article/text"),
        ("check_article", {"text": "A draft.", "published_at": "yesterday"}, "published_at"),
        ("verify_claim", {"claim": ""}, "/article/text"),
        ("search_corpus", {"query": "bridge", "from": "2031-02-30"}, "/query/from"),
        ("search_corpus", {"query": "bridge", "limit": 0}, "limit"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(assistant: Assistant, tool: str, arguments: dict[str, Any], told: str):
    result = assistant.call(tool, arguments)
    assert result.is_error
    assert told in result.content[0].text


def test_a_service_that_is_away_or_wants_a_key_is_told(stage: Stage):
    away = called("http://127.0.0.1:9", "search_corpus", query="bridge")
    assert "does not answer" in away.content[0].text
    stage.key = "fck_secret"
    assert "401" in called(stage.url, "search_corpus", query="bridge").content[0].text
    assert not called(stage.url, "search_corpus", key="fck_secret", query="bridge").is_error


def test_the_whole_service_answers_an_assistant(whole_service: Service):
    claim = "The opening ceremony of the Winter Olympics is on Feb. 10."
    calls = {"claim": claim, "published_at": "2018-02-01"}, {"claim": claim, "evidence": [claim]}
    verified, against = answers(whole_service.url, "verify_claim", *calls)
    assert (verified["label"], verified["claims"][0]["corrections"]) == ("contradicted", ["Feb. 9"])
    assert against["label"] == "supported"
