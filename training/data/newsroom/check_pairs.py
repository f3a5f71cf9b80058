"""Check files of newsroom stories: shape, labels, kinds, spread, and what overlap alone gives away.

    python3 training/data/newsroom/check_pairs.py FILE.jsonl ...
A line: {"id", "date": "YYYY-MM-DD", "passage": str, "claims": [[label, kind, claim], ...]}; label S | C | N.
"""
import collections, json, re, sys
labels, kinds, seen, bad, overlap = collections.Counter(), collections.Counter(), set(), 0, collections.defaultdict(list)
stop = set("a an the of in on at to for and or by with from as is was were are be been has had have that it its his her their he she they this who which will would".split())
words = lambda s: {w for w in re.findall(r"[a-z0-9']+", s.lower()) if w not in stop}
stories = 0
for path in sys.argv[1:]:
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        if not line.strip(): continue
        try:
            row = json.loads(line); assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) and len(row["passage"]) > 40
            assert row["passage"] not in seen, "passage twice"; seen.add(row["passage"])
            for c in row["claims"]:
                label, kind, claim = c; assert label in "SCN" and len(label) == 1 and kind and len(claim) > 5, c
                assert claim not in seen, f"claim twice: {claim}"; seen.add(claim)
                labels[label] += 1; kinds[label, kind] += 1
                w = words(claim); overlap[label].append(len(w & words(row["passage"])) / max(1, len(w)))
            stories += 1
        except Exception as e:
            bad += 1; print(f"{path}:{n}: {type(e).__name__} {e}")
print(f"{stories} stories, {sum(labels.values())} claims {dict(labels)}, {bad} bad lines")
print("kinds:", ", ".join(f"{l}:{k} {v}" for (l, k), v in sorted(kinds.items())))
for l in "SCN":
    v = sorted(overlap[l]);
    if v: print(f"share of a {l} claim's words that stand in its passage: median {v[len(v)//2]:.2f}, p10 {v[len(v)//10]:.2f}, p90 {v[9*len(v)//10]:.2f}")
sc = [(o, 1) for o in overlap["S"]] + [(o, 0) for o in overlap["C"]]
if overlap["S"] and overlap["C"]:
    sc.sort(); import itertools
    rank = 0; auc = 0.0
    for _, g in itertools.groupby(sc, key=lambda x: x[0]):
        g = list(g); pos = sum(y for _, y in g); auc += pos * (rank + (len(g) - pos) / 2); rank += len(g) - pos
    print(f"overlap alone tells S from C: AUC {auc / (len(overlap['S']) * len(overlap['C'])):.2f} (0.50 wanted, 0.45 to 0.60 good)")
