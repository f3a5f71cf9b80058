"""A claim: a statement of the article that can be true or false."""

from dataclasses import dataclass
from typing import Annotated

from factcheck.article import Span
from factcheck.json_mapping import JsonFieldOptions


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `id` is stable under edits elsewhere in the article; `text` is the text of the span."""

    id: Annotated[str, JsonFieldOptions("Does not change when other parts of the article are edited.")]
    span: Span
    text: Annotated[str, JsonFieldOptions("The words of the span.")]
    sentence_index: Annotated[int, JsonFieldOptions("Index of its sentence, over title and text.", name="sentence")]
