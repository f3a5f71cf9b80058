"""A draft of 20 paragraphs with a planted error each, and beside each error the same words where they are right."""

from dataclasses import dataclass

from factcheck.evidence import Stance
from factcheck.verdict import Label
from tests.e2e.fake_service import LETTER, Line

_TOWNS = (
    "Arlen Bergau Corvik Dalem Elsund Farnby Gerlow Hasten Ivers Jolund "
    "Karsby Lindow Marnau Norvik Olsund Parchen Querum Rastow Sellin Torgau"
).split()


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: the claim, the words in it that are wrong, and what stands before them."""

    claim: str
    odd: str
    before: str
    decoy: str


PLANTED = tuple(
    Planted(
        f"The ferry harbour of {town} will be opened on June {day} by the mayor.",
        f"June {day}",
        "will be opened on ",
        f"A fair on June {day} goes on as planned, and nobody in {town} has asked for another day.",
    )
    for day, town in enumerate(_TOWNS, start=1)
)


def paragraphs() -> list[str]:
    """Paragraphs as HTML: bold words and links cross the claims, as in any CMS."""
    made = []
    for n, planted in enumerate(PLANTED):
        claim = planted.claim
        if n % 3 == 1:
            claim = claim.replace(planted.odd, f"<strong>{planted.odd}</strong>")
        if n % 3 == 2:
            claim = claim.replace("ferry harbour", '<a href="https://example.org/">ferry harbour</a>').replace(
                "June", "<em>June</em>"
            )
        made.append(f"{planted.decoy} {claim} Work went on for years, and the town is glad 🎉 that it is over.")
    return made


def text() -> str:
    """The same without markup, as a text area has it."""
    plain = (f"{p.decoy} {p.claim} Work went on for years, and the town is glad 🎉 that it is over." for p in PLANTED)
    return "\n\n".join(plain)


def lines() -> list[Line]:
    """The planted verdicts."""
    said = [(LETTER, "The Hallein bridge will open on Friday, March 14.", Stance.CONTRADICTS)]
    return [
        Line(
            p.claim,
            Label.CONTRADICTED,
            odd=p.odd,
            said=said,
            odd_there="March 14",
            write="July 1",
            message="Another day.",
        )
        for p in PLANTED
    ]
