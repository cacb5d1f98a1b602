"""The driver parses like lark: lark's own parser is the reference."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.exceptions import UnexpectedInput

from pipelint.grammar.build import GRAMMARS, PACKAGE, build, make_parser
from pipelint.grammar.driver import SyntaxProblem, Tables, Token, Tree, parse

# Everything of lark that the driver has to know, in one language.
TOY = r"""
start: (statement ";")* [tail]
tail: "end"
?statement: sum
          | "let" NAME "=" sum          -> let
          | "list" [_items]             -> list
          | _flag+                      -> flags
          | "pair" pair{sum, ","}
?sum: product
    | sum "+" product                   -> add
    | sum OTHER product
?product: atom
        | "-" product                   -> minus
atom: NAME | NUMBER | STRING | "(" sum ")" | "(" nothing ")"
nothing:
_items: sum ("," sum)*
!_flag: "on" | "off"
pair{item, mark}: item mark item

OTHER.2: /[*\/]|times\b/
NAME: /[a-z]+/i
NUMBER: /\d+(\.\d+)?/
STRING: /"(\\.|[^"\\])*"/s
COMMENT: /#[^\n]*/
%ignore /\s+/
%ignore COMMENT
"""

GRAMMAR_TEXTS = {grammar.source: (grammar.source, grammar.start) for grammar in GRAMMARS}

PIECES = [
    *("a", "Z", "if", "in", "not", "let", "list", "on", "off", "end", "pair", "times"),
    *("1", "2.5", '"s"', "'s'", "é", "\n", "\\", "#", "##", "%", "^", "|", "!", "&&"),
    *("+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",", ";", ":", "=", ".", "?", "..", "??"),
    *("${", "$${", "$", ":-", ":0", "${a}", "${a:-b}", "${a/b/c}"),
]


def load(name: str) -> tuple[Tables, Any]:
    """Make the tables and lark's parser of a grammar."""
    if name == "toy":
        text, start = TOY, "start"
    else:
        path, start = GRAMMAR_TEXTS[name]
        with open(f"{PACKAGE}/{path}", encoding="utf-8") as file:
            text = file.read()
    return Tables(build(text, start)), make_parser(text, start)


@pytest.fixture(scope="module", params=["toy", *GRAMMAR_TEXTS])
def both(request: pytest.FixtureRequest) -> tuple[Tables, Any]:
    return load(request.param)


@pytest.fixture(scope="module")
def toy() -> tuple[Tables, Any]:
    return load("toy")


def flat(tree: Any, with_ranges: bool) -> list[object]:
    """List the names, tokens and ranges of a tree of either kind, from the root down."""
    found: list[object] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Token):
            found.append(tuple(node))
        elif isinstance(node, Tree):
            taken = (node.start, node.end) if with_ranges and node.start < node.end else None
            found.append((node.name, len(node.children), taken))
            waiting += node.children
        elif hasattr(node, "data"):
            taken = None if node.meta.empty else (node.meta.start_pos, node.meta.end_pos)
            found.append((str(node.data), len(node.children), taken if with_ranges else None))
            waiting += node.children
        else:
            found.append((node.type, str(node), node.start_pos, node.end_pos))
    return found


def _agree_on_refusal(ours: Tree | SyntaxProblem, place: int | None) -> bool:
    assert isinstance(ours, SyntaxProblem)
    assert ours.start == place
    return False


def agree(tables: Tables, lark: Any, text: str, with_ranges: bool = False) -> bool:
    """Hold the driver to lark; tell whether the text is accepted."""
    ours = parse(tables, text)
    try:
        theirs = lark.parse(text)
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", "") == "$END"
        place = len(text) if at_end else error.pos_in_stream
        return _agree_on_refusal(ours, place)
    if not hasattr(theirs, "data"):  # `?start` was one token
        assert isinstance(ours, Tree)
        ours = ours.children[0]  # type: ignore[assignment]
    assert flat(ours, with_ranges) == flat(theirs, with_ranges), text
    return True


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("", True),
        ("a;", True),
        ("a + b + -c;", True),
        ("(a + b) times (1.5 / c);", True),
        ("()*();", True),
        ("let x = 1; let let = 2;", True),
        ("list; list a; list a, b , c;", True),
        ("on off on; end", True),
        ("pair a, b;", True),
        ("timeskeeper; LISTED; On;", True),
        ('"a;\n\\"b" # the rest\n;', True),
        ("a", False),
        ("a b;", False),
        ("(a;", False),
        ("a); b;", False),
        ("§", False),
        ("  # nothing but a comment", True),
    ],
)
def test_a_toy_language_parses_as_in_lark(
    toy: tuple[Tables, Any], text: str, accepted: bool
) -> None:
    assert agree(*toy, text, with_ranges=True) == accepted


@pytest.mark.parametrize(
    "text",
    [
        "${X}",
        "${X:-a/b:${Y}/c}",
        "${X/${Y}/z}",
        "${X#a${Y}}",
        "${X",
        "a in ['x', \"y\"] and not (b ?? c)",
        "a ? b : c | d(1, 2)",
        "filter(a, {# > 1})",
        "let x = 1; x..3",
        "a.b?.c[1:2]",
        "a +",
        "",
    ],
)
def test_the_languages_of_the_project_parse_as_in_lark(both: tuple[Tables, Any], text: str) -> None:
    agree(*both, text)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), gap=st.sampled_from(["", " "]))
def test_any_sequence_of_pieces_parses_as_in_lark(
    both: tuple[Tables, Any], pieces: list[str], gap: str
) -> None:
    agree(*both, gap.join(pieces))


@given(
    text=st.recursive(
        st.sampled_from(["a", "1", '"s"', "()"]),
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from("+*/"), inner)
            | st.builds("-{}".format, inner)
        ),
    )
)
def test_any_sum_has_the_tree_of_lark(toy: tuple[Tables, Any], text: str) -> None:
    assert agree(*toy, f"list {text}, {text};", with_ranges=True)


@given(text=st.text(max_size=20))
def test_any_text_is_accepted_or_refused_as_in_lark(both: tuple[Tables, Any], text: str) -> None:
    agree(*both, text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a", SyntaxProblem(1, 1, ("OTHER", "PLUS", "SEMICOLON"))),
        ("(a", SyntaxProblem(2, 2, ("OTHER", "PLUS", "RPAR"))),
        ("a)", SyntaxProblem(1, 2, ("OTHER", "PLUS", "SEMICOLON"))),
        ("let x 12.5;", SyntaxProblem(6, 10, ("EQUAL",))),
        ("let x § 1;", SyntaxProblem(6, 7, ("EQUAL",))),
        ("end ;", SyntaxProblem(4, 5, ("$END",))),
    ],
)
def test_a_refusal_names_the_place_and_all_that_could_stand_there(
    toy: tuple[Tables, Any], text: str, problem: SyntaxProblem
) -> None:
    assert parse(toy[0], text) == problem


def test_ranges_cover_what_is_left_out_of_the_tree(toy: tuple[Tables, Any]) -> None:
    tree = parse(toy[0], " (a) + ( ) ; ")
    assert tree == Tree(
        "start",
        (
            Tree(
                "add",
                (
                    Tree("atom", (Tree("atom", (Token("NAME", "a", 2, 3),), 2, 3),), 1, 4),
                    Tree("atom", (Tree("nothing", (), 8, 8),), 7, 10),
                ),
                1,
                10,
            ),
        ),
        1,
        12,
    )


@pytest.mark.parametrize(
    ("text", "is_tree"),
    [
        ("(" * 100_000 + "a" + ")" * 100_000 + ";", True),
        ("(" * 200_000, False),
        ("-" * 200_000 + "a;", True),
        ("-" * 200_000 + "a )", False),
        ("list " + "a," * 100_000 + "a;", True),
        ("on " * 100_000 + ";", True),
        ("a" * 1_000_000 + ";", True),
    ],
)
def test_long_and_deep_texts_take_linear_time(
    toy: tuple[Tables, Any], text: str, is_tree: bool
) -> None:
    begin = time.process_time()
    result = parse(toy[0], text)
    assert isinstance(result, Tree) == is_tree
    assert time.process_time() - begin < 10


def test_the_driver_does_not_import_lark() -> None:
    program = "import pipelint.grammar.driver, sys; print('lark' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
