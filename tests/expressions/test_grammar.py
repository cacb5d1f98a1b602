"""What an expression is made of; and that lark reads the same as the tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.exceptions import UnexpectedInput

from expressions.dumps import dump, dump_block
from expressions.facts import cases, real_expressions
from pipelint.expressions.block import Block, read_condition, read_expression
from pipelint.expressions.jexl.build import build
from pipelint.expressions.jexl.read import _tables  # the differential test is about these
from pipelint.expressions.judge import judge_alone
from pipelint.expressions.reading import read_field, read_program
from pipelint.expressions.tree import Call, Chain, Literal
from pipelint.grammar.build import PACKAGE, make_parser
from pipelint.grammar.driver import SyntaxProblem, Token, Tree, parse
from pipelint.grammar.tables import Tables


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("pipeline.name", "pipeline.name"),
        (" pipeline . name ", "pipeline.name"),
        ("a.1stage", "a.1stage"),
        ("a['x'].\"y z\"[0]", "a[string:'x'].'y z'[number:'0']"),
        ("m.get('a').b(1, 2)(3)", "m.get(string:'a').b(number:'1', number:'2')(number:'3')"),
        ("currentDate().plusDays(2)", "currentDate().plusDays(number:'2')"),
        ("x.size() == size(x)", "(x.size() == (size group(x)))"),
        ("a || b && c == d < e + f * -g", "(a || (b && (c == (d < (e + (f * (- g)))))))"),
        ("a or not b and c", "(a or ((not b) and c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a | b ^ c & d", "(a | (b ^ (c & d)))"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ?: b", "(a ?: b)"),
        ("a = b = c", "(a = (b = c))"),
        ("a =~ [1, 'b', ...]", "(a =~ list[number:'1', string:'b'])"),
        (
            "{1, 2} + {'a': 1} + {:} + {}",
            "(((set[number:'1', number:'2'] + map[string:'a', number:'1']) + map[]) + set[])",
        ),
        ("1..5", "(number:'1' .. number:'5')"),
        ("12.12.23", "number:'12.12'.23"),
        ("0x1F + 1.5f + 017", "((number:'0x1F' + number:'1.5f') + number:'017')"),
        ("'it\\'s' + `a ${x}`", "(string:\"it's\" + template:'`a ${x}`')"),
        ("true != null", "(boolean:'true' != null:'null')"),
        ("order.android", "order.android"),
        ("a // comment", "a"),
        ("(a)(b)", "group(a)(b)"),
        ("a ? m:k(x)", "-"),  # `m:k` is a namespace
        ("a ? m : k(x)", "(a ? m : k(x))"),
        ("new('java.util.Date')", "new(string:'java.util.Date')"),
        ("a < b < c", "-"),
        ("a == b == c", "-"),
        ("a b", "-"),
        ("f(x)(y)", "-"),
        ("a.new", "-"),
        ("a == and", "-"),
        ("a.size", "-"),
        ("+a", "-"),
        ("a[]", "-"),
        ("'a\nb'", "-"),
    ],
)
def test_an_expression_has_a_tree(text: str, tree: str) -> None:
    block = read_condition(text)
    assert dump_block(block) == tree
    assert (block.refusal is None) == (tree != "-")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("<+<+a>>", "<a>"),
        ("<+<+a> == 'x'>", "(<a> == string:'x')"),
        ("<+pipeline.stages.<+a.b>.status>", "pipeline.stages.<a.b>.status"),
        ("<+s.Grp<+p>.steps>", "s.Grp<p>.steps"),
        ("<+<+f>harness>", "<f>harness"),
        ("<+<+a><+b>>", "<a><b>"),
        ("<+<+a> <+b>>", "glue(<a>, <b>)"),
        ("<+<+a>'b'>", "glue(<a>, string:'b')"),
        ("<+'b'<+a>>", "glue(string:'b', <a>)"),
        ("<+a<+b> + 1<+c>>", "(a<b> + 1<c>)"),
        ("<+not<+b> or empty <+c>>", "((not <b>) or (empty <c>))"),
        ("<+a <+b>>", "-"),
    ],
)
def test_what_touches_an_inner_expression_is_glued_to_it(text: str, tree: str) -> None:
    block = read_expression(text)
    assert dump_block(block) == tree


def test_an_expression_in_a_text_is_no_part_of_its_quotes() -> None:
    tree = read_expression("<+f('x<+a['k']>y')>").tree
    assert isinstance(tree, Chain)
    call = tree.steps[0]
    assert isinstance(call, Call)
    text = call.arguments[0]
    assert isinstance(text, Literal)
    assert [dump_block(inner) for inner in text.inner] == ["a[string:'k']"]


@pytest.mark.parametrize(
    "text",
    [
        "var x = 1; x + 1",
        "if (a == null) {'b';} else {c;}",
        "if (a) b; else c",
        "for (var x : list) { y.add(x); } return y",
        "for(item:[1,2,3]){ x=x+item;}; return x.toString()",
        "while (a) { if (b) { break } else { continue; } }",
        "var f = function(a, b) { return a + b }; f(1, 2)",
        "a;",
    ],
)
def test_statements_are_a_script(text: str) -> None:
    block = read_condition(text)
    assert block.is_script
    assert block.refusal is None


@pytest.mark.parametrize(
    "text",
    ["for (var i = 0; i < 3; i = i + 1) { i; }", "var x = 'a' 'b'; x", "if a { b }", "a b; c"],
)
def test_what_is_no_script_either_is_refused(text: str) -> None:
    assert read_condition(text).refusal is not None


def test_places_are_those_of_the_outermost_text() -> None:
    text = '<+<+a.b> \\> 5 ? f("x") : [1]>'
    tree = read_expression(text).tree
    assert tree is not None
    assert dump(tree, places=True) == (
        "((<a.b>@2:8 > number:'5'@12:13)@2:13 ? f@16:17(string:'x'@18:21)@17:22@16:22"
        " : list[number:'1'@26:27]@25:28)@2:28"
    )


def test_a_text_is_parsed_once() -> None:
    assert read_expression("<+a == 'once'>") is read_expression("<+a == 'once'>")


def test_what_is_deeper_than_anybody_writes_is_not_looked_at() -> None:
    block = read_condition("(" * 1000 + "a" + ")" * 1000)
    assert (block.tree, block.refusal) == (None, None)


def test_levels_add_up_over_what_is_nested() -> None:
    text = "a"
    for _ in range(14):
        text = "<+" + "-" * 50 + text + ">"
    reading = read_field(text)
    assert reading.expressions[0].block.tree is None
    assert judge_alone(reading) == []


def lark_of(start: str) -> Any:
    with open(f"{PACKAGE}/expressions/jexl/grammar.lark", encoding="utf-8") as file:
        return make_parser(file.read(), start)


@pytest.fixture(scope="module")
def larks() -> dict[str, Any]:
    return {start: lark_of(start) for start in ("block", "script")}


def tables_of(start: str) -> Tables:
    from pipelint.expressions.jexl.read import _script_tables

    return _tables() if start == "block" else _script_tables()


def flat(tree: Any) -> list[object]:
    """List the names, tokens and places of a tree of either kind, from the root down."""
    found: list[object] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Token):
            found.append(tuple(node))
        elif isinstance(node, Tree):
            found.append((node.name, len(node.children)))
            waiting += node.children
        elif hasattr(node, "data"):
            found.append((str(node.data), len(node.children)))
            waiting += node.children
        else:
            found.append((node.type, str(node), node.start_pos, node.end_pos))
    return found


def agree(larks: dict[str, Any], start: str, text: str) -> None:
    """Hold the tables to lark's own parser."""
    ours = parse(tables_of(start), text)
    theirs: Any
    try:
        theirs = flat(larks[start].parse(text))
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
        theirs = len(text) if at_end else error.pos_in_stream
    assert (ours.start if isinstance(ours, SyntaxProblem) else flat(ours)) == theirs, text


def blocks_of(text: str, is_condition: bool) -> list[Block]:
    reading = read_program(text) if is_condition else read_field(text)
    return [expression.block for expression in reading.blocks()]


def test_lark_agrees_on_each_case_and_each_real_expression(larks: dict[str, Any]) -> None:
    texts = [(case.text, case.is_condition) for case in cases()]
    texts += [(text, False) for text in real_expressions()]
    for text, is_condition in texts:
        for block in blocks_of(text, is_condition):
            for start in larks:
                agree(larks, start, block.masked)


PIECES = [
    *("a", "b1", "not", "empty", "size", "and", "or", "true", "null", "new", "var", "if", "for"),
    *("1", "2.5", "0x1", "'s'", '"t"', "`u`", "\x01\x02", "\x01", " ", "\n", ".", "..", "..."),
    *("(", ")", "[", "]", "{", "}", ",", ":", "?", "?:", ";", "=", "==", "!=", "=~", "+", "-"),
    *("*", "/", "%", "!", "~", "<", ">", "<=", "&&", "||", "&", "|", "^", "@", "\\", "#", "//"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["block", "script"]))
def test_lark_agrees_on_anything(larks: dict[str, Any], pieces: list[str], start: str) -> None:
    agree(larks, start, "".join(pieces))


@given(
    st.lists(
        st.sampled_from(
            ["a", "_b", "new", "size", "1", "x9", ".", ".", " ", "('x y')", '("z")', '")', "$", "-"]
        ),
        max_size=7,
    )
)
def test_plain_paths_are_read_as_the_grammar_reads_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    block = read_condition(text)
    if not text.strip():
        return
    result = parse(_tables(), text)
    expected = build(block, result) if isinstance(result, Tree) else result
    if isinstance(expected, SyntaxProblem):
        assert block.tree is None
    else:
        assert expected is not None
        assert block.tree is not None
        assert dump(block.tree, places=True) == dump(expected, places=True)
