"""`${…}` as the Vela server reads it: close to a shell, and not one."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelint.source import Span
from pipelint.vela.substitution.parse import Argument, Substitution, SubstitutionProblem, find


def covered(text: str, span: Span) -> str:
    """Return what a span covers."""
    return text[span.start : span.end]


def understood(text: str) -> list[Substitution]:
    """Find substitutions where the server has nothing to refuse."""
    found = find(text)
    assert [one for one in found if isinstance(one, SubstitutionProblem)] == []
    return [one for one in found if isinstance(one, Substitution)]


def refused(text: str) -> list[SubstitutionProblem]:
    """Find what the server refuses."""
    return [one for one in find(text) if isinstance(one, SubstitutionProblem)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "echo $HOME $(date) $((1 + 2)) $1 $? $$",
        "echo $${HOME}",
        "echo $${X-d} $${a[@]} $${{ x }} $${",
        "echo $$$${HOME}",
        "ends in $",
        "{{ .BuildNumber }} { } }",
        "$ {X}",
    ],
)
def test_text_that_the_server_leaves_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "name", "operator", "arguments"),
    [
        ("${VELA_BUILD_EVENT}", "plain", "VELA_BUILD_EVENT", "", ()),
        ("${1}", "plain", "1", "", ()),
        ("${größe_٣}", "plain", "größe_٣", "", ()),
        ("${#X}", "length", "X", "#", ()),
        ("${X^}", "case", "X", "^", ()),
        ("${X^^}", "case", "X", "^^", ()),
        ("${X,}", "case", "X", ",", ()),
        ("${X,,}", "case", "X", ",,", ()),
        ("${X:-d}", "default", "X", ":-", ("d",)),
        ("${X:=d}", "default", "X", ":=", ("d",)),
        ("${X=d}", "default", "X", "=", ("d",)),
        ("${X:?d}", "default", "X", ":?", ("d",)),
        ("${X:+d}", "default", "X", ":+", ("d",)),
        ("${X:-}", "default", "X", ":-", ()),
        ("${X:-/opt/y:z}", "default", "X", ":-", ("/opt/y:z",)),
        ('${X:-"foo bar"}', "default", "X", ":-", ('"foo bar"',)),
        ("${X:-two\nlines}", "default", "X", ":-", ("two\nlines",)),
        ("${X:-$HOME $$ \\/}", "default", "X", ":-", ("$HOME $$ \\/",)),
        ("${X:0}", "substring", "X", ":", ("0",)),
        ("${X:0:3}", "substring", "X", ":", ("0", "3")),
        ("${X: -3}", "substring", "X", ":", (" -3",)),
        ("${X:0:-0}", "substring", "X", ":", ("0", "-0")),
        ("${X:0:-z}", "substring", "X", ":", ("0", "-z")),
        ("${X:0::3}", "substring", "X", ":", ("0", "3")),
        ("${X:1:2:3}", "substring", "X", ":", ("1", "2:3")),
        ("${X:##v}", "substring", "X", ":", ("##v",)),
        ("${X#v}", "remove", "X", "#", ("v",)),
        ("${X##*/}", "remove", "X", "##", ("*/",)),
        ("${X###}", "remove", "X", "##", ("#",)),
        ("${X%.txt}", "remove", "X", "%", (".txt",)),
        ("${X%%.*}", "remove", "X", "%%", (".*",)),
        ("${X/a/b}", "replace", "X", "/", ("a", "b")),
        ("${X//a/b}", "replace", "X", "//", ("a", "b")),
        ("${X/#a/b}", "replace", "X", "/#", ("a", "b")),
        ("${X/%a/b}", "replace", "X", "/%", ("a", "b")),
        ("${X/a/}", "replace", "X", "/", ("a",)),
        ("${X/a//b/c}", "replace", "X", "/", ("a", "b/c")),
        (r"${X/\//-}", "replace", "X", "/", ("/", "-")),
        (r"${X/a\\/\.}", "replace", "X", "/", ("a\\", r"\.")),
        ("${X/$${/}", "replace", "X", "/", ("${",)),
    ],
)
def test_forms_that_the_server_knows(
    text: str, kind: str, name: str, operator: str, arguments: tuple[str, ...]
) -> None:
    line = f"echo {text} }}"
    (one,) = understood(line)
    assert covered(line, one.span) == text
    assert (one.kind, one.name, one.operator, one.depth) == (kind, name, operator, 0)
    assert covered(line, one.name_span) == name
    assert covered(line, one.operator_span) == operator
    assert tuple(argument.text for argument in one.arguments) == arguments


def test_the_first_brace_closes() -> None:
    line = "echo ${X:-{}}"
    (one,) = understood(line)
    assert covered(line, one.span) == "${X:-{}"
    assert one.arguments == (Argument(Span(10, 11), "{"),)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("${X:-${Y}}", [("Y", 1)]),
        ("${X:-a${Y}/b${Z}:c}", [("Y", 1), ("Z", 1)]),
        ("${X:-${Y#${Z}}}", [("Y", 1), ("Z", 2)]),
        ("${X#${Y}}", [("Y", 1)]),
        ("${X:${Y}:${Z}}", [("Y", 1), ("Z", 1)]),
        ("${X/${Y}/${Z}}", [("Y", 1), ("Z", 1)]),
        ("${X:-$${Y}}", [("Y", 1)]),
    ],
)
def test_arguments_hold_further_substitutions(text: str, inner: list[tuple[str, int]]) -> None:
    outer, *others = understood(text)
    assert (outer.name, outer.span) == ("X", Span(0, len(text)))
    assert any(argument.text is None for argument in outer.arguments)
    assert [(one.name, one.depth) for one in others] == inner
    assert all(covered(text, one.name_span) == one.name for one in others)


def test_what_an_escaped_one_holds_is_substituted() -> None:
    assert [(one.name, one.depth) for one in understood("$${X:-${Y}}")] == [("Y", 0)]


@pytest.mark.parametrize(
    ("text", "wrong", "kind", "message"),
    [
        ("${X-d}", "-", "operator", "`-` is not an operator of Vela's substitution"),
        ("${X+d}", "+", "operator", "`+` is not an operator of Vela's substitution"),
        ("${X?d}", "?", "operator", "`?` is not an operator of Vela's substitution"),
        ("${my-var}", "-", "operator", "`-` is not an operator of Vela's substitution"),
        ("${x@Q}", "@", "operator", "`@` is not an operator of Vela's substitution"),
        ("${X*}", "*", "operator", "`*` is not an operator of Vela's substitution"),
        ("${a[@]}", "[", "operator", "Vela's substitution has no arrays: `[` is refused"),
        ("${a[0]}", "[", "operator", "Vela's substitution has no arrays: `[` is refused"),
        ("${X^a}", "a", "operator", "`^` takes no pattern in Vela's substitution"),
        ("${#X:-d}", ":", "operator", "`:` cannot follow `${#X`"),
        ("${a.b}", ".", "name", "`.` cannot stand in the name of a variable"),
        ("${!x}", "!", "name", "Vela's substitution has no indirect variables such as `${!…}`"),
        ("${@}", "@", "name", "`@` cannot begin the name of a variable"),
        ("${?}", "?", "name", "`?` cannot begin the name of a variable"),
        ("${}", "}", "name", "`${}` names no variable"),
        ("${#}", "}", "name", "`${#` needs the name of a variable"),
        ("${ X }", " ", "name", "a space stands before the name of the variable"),
        ("${X }", " ", "name", "a space follows the name `X`"),
        ("${X#}", "}", "argument", "`${X#` does not say what to remove"),
        ("${X%%}", "}", "argument", "`${X%%` does not say what to remove"),
        ("${X//}", "}", "argument", "`${X//` does not say what to replace"),
        ("${X///b}", "/", "argument", "`${X//` does not say what to replace"),
        ("${X/a}", "}", "argument", "the second `/` after `X` is missing"),
        ("${X//a}", "}", "argument", "the second `/` after `X` is missing"),
        ("${X:}", "}", "argument", "`${X:` does not say where to cut"),
        ("${X::3}", ":", "argument", "`${X:` does not say where to cut"),
        ("${X:é}", "é", "argument", "`${X:` does not say where to cut"),
        ("${X:0:}", "}", "argument", "`${X:0:` does not say how much to keep"),
        ("${X#${Y}a}", "a", "argument", "no text can follow `${…}` in this argument"),
        ("${X#a${Y}}", "${", "argument", "`${` cannot follow other text in this argument"),
        ("${X:0:-1}", "-1", "crash", "a negative length crashes Vela's substitution"),
    ],
)
def test_forms_that_stop_the_compile(text: str, wrong: str, kind: str, message: str) -> None:
    line = f"echo {text} x"
    problem = refused(line)[0]
    assert (problem.kind, problem.message) == (kind, message)
    assert covered(line, problem.span) == wrong
    assert covered(line, problem.whole) == text
    assert problem.escapes == (5,)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("${", "${"),
        ("a ${X", "${X"),
        ("a ${X:-d", "${X"),
        ("${#X", "${#X"),
        ("${X/a/b", "${X"),
        ("${X:-${Y}", "${X"),
    ],
)
def test_an_unclosed_one_is_shown_where_it_opens(text: str, wrong: str) -> None:
    (problem,) = refused(text)
    assert (problem.kind, covered(text, problem.span)) == ("unclosed", wrong)
    assert problem.message == f"`{wrong}` is never closed with `}}`"


def test_an_expression_of_github_actions_is_called_by_its_name() -> None:
    text = "echo ${{ github.sha }}"
    (problem,) = refused(text)
    assert problem.kind == "double-brace"
    assert covered(text, problem.span) == "{"
    assert problem.help == "write `${NAME}` for a variable of Vela"


@pytest.mark.parametrize(
    ("text", "escapes", "way_out"),
    [
        ("${X-d}", (0,), "write `$${X-d}` to leave it to the shell"),
        ("a ${A:-${b.c}}", (2, 7), "write `$${A:-$${b.c}}` to leave it to the shell"),
        ("${A:-$${b.c}}", (0,), "write `$${A:-$${b.c}}` to leave it to the shell"),
        ("${X-a\nb}", (0,), "write `$${` to leave it to the shell"),
        (f"${{X-{'d' * 60}}}", (0,), "write `$${` to leave it to the shell"),
        ("${X", (0,), "write `$${` to leave it to the shell"),
    ],
)
def test_the_way_out_is_a_dollar(text: str, escapes: tuple[int, ...], way_out: str) -> None:
    (problem,) = refused(text)
    assert (problem.escapes, problem.help) == (escapes, way_out)


@pytest.mark.parametrize(
    ("text", "wrong", "fine"),
    [
        ("${a.b} ${X-d} ${Y}", [".", "-"], ["Y"]),
        ("${A} ${B ${C}", [" "], ["A", "C"]),
        ("${X-${Y}}", ["-"], ["Y"]),
        ("${A:-${b.c} ${d.e}} ${F}", [".", "."], ["F"]),
        ("${X:-${Y:0:-1}}", ["-1"], ["X"]),
        ("${ and $${X} and ${Y}", [" "], ["Y"]),
    ],
)
def test_one_broken_substitution_hides_no_other(
    text: str, wrong: list[str], fine: list[str]
) -> None:
    assert [covered(text, problem.span) for problem in refused(text)] == wrong
    assert [one.name for one in find(text) if isinstance(one, Substitution)] == fine


def test_a_pattern_does_not_run_on_over_a_brace_as_it_does_for_the_server() -> None:
    # The server takes `a} and ` for the pattern: it compiles, and loses the text.
    (problem,) = refused("${X/a} and /usr/bin }")
    assert problem.message == "the second `/` after `X` is missing"


PIECES = [
    *("${", "${X", "${X:-", "${Y#", "${X/", "${#", "}", "}", "$", "$$", "/", "\\", "\\/", ":"),
    *(":-", ":=", "^", ",", "#", "%", "0", "-1", "a", "*", " ", ".", "{", "!", "\n", "é"),
]


@example(text="${X^$")
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_lie_inside_the_text_and_in_order(text: str) -> None:
    found = find(text)
    starts = []
    for one in found:
        whole = one.whole if isinstance(one, SubstitutionProblem) else one.span
        starts.append(whole.start)
        assert 0 <= whole.start <= one.span.start < one.span.end <= whole.end <= len(text)
        assert text.startswith("${", whole.start)
    assert starts == sorted(starts)


@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_escaping_what_is_refused_makes_the_text_compile(text: str) -> None:
    for _ in range(len(text) + 1):
        problems = refused(text)
        if not problems:
            break
        for offset in sorted({place for one in problems for place in one.escapes}, reverse=True):
            text = f"{text[:offset]}${text[offset:]}"
    assert refused(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "${" * 500_000,
        "${a}" * 250_000,
        "${a:0}" * 160_000,
        "${-" * 160_000 + "}" * 160_000,
        "${a:-" * 160_000 + "}" * 160_000,
        "${a:-" + "${b}" * 240_000 + "}",
        "$" * 1_000_000 + "${",
        "${" + "a" * 1_000_000,
        "${a/" + "$$" * 500_000,
        ("${a:-" * 90 + "${-}" + "}" * 90) * 1800,
    ],
)
def test_a_hostile_megabyte_takes_no_time(text: str) -> None:
    begin = time.process_time()
    find(text)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    "text", ["${A}" * 12_000, "${A:-" * 12_000, "${A:-" * 12_000 + "}" * 12_000]
)
def test_a_text_that_is_not_read_to_its_end_says_so(text: str) -> None:
    last = find(text)[-1]
    assert isinstance(last, SubstitutionProblem)
    assert last.message == "a text with more than 10000 `${` is not checked to its end"
    assert len(find("${A}" * 10_000)) == 10_000
