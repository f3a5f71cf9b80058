"""The programs that docs/integrations shows, taken from its pages and run as they stand, but for the address."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.e2e.fake_service import ARTICLE, Stage

PAGES = Path(__file__).parents[2] / "docs" / "integrations"


class Signal:
    """Stands in for Superdesk's signal."""

    def __init__(self) -> None:
        self.receivers: list[Callable[..., None]] = []

    def connect(self, receiver: Callable[..., None]) -> None:
        self.receivers.append(receiver)

    def send(self, item: dict[str, Any]) -> list[str]:
        response: list[str] = []
        for receiver in self.receivers:
            receiver(self, item=item, response=response, error_fields={})
        return response


@pytest.fixture
def item_validate(monkeypatch: pytest.MonkeyPatch) -> Signal:
    signals = ModuleType("superdesk.signals")
    signals.item_validate = Signal()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "superdesk", ModuleType("superdesk"))
    monkeypatch.setitem(sys.modules, "superdesk.signals", signals)
    return signals.item_validate


def the_hook(url: str) -> dict[str, Any]:
    [program] = re.findall(r"^```python\n(.*?)^```", (PAGES / "superdesk.md").read_text(encoding="utf-8"), re.M | re.S)
    names: dict[str, Any] = {}
    exec(program.replace("http://127.0.0.1:8080", url), names)
    return names


def test_superdesk_is_told_why_an_item_may_not_go_out(stage: Stage, item_validate: Signal):
    the_hook(stage.url)["init_app"](None)
    messages = item_validate.send({"headline": ARTICLE["title"], "body_html": ARTICLE["text"]})
    assert any("March 1" in message for message in messages)


def test_superdesk_is_told_where_facts_could_not_be_checked(item_validate: Signal):
    the_hook("http://127.0.0.1:9")["init_app"](None)
    assert item_validate.send({"headline": "A title"})[0].startswith("Facts were not checked")


def test_superdesk_may_publish_an_item_without_words(stage: Stage, item_validate: Signal):
    the_hook(stage.url)["init_app"](None)
    assert item_validate.send({"type": "picture"}) == []
