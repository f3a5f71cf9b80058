"""Checks written drafts and turns them into labelled cases.

    python3 training/data/drafts/check_drafts.py FILE.txt...              # faults, and the mix of labels
    python3 training/data/drafts/check_drafts.py --cases OUT FILE.txt...  # cases as JSON lines, for the judge and the reader

The form of a file, one story after another:

    == courts
    R 2004-03-02 | Harbour Gazette | Title of the first report
    The whole text of the report, in one line.
    R 2004-03-05 | Valley Post | Title of the second report
    Its text.
    A 2004-03-08 | Lake Observer | Title of the draft under check
    s paraphrase | A sentence of the draft, or a clause of one. | 1 words of the first report that bear it out
    c number | Another sentence. | 2 words of the second report that it conflicts with
    d number | A third, on which the reports differ. | 1 words here / 2 words there
    u | One on which the reports are silent.
    n | An opinion or a question.

The draft is its lines' second fields, joined with spaces. A clause that goes on in the next line ends without a full stop.
"""
import json, re, sys
from collections import Counter
from datetime import date
from pathlib import Path

LABELS = {"s": "supported", "c": "contradicted", "d": "disputed", "u": "unverified", "n": "not_checkable"}
CONFLICTS = set("date weekday duration number percent money ordinal name role place negation quote attribution order modality relation".split())
TRAPS = set("paraphrase derived relative-date rounding unit-conversion alias subset title-change as-of hedge attributed quote opposite-frame implicative negated general cause detail other-event too-strong".split()) | {""}


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def stories(path):
    """The stories of a file: dicts of topic, reports, article, claims and the line where each begins."""
    story, waiting = None, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line:
            continue
        if line.startswith("=="):
            if story:
                yield story
            story, waiting = {"line": number, "topic": line.lstrip("= "), "reports": [], "article": None, "claims": []}, None
        elif story is None:
            raise SystemExit(f"{path}:{number}: a story begins with ==")
        elif waiting is not None:
            waiting["text"], waiting = line, None
        elif re.match(r"[RA] \d{4}-\d\d-\d\d \|", line):
            kind, rest = line[0], line[2:]
            day, source, title = (part.strip() for part in rest.split("|", 2))
            date.fromisoformat(day)
            told = {"published_at": day, "source": source, "title": title, "text": ""}
            if kind == "R":
                story["reports"].append(told)
                waiting = told
            else:
                story["article"] = told
        else:
            parts = [part.strip() for part in line.split("|")]
            head = parts[0].split()
            if not head or head[0] not in LABELS or len(parts) not in (2, 3):
                raise SystemExit(f"{path}:{number}: not a claim: {line[:80]}")
            story["claims"].append((number, head[0], head[1] if len(head) > 1 else "", squeezed(parts[1]), parts[2] if len(parts) == 3 else ""))
    if story:
        yield story


def evidence(story, told):
    """[report number from 0, verbatim words] of the last field; raises ValueError where the words do not stand there."""
    found = []
    for part in re.split(r"\s/\s(?=\d )", told):
        number, _, words = part.strip().partition(" ")
        words = squeezed(words).strip("\"“”").rstrip(".,;")
        if not number.isdigit() or not 1 <= int(number) <= len(story["reports"]):
            raise ValueError(f"which report? {part[:60]}")
        if words not in squeezed(story["reports"][int(number) - 1]["text"]):
            raise ValueError(f"these words do not stand in report {number}: {words[:80]}")
        found.append([int(number) - 1, words])
    return found


def case(story, name):
    """The story as a case, and its faults."""
    faults = []
    article = story["article"]
    if article is None or not story["reports"]:
        return None, [f"line {story['line']}: no draft or no report"]
    article["text"] = " ".join(text for _, _, _, text, _ in story["claims"])
    ids = [f"{name}{chr(97 + at)}" for at in range(len(story["reports"]))]
    expect = []
    for number, label, kind, text, told in story["claims"]:
        known = CONFLICTS if label in "cd" else TRAPS
        if kind not in known:
            faults.append(f"line {number}: kind {kind!r} is not known for {label}")
        note, proof = told, []
        if label in "scd":
            try:
                proof = evidence(story, told)
                note = "; ".join(f"{ids[at]}: {words}" for at, words in proof)
            except ValueError as error:
                faults.append(f"line {number}: {error}")
            if label == "d" and len({at for at, _ in proof}) < 2:
                faults.append(f"line {number}: a dispute needs words of two reports")
        expect.append({"sentence": text.rstrip(",;—– "), "label": LABELS[label], "kind": kind, "note": note, "evidence": [[ids[at], words] for at, words in proof]})
    for report in story["reports"]:
        if not 50 <= len(report["text"].split()) <= 260:
            faults.append(f"line {story['line']}: a report of {len(report['text'].split())} words")
    if not 60 <= len(article["text"].split()) <= 260:
        faults.append(f"line {story['line']}: a draft of {len(article['text'].split())} words")
    if any(report["published_at"] > article["published_at"] for report in story["reports"]):
        faults.append(f"line {story['line']}: a report later than the draft")
    corpus = [{"id": at, **report} for at, report in zip(ids, story["reports"])]
    return {"id": name, "topic": story["topic"], "corpus": corpus, "article": article, "expect": expect, "internal": []}, faults


def main():
    given = sys.argv[1:]
    out = None
    if given[:1] == ["--cases"]:
        out, given = Path(given[1]), given[2:]
    labels, kinds, bad, cases, words = Counter(), Counter(), 0, [], Counter()
    share = {label: [] for label in LABELS.values()}
    for path in map(Path, given):
        for at, story in enumerate(stories(path), 1):
            made, faults = case(story, f"{path.stem.removeprefix('drafts_').replace('_', '-')}-{at:03d}")
            for fault in faults:
                print(f"{path}: {fault}")
            bad += len(faults)
            if made is None:
                continue
            cases.append(made)
            known = {w.lower() for report in made["corpus"] for w in re.findall(r"\w+", report["text"])}
            for e in made["expect"]:
                labels[e["label"]] += 1
                kinds[f"{e['label'][0]}:{e['kind']}"] += 1
                told = re.findall(r"\w+", e["sentence"].lower())
                words[e["label"]] += len(told)
                share[e["label"]].append(sum(w in known for w in told) / max(1, len(told)))
    if out:
        out.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), encoding="utf-8")
    total = sum(labels.values()) or 1
    print(f"{len(cases)} stories, {total} claims, {bad} faults")
    print("labels: " + ", ".join(f"{k} {v} ({100 * v / total:.0f} %)" for k, v in labels.most_common()))
    print("words a claim: " + ", ".join(f"{k} {words[k] / v:.1f}" for k, v in labels.items()))
    print("share of a claim's words that stand in its reports, mean: " + ", ".join(f"{k} {sum(v) / len(v):.2f}" for k, v in share.items() if v))
    print("kinds: " + ", ".join(f"{k} {v}" for k, v in sorted(kinds.items())))
    raise SystemExit(bad > 0)


if __name__ == "__main__":
    main()
