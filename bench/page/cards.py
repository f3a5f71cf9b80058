"""A card of the page as a person sees it, and what on it differs from its verdict."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

READ_CARDS = """
document.querySelectorAll('#cards .card-head[aria-expanded=false]').forEach((head) => head.click());
const text = (node) => node?.textContent.trim() ?? "";
const seen = (node) => node.checkVisibility({ contentVisibilityAuto: false });
const passage = (node) => ({
  stance: ["supports", "contradicts", "neutral"].find((name) => node.classList.contains(name)),
  text: text(node.querySelector("blockquote")), marked: [...node.querySelectorAll("em")].map(text), open: seen(node),
});
const passages = (node, css) => [...node.querySelectorAll(css)].map(passage);
return [...document.querySelectorAll('#cards li.card')].map((card) => {
  const mark = document.querySelector(`mark.first[data-key="${CSS.escape(card.dataset.key)}"]`);
  return {
    key: card.dataset.key,
    label: card.querySelector(".label").lastChild.textContent.trim(),
    word: mark && getComputedStyle(mark, "::before").content.split('" / "')[0],
    tight: mark && mark.classList.contains("tight"),
    sure: text(card.querySelector(".sure")),
    message: text(card.querySelector(".message")),
    rule: text(card.querySelector(".rule")),
    kinds: text(card.querySelector(".kind")),
    contrasts: [...card.querySelectorAll(".contrast")].map((node) => ["del", "ins"].map((side) => text(node.querySelector(side)))),
    passages: passages(card, ".passage"),
    sides: ["supports", "contradicts"].map((side) => passages(card, `.side.${side} .passage`)),
    search: !!card.querySelector(".silence a[href*='/corpus?']"),
    offers: [...card.querySelectorAll("[data-act=apply] q")].map(text),
    report: !!card.querySelector(".tools a"),
  };
});
"""

Verdict = Mapping[str, Any]
Card = Mapping[str, Any]

UNDECIDED = {"unverified", "not_checkable"}
_SAYS = {
    "not_checkable": re.compile(r"Not a statement of fact"),
    "supported": re.compile(r"Borne out by \w"),
    "contradicted": re.compile(r"The article says “.+”; .+ says “.+”"),
    "disputed": re.compile(
        r"The archive disagrees on this: The article says “.+”; .+ says “.+”; .+ says what the article says"
    ),
}
_UNVERIFIED = {
    "corpus.silent": "The archive is silent on this.",
    "corpus.unclear": "The archive speaks of this, but does not settle it.",
}
_LOUD = {"contradicted": "✕ contradicted", "disputed": "◆ disputed"}


def faults(verdict: Verdict, card: Card | None) -> Iterator[str]:
    """In words; none where the card is right."""
    if card is None:
        yield "no card"
        return
    yield from _head(verdict, card)
    yield from _message(verdict, card)
    yield from _words(verdict, card)
    yield from _grounds(verdict, card)
    yield from _offers(verdict, card)


def _head(verdict: Verdict, card: Card) -> Iterator[str]:
    label = verdict["label"]
    if card["label"] != label.replace("_", " "):
        yield f"label {card['label']!r}"
    if card["sure"] != ("" if label in UNDECIDED else f"confidence {verdict['confidence']:.2f}"):
        yield f"confidence {card['sure']!r}"
    if card["rule"] != f"rule: {verdict['rule']}":
        yield f"rule {card['rule']!r}"
    if card["word"] is not None and not card["tight"]:
        word = card["word"].strip('"').replace("\u200b", "")
        if word != _LOUD.get(label, ""):
            yield f"word above the mark {word!r}"


def _message(verdict: Verdict, card: Card) -> Iterator[str]:
    said, label, rule = card["message"], verdict["label"], verdict["rule"]
    if said != verdict["message"]:
        yield f"message {said!r}"
    if label == "unverified" and said != _UNVERIFIED.get(rule):
        yield f"{rule} is told as {said!r}"
    if label != "unverified" and not _SAYS[label].match(said):
        yield f"{label} is told as {said!r}"


def _words(verdict: Verdict, card: Card) -> Iterator[str]:
    """Every conflict is told, with the words of both sides, and these are words of claim and passage."""
    for conflict in verdict["conflicts"]:
        mine, theirs = conflict["claim"]["text"], conflict["evidence"]["text"]
        if f"“{mine}”" not in card["message"] or f"“{theirs}”" not in card["message"]:
            yield f"the message does not tell {mine!r} against {theirs!r}"
        if verdict["label"] == "contradicted" and [mine, theirs] not in card["contrasts"]:
            yield f"not side by side: {mine!r} and {theirs!r}"
        if not any(theirs in passage["marked"] for passage in card["passages"]):
            yield f"no passage has {theirs!r} marked"
    if len(card["contrasts"]) > len(verdict["conflicts"]):
        yield "more contrasts than conflicts"


def _grounds(verdict: Verdict, card: Card) -> Iterator[str]:
    label, open_now = verdict["label"], [p for p in card["passages"] if p["open"]]
    told = [(e["stance"], e["text"].strip()) for e in verdict["evidence"]]
    if strange := [p["text"] for p in card["passages"] if (p["stance"], p["text"]) not in told]:
        yield f"not evidence, or another stance: {strange}"
    if label == "supported" and (not open_now or any(p["stance"] != "supports" for p in open_now)):
        yield "no passage that supports it stands open first"
    if label == "contradicted" and (not open_now or open_now[0]["stance"] != "contradicts"):
        yield "no passage that contradicts it stands open first"
    if label == "disputed" and not all(card["sides"]):
        yield "a side without a passage"
    if label == "unverified":
        yield from _silence(verdict, card, bool(open_now))


def _silence(verdict: Verdict, card: Card, has_open: bool) -> Iterator[str]:
    if not card["search"]:
        yield "no way to search the archive"
    if verdict["rule"] == "corpus.silent" and has_open:
        yield "passages stand open below silence"
    if verdict["rule"] != "corpus.silent" and not has_open:
        yield "nothing stands open that speaks of it"


def _offers(verdict: Verdict, card: Card) -> Iterator[str]:
    wanted = (
        []
        if verdict["label"] in {"supported", "not_checkable"}
        else [s["replacement"] for s in verdict["suggestions"]][:3]
    )
    if card["offers"] != wanted:
        yield f"offers {card['offers']}"
    if verdict["label"] in _LOUD and not wanted and not card["report"]:
        yield "neither a suggestion nor a way to the report"
