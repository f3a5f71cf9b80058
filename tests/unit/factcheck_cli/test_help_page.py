from pathlib import Path

from factcheck_cli.help_page import help_page
from factcheck_cli.main import COMMANDS

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"


def test_the_page_of_commands_says_what_the_help_says():
    assert PAGE.read_text(encoding="utf-8") == help_page(), "run `make commands` and commit docs/commands.md"


def test_every_argument_of_every_command_is_explained():
    lines = help_page().splitlines()
    assert {f"## factcheck {command}" for command in COMMANDS} <= set(lines)
    assert [line for line in lines if line.endswith("|  |")] == []
