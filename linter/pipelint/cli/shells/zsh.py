"""Completion for zsh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelint.cli.offers import FAMILIES, FILES, FOLDERS, MAIN, RULES, Flag, Offer, Verb

_SCRIPT = """\
#compdef pipelint
# Made by `pipelint completion zsh`.
_pipelint_asked() {
    local -a words_
    words_=(${(f)"$(_call_program pipelint $pipelint completion --words $1 2>/dev/null)"})
    if [[ $2 == several ]]; then
        compset -P '*,'
        compadd -q -S ',' -a words_
    else
        compadd -a words_
    fi
}
_pipelint_first() {
    local -a verbs
    verbs=(
@VERBS@
    )
    _describe -t verbs verb verbs
    _files
}
_pipelint() {
    local pipelint=$words[1] curcontext=$curcontext verb=@MAIN@
    if ((CURRENT > 2)); then
        case $words[2] in
        (@ALTERNATIVES@)
            verb=$words[2]
            shift words
            ((CURRENT--))
            ;;
        esac
    fi
    case $verb in
@CASES@
    esac
}
if [[ $funcstack[1] == _pipelint ]]; then
    _pipelint "$@"
else
    compdef _pipelint pipelint
fi
"""


def script(verbs: Sequence[Verb]) -> str:
    """Write the script."""
    names = [verb.name for verb in verbs]
    described = [f"        {_quoted(f'{verb.name}:{_escaped(verb.about)}')}" for verb in verbs]
    text = _SCRIPT.replace("@MAIN@", MAIN).replace("@ALTERNATIVES@", "|".join(names))
    text = text.replace("@VERBS@", "\n".join(described))
    return text.replace("@CASES@", "\n".join(line for verb in verbs for line in _case(verb)))


def _case(verb: Verb) -> Iterator[str]:
    yield f"    ({verb.name})"
    specs = [spec for flag in verb.flags for spec in _specs(flag)]
    if verb.name == MAIN:
        specs.append(_quoted("1:verb or file:_pipelint_first"))
    specs.append(_quoted(f"*:{_value(verb.rest) or ' : '}"))
    yield "        _arguments -s -S \\"
    yield from (f"            {spec} \\" for spec in specs[:-1])
    yield f"            {specs[-1]}"
    yield "        ;;"


def _specs(flag: Flag) -> Iterator[str]:
    """Write a flag under each of its names; `=` lets its value stand behind it or come next."""
    about = _escaped(flag.help).replace("[", "\\[").replace("]", "\\]")
    for name in flag.names:
        sign = "" if flag.value is None else "=" if name.startswith("--") else "+"
        value = "" if flag.value is None else f":{_value(flag.value) or 'text: '}"
        yield _quoted(f"*{name}{sign}[{about}]{value}")


def _value(offer: Offer) -> str:
    if offer.words:
        words = " ".join(offer.words)
        # `_arguments` adds arguments of its own, unless a space stands before the action.
        return f'value: compadd -S "" -- {words}' if words.endswith("=") else f"value:({words})"
    if offer.kind in {FAMILIES, RULES}:
        several = " several" if offer.several else ""
        return f"{offer.kind}: _pipelint_asked {offer.kind}{several}"
    if offer.kind == FOLDERS:
        return "folder:_files -/"
    return "file:_files" if offer.kind == FILES else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")


def _quoted(text: str) -> str:
    inside = text.replace("'", "'\\''")
    return f"'{inside}'"
