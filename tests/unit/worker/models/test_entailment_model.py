"""The class that loads an entailment model: the shipped one, and folders that hold something else."""

import shutil
from pathlib import Path

import pytest

from factcheck.errors import ModelUnusable
from factcheck.settings import PACKAGED_MODELS
from worker.models.entailment_model import OnnxEntailment

SHIPPED = PACKAGED_MODELS / "reader"
PREMISE = "The harbour bridge in Hallein opened on Friday, after four years of work."


@pytest.fixture(scope="module")
def shipped() -> OnnxEntailment:
    return OnnxEntailment(SHIPPED, threads=1)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder of the shipped model's files."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    return tmp_path


def test_probabilities_sum_to_one(shipped: OnnxEntailment):
    for judged in shipped.judge([(PREMISE, PREMISE), (PREMISE, "Ferries sink."), ("", "")]):
        assert judged.supported + judged.contradicted + judged.unverified == pytest.approx(1.0, abs=1e-5)


def test_what_a_text_says_is_entailed_and_its_denial_is_not(shipped: OnnxEntailment):
    same, denied, other = shipped.judge([
        (PREMISE, "The bridge opened on Friday."),
        (PREMISE, "The bridge did not open on Friday."),
        (PREMISE, "The mayor of Salzburg sold his car."),
    ])  # fmt: skip
    assert same.supported > max(denied.supported, other.supported)
    assert denied.contradicted > same.contradicted


def test_the_shipped_reader_answers_the_same_on_every_processor(shipped: OnnxEntailment):
    """Where a processor without VNNI cuts products off (`worker.models.onnx`), it is 0.762 and 0.380."""
    years, closed = shipped.judge([
        (PREMISE, "The bridge in Hallein took five years to build."),
        (PREMISE, "The harbour bridge is still closed."),
    ])  # fmt: skip
    assert (years.contradicted, closed.contradicted) == pytest.approx((0.777, 0.400), abs=0.008)


def test_answers_come_in_the_order_of_the_pairs_whatever_their_length(shipped: OnnxEntailment):
    pairs = [(PREMISE * n, "The bridge opened.") for n in (3, 1, 2, 4, 1, 3, 2, 1, 5, 2, 1)]
    alone = [shipped.judge([pair])[0].supported for pair in pairs]
    assert [j.supported for j in shipped.judge(pairs)] == pytest.approx(alone, abs=0.05)


def test_a_temperature_makes_answers_less_sure(copied: Path, shipped: OnnxEntailment):
    (copied / "calibration.json").write_text('{"temperature": 3.0}')
    pair = (PREMISE, PREMISE)
    assert OnnxEntailment(copied, threads=1).judge([pair])[0].supported < shipped.judge([pair])[0].supported


@pytest.mark.parametrize(
    "said", ["", "[]", "{}", '{"temperature": "hot"}', '{"temperature": 0}', '{"temperature": -1}']
)
def test_a_calibration_that_says_something_else_is_refused(copied: Path, said: str):
    (copied / "calibration.json").write_text(said)
    with pytest.raises(ModelUnusable, match=r"calibration\.json"):
        OnnxEntailment(copied, threads=1)


def test_a_folder_without_the_files_is_refused(tmp_path: Path):
    with pytest.raises(ModelUnusable, match=r"has no model\.onnx"):
        OnnxEntailment(tmp_path, threads=1)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path):
    (tmp_path / "model.onnx").write_bytes(b"no model")
    shutil.copyfile(SHIPPED / "tokenizer.json", tmp_path / "tokenizer.json")
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        OnnxEntailment(tmp_path, threads=1)


def test_a_model_of_another_interface_is_refused():
    with pytest.raises(ModelUnusable, match="three logits"):
        OnnxEntailment(PACKAGED_MODELS / "encoder", threads=1)
