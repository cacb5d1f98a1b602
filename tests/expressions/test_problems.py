"""What is wrong with an expression, on which words, and how it is mended."""

from __future__ import annotations

import pytest

from pipelint.expressions.judge import judge_alone
from pipelint.expressions.problem import Problem
from pipelint.expressions.reading import Reading, read_field, read_program

FIELDS = [
    # text, rule, covered text, the text after the first change
    ("<+a \\ b>", "expression-syntax", "\\", None),
    ('<+f("x>', "expression-syntax", '"x', None),
    ('<+f("x"))>', "expression-syntax", ")", None),
    ("<+a.b.>", "expression-syntax", ".", None),
    ("<+.a>", "expression-syntax", ".", None),
    ("<+a. .b>", "expression-syntax", ".", None),
    ("<++a>", "expression-syntax", "+", None),
    ("<+a, b>", "expression-syntax", ",", None),
    ("<+<+a> ? 'x' : >", "expression-syntax", ":", None),
    ("<+<+a> < 2 < 3>", "expression-syntax", "<", None),
    ("<+a.Build Stage.name>", "expression-syntax", "Build Stage", None),
    ("<+<+a> == 'b' 'c'>", "expression-syntax", "'c'", None),
    ("<+for (i = 0; i < 3; i = i + 1) { i }>", "expression-syntax", ";", None),
    ("<+f('a\nb')>", "expression-syntax", "'a", None),
    ("<+<+a> and and b>", "expression-syntax", "and", None),
    ("<+pipeline.variables.new>", "reserved-word", "new", '<+pipeline.variables.get("new")>'),
    ("<+a.b.size>", "reserved-word", "size", '<+a.b.get("size")>'),
    ("<+<+a> == “x”>", "curly-quotes", "“", '<+<+a> == "x">'),
    ('<+f(\\"x\\")>', "escaped-quote", '\\"', '<+f("x")>'),
    ("<+<+a> === 'x'>", "foreign-operator", "===", "<+<+a> == 'x'>"),
    ("<+<+a> ?? 'x'>", "foreign-operator", "??", "<+<+a> ?: 'x'>"),
    ("<+<+a> <> 'x'>", "early-close", "<>", "<+<+a> != 'x'>"),
    ("<+<+a> in ['x']>", "foreign-operator", "in", "<+<+a> =~ ['x']>"),
    ("<+<+a> AND <+b>>", "foreign-operator", "AND", "<+<+a> && <+b>>"),
    ("<+<+a> > 5>", "early-close", ">", "<+<+a> gt 5>"),
    ("<+<+a> >= 5 ? 'x' : 'y'>", "early-close", ">=", "<+<+a> ge 5 ? 'x' : 'y'>"),
    ('<+f("<(.*)>", <+a>)>', "early-close", ">", '<+f("<(.*)\\>", <+a>)>'),
    ("<+>", "empty-expression", "<+>", None),
    ("<+a <+b> c", "unclosed-expression", "<+", None),
    ("<+a> <+b", "lone-opener", "<+", None),
    ("<pipeline.name>", "wrong-opener", "<pipeline.name>", "<+pipeline.name>"),
    ("< +stage.name>", "wrong-opener", "< +stage.name>", "<+stage.name>"),
    (
        "${workflow.variables.x}",
        "other-generation-delimiter",
        "${workflow.variables.x}",
        "<+pipeline.variables.x>",
    ),
    ("<+serviceVariable.x>", "first-generation-name", "serviceVariable", "<+serviceVariables.x>"),
    ("<+a.v.my-var>", "hyphen-in-path", "my-var", '<+a.v.get("my-var")>'),
    ("<+a.my-long-var.b()>", "hyphen-in-path", "my-long-var", '<+a.get("my-long-var").b()>'),
    ("<+a.header.X-Hook>", "hyphen-in-path", "X-Hook", '<+a.header["X-Hook"]>'),
    ("<+a.v.this-var>", "hyphen-in-path", "this-var", '<+a.v.get("this-var")>'),
    ("<+a.b == 'x'>", "bare-comparison", "a.b == 'x'", "<+<+a.b> == 'x'>"),
    ("<+a.b ? c.d : 'x'>", "bare-comparison", "a.b ? c.d : 'x'", "<+<+a.b> ? <+c.d> : 'x'>"),
    ("<+a ?: 'd'>", "bare-comparison", "a ?: 'd'", "<+<+a> ?: 'd'>"),
    ("<+a.b + c.d>", "bare-operand", "c.d", "<+a.b + <+c.d>>"),
    ("<+a..b>", "double-dot", "..", "<+a.b>"),
    ("<+12.12.23>", "number-in-path", "12.12.23", None),
    ("<+a[{0}]>", "odd-index", "{0}", None),
    ("<+a.$VAR>", "shell-variable", "$VAR", None),
    ("<+<+a> == True>", "constant-case", "True", "<+<+a> == true>"),
    ("<+<+step.status> == 'ok'>", "unknown-status", "'ok'", None),
    ("<+'failed'==<+step.status>>", "unknown-status", "'failed'", "<+'FAILED'==<+step.status>>"),
    ("<+var x = 1; x>", "script-expression", "<+var x = 1; x>", None),
    ("<+a.getClass()>", "blocked-method", "getClass", None),
    ("<+<+a>.toUppercase()>", "unknown-method", "toUppercase", "<+<+a>.toUpperCase()>"),
    ("<+<+a>.toUpperCase>", "method-not-called", "toUpperCase", "<+<+a>.toUpperCase()>"),
    ("<+<+a>.split(',').length>", "unknown-method", "length", "<+<+a>.split(',').size()>"),
    ("<+<+a>.concat('b', 'c')>", "wrong-arguments", "concat", None),
    ("<+json.select('a')>", "wrong-arguments", "select", None),
    ("<+xml.select(<+a>, 'a.b')>", "swapped-arguments", "<+a>, 'a.b'", None),
    ("<+json.selekt('a', <+b>)>", "unknown-function", "selekt", "<+json.select('a', <+b>)>"),
    ("<+jsonpath('a')>", "unknown-function", "jsonpath", None),
    ("<+currentDate>", "method-not-called", "currentDate", "<+currentDate()>"),
    ("<+JSON.select('a', 'b')>", "unknown-root", "JSON", "<+json.select('a', 'b')>"),
    ("<+secret.getValue('x')>", "unknown-root", "secret", "<+secrets.getValue('x')>"),
    ("<+secrets.token>", "unknown-function", "token", None),
    ("<+secrets.getValue(token)>", "unquoted-secret", "token", '<+secrets.getValue("token")>'),
    ("<+secrets.getValue('a').trim()>", "secret-method", "trim", None),
    ("<+exportedVariables.getValue('X')>", "exported-variable-path", "'X'", None),
    ("<+configFile.getAsString(':x')>", "file-path", "':x'", None),
    (
        "<+configFile.getAsString(cf)>",
        "computed-config-file-name",
        "cf",
        '<+configFile.getAsString("cf")>',
    ),
    ("<+configFile.getAsString(<+a.b>)>", "computed-config-file-name", "<+a.b>", None),
    ("<+fileStore.getAsString('x')>", "file-path", "'x'", None),
]  # fmt: skip

CONDITIONS = [
    ("<+a> = 'x'", "single-equals", "=", "<+a> == 'x'"),
    ("<+a> == prod", "unquoted-text", "prod", '<+a> == "prod"'),
    ("<+a> == NULL", "constant-case", "NULL", "<+a> == null"),
    ("<+a> == 'b' || 'c'", "constant-operand", "'c'", None),
    ("<+a> == 'b' | <+c> == 'd'", "single-bar", "|", "<+a> == 'b' || <+c> == 'd'"),
    ("<+a> == 'null'", "quoted-null", "'null'", "<+a> == null"),
    ('"<+a>" == "b"', "quoted-expression", '"<+a>"', '<+a> == "b"'),
    (
        '"<+f("x")>" == "b"',
        "quotes-in-quoted-expression",
        '"<+f("x")>"',
        '<+f("x")> == "b"',
    ),
    ("if <+a> == true", "leading-if", "if", "<+a> == true"),
]

FINE = [
    "echo <+a> > file 2>&1",
    "cmd <+ a.b > 2>/dev/null",
    "<+a>> b>",
    "<project.version>1</project.version>",
    "${HOME} ${a.b} ${{ matrix.x }}",
    "<+a.b-1>",
    "<+<+a>-<+b>>",
    "<+a.b.replace('-', '_')>",
    "<+(pipeline.name == 'x')>",
    "<+pipeline.name + '-x'>",
    "<+<+steps.p.output.status> == 'pass'>",
    "<+<+trigger.payload.status> == 'open'>",
    "<+<+a>.unknownMethod(1)>",
    "<+json.object(httpResponseBody).data.toUpper>",
    "<+secrets.getValue('a' + <+b>)>",
    "<+'a' + 'b'>",
]


def changed(text: str, problem: Problem) -> str | None:
    """Return the text after the first change."""
    if not problem.changes:
        return None
    for span, new in sorted(problem.changes[0].edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def hold(reading: Reading, rule: str, covered: str, mended: str | None) -> None:
    """Hold the only problem of a text to what is expected."""
    text = reading.text
    (problem,) = judge_alone(reading)
    assert (problem.rule, text[problem.span.start : problem.span.end]) == (rule, covered)
    assert changed(text, problem) == mended
    assert problem.message[0].islower() or problem.message[0] == "`"
    assert not problem.message.endswith(".")


@pytest.mark.parametrize(("text", "rule", "covered", "mended"), FIELDS)
def test_a_mistake_in_a_field(text: str, rule: str, covered: str, mended: str | None) -> None:
    hold(read_field(text), rule, covered, mended)


@pytest.mark.parametrize(("text", "rule", "covered", "mended"), CONDITIONS)
def test_a_mistake_in_a_condition(text: str, rule: str, covered: str, mended: str | None) -> None:
    hold(read_program(text), rule, covered, mended)


@pytest.mark.parametrize("text", FINE)
def test_nothing_is_said_of_what_may_be_right(text: str) -> None:
    assert judge_alone(read_field(text)) == []


@pytest.mark.parametrize(("text", "rule", "covered", "mended"), FIELDS + CONDITIONS)
def test_a_change_mends(text: str, rule: str, covered: str, mended: str | None) -> None:
    del covered
    if mended is None or rule in {"other-generation-delimiter", "bare-comparison"}:
        return  # the first has another mistake then, in the second more may be bare
    read = read_program if (text, rule) in {row[:2] for row in CONDITIONS} else read_field
    assert rule not in {problem.rule for problem in judge_alone(read(mended))}
