"""`factcheck inspect` (alias `factcheck explain`): prints how the checker analyses a text."""

import argparse
import json
import os
from typing import Any

from factcheck.json_mapping import to_json
from factcheck.settings import read_settings
from factcheck_cli.input_files import read_article_file


def register(subparsers: Any) -> None:
    """Adds the subcommand."""
    parser = subparsers.add_parser(
        "inspect", aliases=["explain"], help="show sentences, claims and values of a text, as JSON"
    )
    parser.add_argument("file", help="article: .json, .txt, .md, .html, or - for standard input")
    parser.add_argument("--published", metavar="DATE", help="publication date of the article, ISO 8601")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one JSON object."""
    from worker.article_inspection import inspect_article
    from worker.models.load import load_parser

    settings = read_settings(os.environ)
    article = read_article_file(args.file, args.published, settings.article_limit_chars)
    analysis = inspect_article(article, load_parser(), settings.sentence_limit)
    answer = {
        "sentences": [to_json(span) for span in analysis.sentences],
        "claims": [{"span": to_json(c.span), "text": c.text} for c in analysis.claims],
        "values": [
            {"kind": v.kind, "span": to_json(v.span), "text": v.text, "value": v.value} for v in analysis.values
        ],
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0
