"""The written newsroom stories: reading them, and which of them are kept out of training."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from training.encoder import CLASSES

LETTERS = {"S": CLASSES.index("entailment"), "N": CLASSES.index("neutral"), "C": CLASSES.index("contradiction")}
"""The letters of the files, and the places of the classes."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`label`: a place in `encoder.CLASSES`. `kind`: the trap that the writer set, named in `make_cards.py`."""

    label: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A passage of one story, and the claims about it. `writer`: the letter in the file's name."""

    id: str
    writer: str
    published: date
    passage: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Stories to learn from; of the same writers, kept out by a hash of their ids; of writers who are kept out."""

    learnt: tuple[Story, ...]
    hashed: tuple[Story, ...]
    strange: tuple[Story, ...]


def read_stories(folders: Iterable[Path]) -> list[Story]:
    """The stories of all `pairs_*.jsonl` in the folders, in the order of their names. Raises ValueError with file and line."""
    files = sorted(file for folder in folders for file in folder.glob("pairs_*.jsonl"))
    return [story for file in files for story in _read_file(file)]


def _read_file(file: Path) -> Iterator[Story]:
    writer = file.stem.split("_")[1]
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            claims = tuple(Claim(LETTERS[label], kind, text) for label, kind, text in row["claims"])
            yield Story(row["id"], writer, date.fromisoformat(row["date"]), row["passage"], claims)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{file.name}, line {number}: {error!r}") from error


def kept_out(story_id: str, one_in: int) -> bool:
    """Whether a story is kept out by its id: the same answer on every machine."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) % one_in == 0


def part(stories: Sequence[Story], writers: Collection[str], one_in: int) -> Parted:
    """The stories parted: `writers` are kept out whole, of the others one story in `one_in`."""
    strange = tuple(s for s in stories if s.writer in writers)
    ours = [s for s in stories if s.writer not in writers]
    return Parted(
        learnt=tuple(s for s in ours if not kept_out(s.id, one_in)),
        hashed=tuple(s for s in ours if kept_out(s.id, one_in)),
        strange=strange,
    )


def parted(data: Mapping[str, Any]) -> Parted:
    """The stories of a configuration's table `data`, parted as it says."""
    stories = read_stories(Path(folder) for folder in data["stories"])
    return part(stories, data["writers_kept_out"], data["stories_kept_out_one_in"])
