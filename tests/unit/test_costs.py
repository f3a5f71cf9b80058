from functools import cache
from pathlib import Path

import pytest

from tests.costs import BROWSER, MODEL, SERVER, cost_of_program, costs_of, loaded_model_libraries
from tests.unit.worker import model_fixtures
from worker.models import ports

UNIT = Path("unit/test_x.py")


@pytest.mark.parametrize(
    ("path", "fixtures", "costs"),
    [
        (UNIT, ["tmp_path", "client"], set()),
        (UNIT, ["redis_client", "redis_server_url"], {SERVER}),
        (Path("e2e/test_page.py"), ["page", "chrome"], {SERVER, BROWSER}),
        (Path("integration/service/test_server.py"), ["url"], {SERVER}),
        (Path("golden/test_golden.py"), ["models"], {MODEL}),
    ],
)
def test_a_test_costs_what_its_fixtures_cost(path: Path, fixtures: list[str], costs: set[str]):
    assert costs_of(path, fixtures, {}) == costs


def test_a_module_with_a_helper_that_parses_costs_models():
    assert costs_of(UNIT, [], {"parsed": model_fixtures.parsed}) == {MODEL}
    assert costs_of(UNIT, [], {"parser": cache(model_fixtures.parser)}) == {MODEL}
    assert costs_of(UNIT, [], {"Models": ports.Models, "Path": Path, "n": 1}) == set()


def test_programs_are_known_by_their_last_name():
    assert cost_of_program(["/somewhere/bin/valkey-server", "--port", "0"]) == SERVER
    assert cost_of_program("/usr/bin/chromedriver") == BROWSER
    assert cost_of_program(["git", "ls-files"]) is None
    assert cost_of_program([]) is None


def test_libraries_of_models_are_known():
    assert loaded_model_libraries({"sys", "onnxruntime"}) == {"onnxruntime"}
