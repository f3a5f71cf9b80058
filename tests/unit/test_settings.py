from dataclasses import fields
from pathlib import Path

import pytest

from factcheck.errors import InvalidSetting
from factcheck.settings import Settings, read_settings, variable


def test_an_empty_environment_gives_the_defaults():
    assert read_settings({}) == read_settings({"FACTCHECK_PORT": ""}) == Settings()


def test_values_are_read_as_what_the_default_is():
    settings = read_settings(
        {
            "FACTCHECK_DATA_DIR": "elsewhere",
            "REDIS_URL": "redis://far:1/2",
            "FACTCHECK_PORT": "9090",
            "FACTCHECK_WAIT_LIMIT_S": "2.5",
            "FACTCHECK_LOG_FORMAT": "text",
        }
    )
    assert (settings.data_dir, settings.redis_url) == (Path("elsewhere"), "redis://far:1/2")
    assert (settings.port, settings.wait_limit_s, settings.log_format) == (9090, 2.5, "text")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("FACTCHECK_PORT", "many", "is not a valid int"),
        ("FACTCHECK_PORT", "65536", "is outside of 0 to 65535"),
        ("FACTCHECK_PORT", "-1", "is outside of 0 to 65535"),
        ("FACTCHECK_WAIT_LIMIT_S", "nan", "is outside of 0 to 300"),
        ("FACTCHECK_LOG_LEVEL", "LOUD", "is none of DEBUG, ERROR, INFO, WARNING"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str, why: str):
    with pytest.raises(InvalidSetting) as refused:
        read_settings({name: value})
    assert str(refused.value) == f"{name}={value!r} {why}"


@pytest.mark.parametrize("name", [f.name for f in fields(Settings) if f.type in (int, float)])
def test_every_number_has_a_range(name: str):
    with pytest.raises(InvalidSetting):
        read_settings({variable(name): "-1"})
