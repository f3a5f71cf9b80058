"""Libraries that report their use to their makers are kept from it: the service contacts no one."""

import subprocess
import sys

import pytest

from factcheck.settings import PACKAGED_MODELS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")

LOAD = f"""
import sys
from pathlib import Path
{{first}}
from worker.models.onnx import OnnxEncoder
OnnxEncoder(Path({str(PACKAGED_MODELS / "encoder")!r}), 1, 16).encode(["A sentence."])
print(len(list(Path("/proc/self/task").iterdir())))
"""


def loaded(first: str, **environ: str) -> subprocess.CompletedProcess[str]:
    path = {"PYTHONPATH": ":".join(sys.path), "HOME": "/proc/nowhere"}  # an id of this machine cannot be stored there
    return subprocess.run(
        [sys.executable, "-c", LOAD.format(first=first)], env=path | environ, capture_output=True, text=True, check=True
    )


def test_the_model_library_starts_no_thread_that_reports():
    ours, told_not_to = loaded(""), loaded("import onnxruntime", ORT_DISABLE_TELEMETRY="1")
    assert "telemetry" not in ours.stderr
    assert ours.stdout == told_not_to.stdout


def test_the_switch_is_still_the_right_one():
    """Where the library is loaded before us, it reports: if this fails, it has changed, and the switch with it."""
    reporting = loaded("import onnxruntime")
    assert int(reporting.stdout) > int(loaded("").stdout)
