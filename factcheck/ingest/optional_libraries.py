"""Optional parsing libraries, loaded when a reader first needs them: the API image does not hold them."""

from importlib import import_module
from typing import Any

from factcheck.errors import UnreadableSource


def require(module: str, what: str) -> Any:
    """The module. Raises `UnreadableSource` that says what to install."""
    try:
        return import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise UnreadableSource(f"{what} need {library}: pip install 'factcheck[ingest]'") from None
