"""docs/commands.md, from the argument parsers: `python -m factcheck_cli.help_page`."""

import argparse
from collections.abc import Iterator

from factcheck_cli.main import build_parser

_HEAD = """\
# Commands

Written by `make commands` from `factcheck --help`. Settings of the service stand in [configuration](configuration.md).
"""


def help_page() -> str:
    """All commands with their arguments, as Markdown."""
    return "\n".join([_HEAD, *_sections(build_parser([]))])


def _sections(parser: argparse.ArgumentParser) -> Iterator[str]:
    for group in _subcommands(parser):
        about = {choice.dest: choice.help for choice in group._choices_actions}
        for name, command in group.choices.items():
            if name not in about:  # an alias
                continue
            level = "#" * len(command.prog.split())
            yield f"{level} {command.prog}\n\n{_sentence(about[name] or '')}\n"
            yield from _table(command)
            yield from _sections(command)


def _table(command: argparse.ArgumentParser) -> Iterator[str]:
    rows = [_row(action) for action in command._actions if not isinstance(action, (_Help, _Subcommands))]
    if rows:
        yield "\n".join(["| argument | meaning |", "|---|---|", *rows, ""])


def _row(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    takes_value = action.nargs != 0
    shown = [f"{option} {value}" if takes_value else option for option in action.option_strings] or [str(value)]
    about = (action.help or "") % vars(action)
    names = ", ".join(f"`{name}`" for name in shown).replace("|", "\\|")
    return f"| {names} | {about} |"


def _subcommands(parser: argparse.ArgumentParser) -> "Iterator[argparse._SubParsersAction[argparse.ArgumentParser]]":
    return (action for action in parser._actions if isinstance(action, _Subcommands))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


_Help = argparse._HelpAction
_Subcommands = argparse._SubParsersAction

if __name__ == "__main__":
    print(help_page(), end="")
