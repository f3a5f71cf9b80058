"""The verdict's message for the editor: the article's words, the corpus's words, source and date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from factcheck.evidence import DocumentRef, Evidence, Stance
from factcheck.publication_date import day_of
from factcheck.verdict import Conflict, Label
from worker.dimensions.times.render import AP_MONTHS


def verdict_message(label: Label, rule: str, conflicts: Sequence[Conflict], evidence: Sequence[Evidence]) -> str:
    """One or two plain sentences."""
    if label is Label.NOT_CHECKABLE:
        return "Not a statement of fact that an archive could bear out."
    if label is Label.UNVERIFIED:
        unclear = rule == "corpus.unclear"
        return "The archive speaks of this, but does not settle it." if unclear else "The archive is silent on this."
    if label is Label.SUPPORTED:
        return f"Borne out by {_sources(evidence, Stance.SUPPORTS)}."
    words = "; ".join(_differs(c, evidence) for c in conflicts)
    if label is Label.DISPUTED:
        return (
            f"The archive disagrees on this: {words}; {_sources(evidence, Stance.SUPPORTS)} says what the article says."
        )
    return f"{words}."


def _differs(conflict: Conflict, evidence: Sequence[Evidence]) -> str:
    document = next(e.document for e in evidence if e.document.id == conflict.evidence.document_id)
    named = names([e.document for e in evidence if e.stance is not Stance.NEUTRAL])[document.id]
    return f"The article says “{conflict.claim.text}”; {named} says “{conflict.evidence.text}”"


def _sources(evidence: Sequence[Evidence], stance: Stance) -> str:
    named = names([e.document for e in evidence if e.stance is not Stance.NEUTRAL])
    cited = dict.fromkeys(named[e.document.id] for e in evidence if e.stance is stance)
    return " and ".join([*cited][:3]) or "the archive"


def names(documents: Sequence[DocumentRef]) -> dict[str, str]:
    """Id → name. Documents with the same name also get their title: "Fjord Radio, “Fire” (April 12, 2024)"."""
    found = {document.id: document for document in documents}
    uses = Counter(document.source for document in found.values())
    return {
        key: name(replace(document, source=f"{document.source}, “{document.title}”"))
        if document.source and document.title and uses[document.source] > 1
        else name(document)
        for key, document in found.items()
    }


def name(document: DocumentRef) -> str:
    """Source and date: "Fjord Radio (April 12, 2024)"."""
    day = day_of(document.published_at)
    title = document.source or document.title or document.id
    return f"{title} ({_in_words(day)})" if day else title


def _in_words(day: date) -> str:
    return f"{AP_MONTHS[day.month - 1]} {day.day}, {day.year}"
