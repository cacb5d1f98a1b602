"""Completion for bash, 3.2 and later: files where nothing else is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.offers import FAMILIES, FOLDERS, MAIN, RULES, Offer, Verb

_SCRIPT = """\
# Made by `pipelint completion bash`.
_pipelint() {
    local IFS=$' \\t\\n' cur prev verb=@MAIN@ words='' kind='' head=''
    COMPREPLY=()
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}
    # bash parts `--flag=value` into three words
    if [[ $cur == = ]]; then
        cur=''
    elif [[ $prev == = ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if ((COMP_CWORD > 1)); then
        case ${COMP_WORDS[1]} in
        @ALTERNATIVES@) verb=${COMP_WORDS[1]} ;;
        esac
    fi
    case "$verb $prev" in
@VALUES@
    *)
        if [[ $cur == -* ]]; then
            case $verb in
@FLAGS@
            esac
        elif ((COMP_CWORD == 1)); then
            words='@VERBS@'
            kind=file
        else
            case $verb in
@RESTS@
            esac
        fi
        ;;
    esac
    case $kind in
    several-* | @ASKED@)
        words=$("${COMP_WORDS[0]}" completion --words "${kind#several-}" 2>/dev/null)
        ;;
    esac
    if [[ $kind == several-* && $cur == *,* ]]; then
        head=${cur%,*},
        cur=${cur##*,}
    fi
    COMPREPLY=($(compgen -P "$head" -W "$words" -- "$cur"))
    if [[ $kind == file || $kind == directory ]]; then
        IFS=$'\\n'
        COMPREPLY+=($(compgen -A "$kind" -- "$cur"))
        compopt -o filenames 2>/dev/null
    elif [[ ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
} 2>/dev/null
complete -o default -F _pipelint pipelint
"""


def script(verbs: Sequence[Verb]) -> str:
    """Write the script."""
    names = [verb.name for verb in verbs]
    parts = {
        "MAIN": MAIN,
        "ALTERNATIVES": " | ".join(names),
        "VERBS": " ".join(names),
        "VALUES": "\n".join(_values(verbs)),
        "FLAGS": "\n".join(f"            {verb.name}) words='{_flags(verb)}' ;;" for verb in verbs),
        "RESTS": "\n".join(f"            {verb.name}) {_offer(verb.rest)} ;;" for verb in verbs),
        "ASKED": f"{FAMILIES} | {RULES}",
    }
    text = _SCRIPT
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def _values(verbs: Sequence[Verb]) -> Iterator[str]:
    for verb in verbs:
        for flag in verb.flags:
            if flag.value is not None:
                places = " | ".join(f'"{verb.name} {name}"' for name in flag.names)
                yield f"    {places}) {_offer(flag.value)} ;;"


def _flags(verb: Verb) -> str:
    return " ".join(name for flag in verb.flags for name in flag.names)


def _offer(offer: Offer) -> str:
    """Write what to complete with; of what nobody knows the user may still name a file."""
    if offer.words:
        return f"words='{' '.join(offer.words)}'"
    if offer.kind in {FAMILIES, RULES}:
        return f"kind={'several-' if offer.several else ''}{offer.kind}"
    return "kind=directory" if offer.kind == FOLDERS else "kind=file"
