"""Completion at a TAB: the script for each shell, and the one protocol between it and the program.

The script hands over the line up to the cursor (COMP_LINE); the answer is a line a candidate:
its type, its value, its help, parted by tabs. What the candidates are is click's and `suggest`'s.
"""

from __future__ import annotations

import os
import shlex
import sys
from contextvars import copy_context
from threading import Thread
from typing import ClassVar

import click
from click.shell_completion import CompletionItem, ShellComplete

from budgetcli.cli.session import Settings

VARIABLE = "_BUDGETCLI_COMPLETE"
# a person at a TAB waits no longer
_SECONDS = 2.0
# stands at the cursor, so that a blank before it or an open quote tells where a word begins
_CURSOR = "\0"


class Shell(ShellComplete):
    """What the shells have in common; `escape` is what makes the next character a plain one."""

    escape: ClassVar[str] = "\\"

    def words(self, line: str) -> tuple[list[str], bool]:
        """The line's words as the shell would hand them over, and whether a quote is open.

        The last word is the one at the cursor, empty behind a blank.
        """
        lexer = shlex.shlex(line + _CURSOR, posix=True)
        lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", self.escape
        found: list[str] = []
        try:
            found.extend(lexer)
        except ValueError:
            return [*found, lexer.token.removesuffix(_CURSOR)], True
        return [*found[:-1], found[-1].removesuffix(_CURSOR)], False

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words after the program's name, and the one being typed."""
        (_, *words), _ = self.words(os.environ["COMP_LINE"])
        return words[:-1], words[-1] if words else ""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """Whole words: of --format=cs, --format=csv."""
        found = super().get_completions(args, incomplete)
        flag, mark, _ = incomplete.partition("=")
        if not (mark and flag.startswith("-")):
            return found
        return [
            CompletionItem(f"{flag}={one.value}", one.type, one.help)
            for one in found
            if one.type == "plain"
        ]

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Type, value as this shell inserts it, help."""
        help = " ".join((item.help or "").split())
        return "\t".join((item.type, self.inserted(item.value), help)).rstrip()

    def inserted(self, value: str) -> str:
        """A value in the shell's own quoting, where the shell does not see to that."""
        return value


class Bash(Shell):
    """Bash quotes nothing, and starts a word anew after each = and :."""

    name = "bash"
    source_template = """\
%(complete_func)s() {
    local type value help
    COMPREPLY=()
    while IFS=$'\\t' read -r type value help; do
        case $type in
            plain) COMPREPLY+=("$value"); [[ $value == *= ]] && compopt -o nospace ;;
            file|dir) compopt -o default ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="$2" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
    _plain = frozenset("@%+:,./_-=~")

    def inserted(self, value: str) -> str:
        """The part behind what bash takes for done, escaped unless a quote is open."""
        typed, quoted = self.words(os.environ["COMP_LINE"])
        word = os.environ.get("COMP_WORD", "")
        # within quotes bash hands over what stands behind the quote, as it is
        begun = word if quoted else self.words(word)[0][-1]
        done = len(typed[-1]) - len(begun.removeprefix("="))
        rest = value[max(done, 0) :]
        if quoted:
            return rest
        return "".join(one if one.isalnum() or one in self._plain else f"\\{one}" for one in rest)


class Zsh(Shell):
    """Zsh quotes what it inserts."""

    name = "zsh"
    source_template = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local type value help
    local -a values shown open
    while IFS=$'\\t' read -r type value help; do
        case $type in
            file|dir) _files ;;
            plain)
                if [[ $value == *= ]]; then
                    open+=("$value")
                else
                    values+=("$value"); shown+=("$value${help:+  -- $help}")
                fi ;;
        esac
    done < <(COMP_LINE="${(j: :)words[1,CURRENT]}" \\
        %(complete_var)s=zsh_complete ${words[1]} 2>/dev/null)
    (( $#values )) && compadd -U -l -V %(prog_name)s -d shown -a values
    (( $#open )) && compadd -U -S '' -V %(prog_name)s -a open
}
compdef %(complete_func)s %(prog_name)s
"""


class Fish(Shell):
    """Fish quotes what it inserts."""

    name = "fish"
    source_template = """\
function %(complete_func)s
    for line in (COMP_LINE=(commandline -cp) %(complete_var)s=fish_complete \
%(prog_name)s 2>/dev/null)
        set -l parts (string split \\t -- $line)
        switch $parts[1]
            case file dir
                __fish_complete_path (commandline -ct)
            case plain
                string join \\t -- $parts[2..]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class PowerShell(Shell):
    """PowerShell inserts a value as it is; its escape is the backtick, paths have backslashes."""

    name = "powershell"
    escape = "`"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $cursor)
    $length = $cursor - $ast.Extent.StartOffset
    $was = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $env:COMP_LINE = $ast.ToString().PadRight($length).Substring(0, $length)
    $env:%(complete_var)s = 'powershell_complete'
    try {
        foreach ($line in (& %(prog_name)s 2>$null)) {
            $type, $value, $help = $line -split "`t", 3
            if (-not $help) { $help = $value }
            if ($type -eq 'plain') {
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, 'ParameterValue', $help)
            } else {
                [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
            }
        }
    } finally {
        Remove-Item Env:COMP_LINE, Env:%(complete_var)s
        [Console]::OutputEncoding = $was
    }
}
"""
    _plain = frozenset("%+:./\\_-=~")

    def inserted(self, value: str) -> str:
        """In single quotes where a plain word would not do."""
        if all(one.isalnum() or one in self._plain for one in value):
            return value
        doubled = value.replace("'", "''")
        return f"'{doubled}'"


SHELLS: dict[str, type[Shell]] = {shell.name: shell for shell in (Bash, Zsh, Fish, PowerShell)}


def script(shell: str, program: click.Command, name: str) -> str:
    """What a person puts into the shell's start-up file."""
    return SHELLS[shell](program, {}, name, VARIABLE).source()


def complete(program: click.Command, name: str, instruction: str) -> None:
    """Answer a TAB: in two seconds or not at all, and never with a complaint."""
    shell = SHELLS.get(instruction.removesuffix("_complete"))
    if shell is None:
        return
    answered: list[str] = []

    def answer() -> None:
        try:
            answered.append(shell(program, {"obj": Settings()}, name, VARIABLE).complete())
        except Exception:
            return  # whatever is wrong is told when the command runs, not in the middle of a line

    worker = Thread(target=copy_context().run, args=(answer,), daemon=True)
    worker.start()
    worker.join(_SECONDS)
    for text in answered:
        click.echo(text.encode())
    sys.stdout.flush()
    if worker.is_alive():
        os._exit(0)  # a library that is deep in a file would hold up the end
