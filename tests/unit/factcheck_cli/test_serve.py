import argparse
import socket
from pathlib import Path

import pytest

from factcheck.errors import InvalidSetting
from factcheck.settings import Settings, read_settings
from factcheck_cli.serve import (
    data_dir_lock,
    environment_of,
    listening_socket,
    require_space,
    service_programs,
    settings_of,
)


def flags(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**{"host": None, "port": None, "data": None, "workers": None, **given})


def test_flags_go_before_the_environment():
    settings = settings_of(flags(port=9999), {"FACTCHECK_PORT": "1", "FACTCHECK_WORKERS": "3"})
    assert (settings.port, settings.workers) == (9999, 3)


def test_a_flag_out_of_range_is_named():
    with pytest.raises(InvalidSetting, match="FACTCHECK_WORKERS='0'"):
        settings_of(flags(workers=0), {})


def test_children_read_the_same_settings_from_their_environment(tmp_path: Path):
    settings = Settings(data_dir=tmp_path, port=4711, check_time_limit_s=7.5)
    assert read_settings(environment_of(settings)) == settings


@pytest.mark.parametrize(
    ("own", "seen"), [(None, "glibc.malloc.hugetlb=1"), ("glibc.malloc.check=1", "glibc.malloc.check=1")]
)
def test_processes_with_models_get_large_pages_unless_the_allocator_is_tuned(
    own: str | None, seen: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if own:
        monkeypatch.setenv("GLIBC_TUNABLES", own)
    with socket.socket() as listener:
        programs = service_programs(Settings(), listener)
    tuned = {p.name: p.environ.get("GLIBC_TUNABLES") for p in programs}
    assert {tuned["worker 1"], tuned["worker 2"], tuned["archive encoder"]} == {seen}
    assert tuned["web server"] == own


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path):
    with data_dir_lock(tmp_path / "data"):
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_second_service_on_the_same_folder_is_refused(tmp_path: Path):
    with (
        data_dir_lock(tmp_path),
        pytest.raises(InvalidSetting, match="another `factcheck serve`"),
        data_dir_lock(tmp_path),
    ):
        pass


def test_a_full_disk_is_told_before_anything_starts(tmp_path: Path):
    require_space(tmp_path, 0)
    with pytest.raises(InvalidSetting, match="is full: free some space and start again; nothing is lost"):
        require_space(tmp_path, 10**18)


def test_a_port_in_use_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(InvalidSetting, match=f"port {port} of 127.0.0.1 is in use"),
            listening_socket("127.0.0.1", port),
        ):
            pass
