"""House style inside quotations is no change of words; another word is."""

import pytest

from worker.dimensions.quotes.matches import match_quote

SAME = [
    ("The harbour’s favourite neighbour died", "The harbor’s favorite neighbor died"),
    ("We apologise to the organisers again", "We apologize to the organizers again"),
    ("The theatre is two metres too low", "The theater is two meters too low"),
    ("They travelled through grey fog", "They traveled through gray fog"),
    ("A licence costs more than the offence", "A license costs more than the offense"),
    ("Whilst we waited they moved towards us", "While we waited they moved toward us"),
    ("The U.S. owes the U.N. an answer", "The US owes the UN an answer"),
    ("Dr. Lind came at 5 p.m. sharp", "Dr Lind came at 5 pm sharp"),
    ("We lost twenty-three boats", "We lost 23 boats"),
    ("We lost 1,200 boats in it", "We lost 1200 boats in it"),
    ("We lost 8 per cent of it", "We lost eight percent of it"),
    ("We lost 8% of it all", "We lost 8 percent of it all"),
    ("A ticket is five dollars here", "A ticket is $5 here"),
    ("We can not e-mail the policy makers in town now", "We cannot email the policymakers in town now"),
    ("Okay, we co-operate from today on", "OK, we cooperate from today on"),
    ("Mara Lind & sons sold the mill", "Mara Lind and sons sold the mill"),
    ("It don’t [sic] matter to us", "It don’t matter to us"),
    ("We stay … until the tide turns", "We stay ... until the tide turns"),
    ("It’s “their” harbor, not ours", "It's 'their' harbor, not ours"),
]
OTHER = [
    ("We lost twenty-three boats then", "We lost 32 boats then"),
    ("We lost 8 percent of it", "We lost 8 points of it"),
    ("We filled the forms on Monday", "We filed the forms on Monday"),
    ("We can wait for the tide", "We cannot wait for the tide"),
    ("The four of us stayed here", "The tour of us stayed here"),
    ("A ticket is five dollars here", "A ticket is five euros here"),
    ("The hour of the harbor came", "The mayor of the harbor came"),
]


@pytest.mark.parametrize(("claim", "evidence"), SAME)
def test_house_style_is_the_same_quotation(claim: str, evidence: str) -> None:
    for mine, theirs in ((claim, evidence), (evidence, claim)):
        if "[sic]" in theirs:
            continue
        match = match_quote(mine, f"“{theirs},” Lind said.")
        assert match is not None
        assert match.exact


@pytest.mark.parametrize(("claim", "evidence"), OTHER)
def test_another_word_alters_the_quotation(claim: str, evidence: str) -> None:
    match = match_quote(claim, f"“{evidence},” Lind said.")
    assert match is not None
    assert match.altered
