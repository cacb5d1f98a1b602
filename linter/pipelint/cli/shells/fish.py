"""Completion for fish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.offers import FAMILIES, FILES, FOLDERS, MAIN, RULES, Flag, Offer, Verb

_HEAD = """\
# Made by `pipelint completion fish`.
function __pipelint_verb
    set -l words (commandline -opc)
    if contains -- "$words[2]" @VERBS@
        test $words[2] = $argv[1]
    else
        test $argv[1] = @MAIN@
    end
end
function __pipelint_first
    test (count (commandline -opc)) -eq 1
end
function __pipelint_words
    set -l words (commandline -opc)
    $words[1] completion --words $argv[1] 2>/dev/null
end
function __pipelint_several
    set -l head (string match -r -- '^.*,' (commandline -ct | string replace -r -- '^--?\\w+=' ''))
    printf "$head%s\\n" (__pipelint_words $argv[1])
end
complete -c pipelint -f
"""


def script(verbs: Sequence[Verb]) -> str:
    """Write the script."""
    head = _HEAD.replace("@VERBS@", " ".join(verb.name for verb in verbs))
    return head.replace("@MAIN@", MAIN) + "".join(f"{line}\n" for line in _lines(verbs))


def _lines(verbs: Sequence[Verb]) -> Iterator[str]:
    for verb in verbs:
        yield f"complete -c pipelint -n __pipelint_first -a {verb.name} -d {quoted(verb.about)}"
    for verb in verbs:
        here = f"complete -c pipelint -n '__pipelint_verb {verb.name}'"
        for flag in verb.flags:
            yield f"{here} {_flag(flag)}"
        rest = _offer(verb.rest)
        if rest:
            yield f"{here} {rest}"


def _flag(flag: Flag) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in flag.names]
    value = [] if flag.value is None else ["-r", _offer(flag.value)]
    return " ".join(part for part in (*names, *value, f"-d {quoted(flag.help)}") if part)


def _offer(offer: Offer) -> str:
    if offer.words:
        return f"-f -a '{' '.join(offer.words)}'"
    if offer.kind in {FAMILIES, RULES}:
        asked = "several" if offer.several else "words"
        return f"-f -a '(__pipelint_{asked} {offer.kind})'"
    if offer.kind == FOLDERS:
        return "-f -a '(__fish_complete_directories)'"
    return "-F" if offer.kind == FILES else ""


def quoted(text: str) -> str:
    """Quote a text; fish knows two escapes between single quotes."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
