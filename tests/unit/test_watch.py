from factcheck.json_mapping import from_json, to_json
from factcheck.verdict import Label
from factcheck.watch import SHOWN_FLIPS, Flip, Watch
from tests.builders import a_report, a_verdict

NEW = Watch("2018-03-01T00:00:00.000Z", 0, None, ())
AT = "2018-02-02T00:00:00.000Z"


def test_a_recheck_tells_which_verdicts_flipped():
    before = a_report(a_verdict("c1", label=Label.UNVERIFIED), a_verdict("c2"))
    after = a_report(a_verdict("c1", label=Label.CONTRADICTED), a_verdict("c2"))
    watch = NEW.renewed(before, after, AT)
    assert (watch.rechecks, watch.checked_at) == (1, AT)
    assert watch.flips == (Flip("c1", Label.UNVERIFIED, Label.CONTRADICTED, 1, AT),)


def test_a_claim_that_one_of_the_two_did_not_reach_has_not_flipped():
    watch = NEW.renewed(a_report(a_verdict("c1")), a_report(a_verdict("c2", label=Label.DISPUTED)), AT)
    assert (watch.rechecks, watch.flips) == (1, ())


def test_flips_are_told_by_their_recheck():
    there, back = a_report(a_verdict(label=Label.UNVERIFIED)), a_report(a_verdict())
    watch = NEW.renewed(there, back, AT).renewed(back, back, AT).renewed(back, there, AT)
    assert [len(watch.flipped_by(number)) for number in (1, 2, 3)] == [1, 0, 1]


def test_old_flips_are_forgotten_those_of_the_last_recheck_never():
    many = range(SHOWN_FLIPS + 20)
    there = a_report(*(a_verdict(f"c{n}", label=Label.UNVERIFIED) for n in many))
    back = a_report(*(a_verdict(f"c{n}") for n in many))
    all_at_once = NEW.renewed(there, back, AT)
    assert len(all_at_once.flips) == len(many)
    few = a_report(*(a_verdict(f"c{n}", label=Label.UNVERIFIED if n < 5 else Label.SUPPORTED) for n in many))
    watch = all_at_once.renewed(back, few, AT)
    assert (len(watch.flips), len(watch.flipped_by(2))) == (SHOWN_FLIPS, 5)


def test_a_watch_survives_its_json():
    watch = NEW.renewed(a_report(a_verdict(label=Label.DISPUTED)), a_report(a_verdict()), AT)
    assert from_json(Watch, to_json(watch)) == watch
