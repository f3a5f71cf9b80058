from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import pytest

from factcheck.json_mapping import JsonFieldOptions, from_json, to_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Point:
    x: int
    y: Annotated[float, JsonFieldOptions(digits=1)]


@dataclass(frozen=True)
class Frame:
    corner: Point
    width: Annotated[int, JsonFieldOptions(inside="size")]
    tall: Annotated[int, JsonFieldOptions(name="height", inside="size")]


@dataclass(frozen=True)
class Picture:
    frame: Annotated[Frame, JsonFieldOptions(inline=True)]
    colour: Colour
    points: tuple[Point, ...]
    tags: Annotated[tuple[str, ...], JsonFieldOptions(missing=())]
    sizes: Annotated[tuple[tuple[str, str], ...], JsonFieldOptions(missing={})]
    shade: Colour | None
    centre: Point | None
    shelf: Annotated[str | None, JsonFieldOptions(write=False)]
    painter: Annotated[str | None, JsonFieldOptions(if_set=True)] = None
    price: Annotated[int, JsonFieldOptions(read=False, write=False)] = 7


PICTURE = Picture(
    Frame(Point(1, 2.0), 3, 4), Colour.RED, (Point(5, 6.5), Point(7, 8.0)), ("a", "b"), (("s", "10"),), None, None, None
)
WRITTEN: dict[str, Any] = {
    "corner": {"x": 1, "y": 2.0},
    "size": {"width": 3, "height": 4},
    "colour": "red",
    "points": [{"x": 5, "y": 6.5}, {"x": 7, "y": 8.0}],
    "tags": ["a", "b"],
    "sizes": {"s": "10"},
    "shade": None,
    "centre": None,
}


def test_members_stand_where_the_fields_say():
    assert to_json(PICTURE) == WRITTEN
    assert list(to_json(PICTURE)) == list(WRITTEN)


def test_what_was_written_is_read_again():
    assert from_json(Picture, WRITTEN) == PICTURE


def test_numbers_are_rounded_where_the_field_says():
    assert to_json(Point(1, 0.26))["y"] == 0.3


def test_what_may_be_absent_is_read_as_such():
    sparse = {name: value for name, value in WRITTEN.items() if name not in ("tags", "sizes", "shade", "centre")}
    read = from_json(Picture, sparse)
    assert (read.tags, read.sizes, read.shade, read.centre, read.price) == ((), (), None, None, 7)


def test_members_of_one_way_only():
    read = from_json(Picture, WRITTEN | {"shelf": "top", "painter": "Ann", "price": 9, "shade": "blue"})
    assert (read.shelf, read.painter, read.price, read.shade) == ("top", "Ann", 7, Colour.BLUE)
    assert to_json(read).get("shelf") is None
    assert to_json(read)["painter"] == "Ann"


@pytest.mark.parametrize("wrong", [{"colour": "green"}, {"points": 5}, {"corner": {"x": 1}}, {"size": None}])
def test_what_nobody_wrote_is_refused(wrong: dict[str, Any]):
    with pytest.raises((LookupError, TypeError, ValueError)):
        from_json(Picture, WRITTEN | wrong)
