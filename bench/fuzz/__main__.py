"""Coverage-guided fuzzing of every parser, with Atheris (which is no part of the lock: it exists for Linux only).

`pip install atheris; python -m bench.fuzz --seconds 60`. Ends with 1 where a parser raised what is no refusal of its own;
the input stands in a file `crash-*` in the folder that is printed. The same targets run shortly, without coverage, in
`tests/unit/test_parsers.py`.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.serving import show

_SEEDS = (
    "On Friday, Feb. 9, 2018, at 8:30 p.m., 3.5 million people (or 12 %) paid $1,200 each.\n",
    "“We leave on Friday,” said Mara Lind, 45, the mayor. <p>The <b>gala</b> &amp; more</p> [x](http://e.org) # *a*\n",
    '{"article": {"text": "It rained.", "published_at": "2018-02-01"}, "options": {"time_limit_s": 5}}\n',
    '{"id": "a/b", "text": "It rained.", "tags": ["x"]}\n{"id": 5}\n',
    '<rss version="2.0"><channel><title>T</title><item><title>Rain</title><guid>g</guid><description>It &lt;b&gt;rained.'
    "</description><pubDate>Fri, 09 Feb 2018 10:00:00 GMT</pubDate></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>Rain</title><content type="html">It rained.</content>'
    "<updated>2018-02-09T10:00:00Z</updated></entry></feed>",
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="u" version="1"><contentMeta><headline>Rain</headline>'
    '</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>It rained.</p></body></html>'
    "</inlineXML></contentSet></newsItem>",
    '{"uri": "u", "headline": "Rain", "body_xhtml": "<p>It rained.</p>", "versioncreated": "2018-02-09", "subject": ["x"]}',
    "---\ntitle: Rain\ndate: 2018-02-09\n---\n# Rain\nIt rained.\n",
    'text=It+rained.&language=en-US&data={"annotation":[{"text":"It "},{"markup":"<b>","interpretAs":""}]}',
    "id: 1-0\nevent: progress\ndata: {}\n\n: still here\n\nretry: 5\n",
    "cms.internal 10.1.0.0/16 whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
    "respond-async, wait=10\nmsg_1\n1517302800\nv1,AAAA\n2018-01-30T09:00:00+02:00\n",
)


def main() -> int:
    """One process a target, since the fuzzer never comes back from its loop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", default=None, help="this one alone, in this process")
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    if arguments.target:
        return _fuzz(arguments.target, arguments.seconds, arguments.folder)
    return _fuzz_all(arguments.seconds)


def _fuzz_all(seconds: int) -> int:
    from bench.fuzz.targets import TARGETS

    folder = Path(tempfile.mkdtemp(prefix="fc-fuzz-"))
    figures: dict[str, Any] = {"inputs and crashes stand in": str(folder)}
    for name in TARGETS:
        command = [
            sys.executable,
            "-m",
            "bench.fuzz",
            "--target",
            name,
            "--seconds",
            str(seconds),
            "--folder",
            str(folder),
        ]
        answer = subprocess.run(command, capture_output=True, text=True, errors="replace", env=dict(os.environ))
        runs = re.findall(r"^Done (\d+)|stat::number_of_executed_units:\s*(\d+)|^#(\d+)", answer.stderr, re.M)
        covered = re.findall(r"cov: (\d+)", answer.stderr)
        outcome = "held" if answer.returncode == 0 else f"BROKE: {_reason(answer.stderr)}"
        ran = max((int(number) for found in runs for number in found if number), default=0)
        figures[name] = f"{outcome}, {ran:,} inputs, {covered[-1] if covered else '?'} branches"
    show(f"fuzzing, {seconds} s each", figures)
    return 1 if any("BROKE" in str(value) for value in figures.values()) else 0


def _fuzz(name: str, seconds: int, folder: Path) -> int:
    import atheris

    with atheris.instrument_imports(include=["factcheck", "service", "worker"]):
        from bench.fuzz.targets import REFUSALS, TARGETS

    target, corpus = TARGETS[name], folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_SEEDS):
        (corpus / f"seed-{number}").write_text(seed, encoding="utf-8")

    def one(raw: bytes) -> None:
        try:
            target(raw)
        except REFUSALS:
            return

    flags = [f"-max_total_time={seconds}", "-max_len=1500", "-timeout=10", f"-artifact_prefix={folder}/crash-{name}-"]
    atheris.Setup([name, *flags, str(corpus)], one)
    atheris.Fuzz()
    return 0


def _reason(log: str) -> str:
    found = re.findall(r"(\w+(?:Error|Exception)\b.*|ALARM: .*|.*timeout.*)", log)
    return found[0][:120] if found else "see the log"


if __name__ == "__main__":
    sys.exit(main())
