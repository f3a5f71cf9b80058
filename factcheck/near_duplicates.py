"""Near-duplicates: one agency report as several papers print it. They form one story, and count once as evidence.

MinHash over three-word shingles, 48 permutations of which 16 bits each are kept; candidates by LSH in bands of four.
Two texts count as near-duplicates where the estimated Jaccard similarity is 60 %. By the S-curve, banding finds 99.8 %
of pairs with 80 % similarity, and 96 % of pairs with 70 %.

Source: Broder 1997, "On the resemblance and containment of documents".
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from rensa import RMinHash

from factcheck.evidence import Document

BANDS = 12
BAND_BYTES = 8
NEAR_DUPLICATE_BANDS = 29
"""Equal values, of 48, that make a near-duplicate: 60 %."""

_SHINGLE_WORDS = 3
_MIN_WORDS = 12
_VALUES, _VALUE_BYTES, _SEED = 48, 2, 1
_WORD = re.compile(r"\w+")


def sketch(text: str) -> bytes:
    """MinHash sketch of a text, 96 bytes; empty where the text has fewer than 12 words.

    >>> len(sketch("word " * 20)), sketch("Too short.")
    (96, b'')
    """
    words = _WORD.findall(text.lower().encode("utf-8", "replace").decode())
    if len(words) < _MIN_WORDS:
        return b""
    runs = {" ".join(run) for run in zip(*(words[at:] for at in range(_SHINGLE_WORDS)), strict=False)}
    hashed = RMinHash(num_perm=_VALUES, seed=_SEED)
    hashed.update(list(runs))  # the minimum of each permutation does not depend on the order
    return b"".join((value & 0xFFFF).to_bytes(_VALUE_BYTES, "big") for value in hashed.digest())


def bands(sketch_bytes: bytes) -> list[bytes]:
    """Bucket names of a sketch's bands. Texts that share a bucket are candidates."""
    starts = range(0, len(sketch_bytes), BAND_BYTES)
    return [bytes([number]) + sketch_bytes[start : start + BAND_BYTES] for number, start in enumerate(starts)]


def alike(a: bytes, b: bytes) -> bool:
    """True if two sketches belong to near-duplicates."""
    return (
        sum(a[at : at + _VALUE_BYTES] == b[at : at + _VALUE_BYTES] for at in range(0, len(a), _VALUE_BYTES))
        >= NEAR_DUPLICATE_BANDS
    )


def with_stories(documents: Iterable[Document]) -> list[Document]:
    """The documents with `story` set to the id of the first near-duplicate. A document that has a story keeps it."""
    known: dict[bytes, list[tuple[bytes, str]]] = {}
    found = []
    for document in documents:
        own = b"" if document.story else sketch(document.text)
        candidates = (entry for band in bands(own) for entry in known.get(band, ()))
        story = next((name for other, name in candidates if alike(own, other)), None)
        if own and story is None:
            for band in bands(own):
                known.setdefault(band, []).append((own, document.id))
        found.append(replace(document, story=document.story or story or document.id))
    return found
