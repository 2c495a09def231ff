"""Typer's own words in Japanese: help pages, and what is wrong with a command line.

Takes Typer's commands and exceptions; gives Japanese help and one Japanese sentence. Knows
nothing about what the commands do.
"""

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from corpus.errors import InputError

if TYPE_CHECKING:
    # Private, hence for the type checker alone.
    from typer._click.core import Command as _Command
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter
else:
    _Command = object


_USAGE = {"Usage:": "使い方:", "[OPTIONS]": "[指定]", "COMMAND [ARGS]...": "[命令] …"}


class _Japanese(_Command):
    """What a single command and the program as a whole have in common."""

    def get_usage(self, ctx: "Context") -> str:
        """Return the line that shows how the command is written."""
        text = super().get_usage(ctx)
        for word, japanese in _USAGE.items():
            text = text.replace(word, japanese, 1)
        return text

    def get_help_option(self, ctx: "Context") -> "TyperOption | None":
        """Return `--help` with a Japanese explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示して終わります。"
        return option

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the help page under Japanese titles; Typer offers no setting for them."""
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = "引数"
        rich_utils.OPTIONS_PANEL_TITLE = "指定"
        rich_utils.COMMANDS_PANEL_TITLE = "命令"
        rich_utils.REQUIRED_LONG_STRING = "（必須）"
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, TyperOption | TyperArgument):
                continue
            if not isinstance(parameter, TyperOption) or parameter.is_flag:
                # Else it shows its Python type (<bool>, <list[Path]>).
                parameter.display_type_rich = _no_type  # type: ignore[method-assign]
        super().format_help(ctx, formatter)


def _no_type(ctx: "Context") -> None:
    """Show no type of a parameter."""


class JapaneseCommand(_Japanese, TyperCommand):
    """A command whose help and errors are Japanese."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the command line; words that no argument takes are named in the error."""
        ctx.allow_extra_args = True
        extra = super().parse_args(ctx, args)
        if extra:
            raise InputError(f"「{' '.join(extra)}」は余分です。{_see(ctx)}")
        return extra


class JapaneseGroup(_Japanese, TyperGroup):
    """The program itself, with its list of commands."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> Any:  # noqa: ANN401 - a private type
        """Return the command that `args` name; a question without `ask` is told so."""
        if self.get_command(ctx, args[0]) is None:
            raise InputError(
                f"「{args[0]}」という命令はありません。tenkyo --help で一覧を確かめてください。"
                '質問するときは tenkyo ask "質問" と入力します。'
            )
        return super().resolve_command(ctx, args)


_TOLD = {
    "NoSuchOption": "{name}という指定はありません。",
    "BadOptionUsage": "{name}に値が足りないか、余分な値があります。",
    "MissingParameter": "{name}を書いてください。",
    "BadParameter": "{name}の値が正しくありません。",
}
"""What is said of each of Typer's errors; by name, since Typer keeps the classes private."""


def sentence_of(error: typer.TyperException) -> str:
    """Return what is wrong with the command line, as a Japanese sentence and where to look."""
    name = getattr(error, "option_name", None) or _parameter(getattr(error, "param", None))
    told = _TOLD.get(type(error).__name__, "{name}の書き方が違います。")
    return told.format(name=f"「{name}」" if name else "命令") + _see(getattr(error, "ctx", None))


def _parameter(parameter: Any) -> str | None:  # noqa: ANN401 - a private type
    """Return how a user writes a parameter: `--limit`, or the name of an argument."""
    if parameter is None:
        return None
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar)


def _see(ctx: "Context | None") -> str:
    """Return where the right form is explained."""
    path = ctx.command_path if ctx is not None else "tenkyo"
    return f"書き方は {path} --help で確かめてください。"
