"""What the Vela server accepts and refuses in `ruleset.eval`, and how it is said.

`VELA_…` stands for variables that every container has: they are strings. Of others nothing is
known: the server lets them compile, whatever is done with them.
"""

from __future__ import annotations

import pytest

from pipelint.vela.evaluation.check import check
from pipelint.vela.evaluation.problem import EvaluationProblem

ACCEPTED = """
true
1 == 1
VELA_BUILD_AUTHOR == 'x'
VELA_BUILD_MESSAGE contains "First"
VELA_BUILD_BRANCH matches "^release/[0-9]+$"
VELA_BUILD_BRANCH matches `^v\\d+`
VELA_BUILD_BRANCH startsWith "a" and not (VELA_BUILD_BRANCH endsWith "b")
VELA_BUILD_BRANCH in ["main", "develop"]
VELA_BUILD_EVENT not in ["push"] || VELA_BUILD_EVENT not   contains 'pull'
int(VELA_BUILD_NUMBER) > 3
int(VELA_BUILD_NUMBER) % 2 == 0 && float(VELA_BUILD_NUMBER) / 2 >= 1.5
hasPrefix(VELA_BUILD_AUTHOR, 'Octo') or hasSuffix(lower(VELA_BUILD_AUTHOR), 'cat')
VELA_BUILD_BRANCH | lower() | split("/") | len() > 1
any(split(VELA_BUILD_MESSAGE, ","), {# == "a"})
all(split(VELA_BUILD_MESSAGE, ","), trim(#) != "" and len(#) < 9)
filter(fromJSON(VELA_BUILD_MESSAGE).files, .name endsWith ".go")[0].size > 3
map(1..3, # * #index)[0] == 0
reduce([1, 2], #acc + #, 0) == 3
sum([1, 2]) + count(["a"]) == max(3, 4)
{a: 1, "b": 2, (VELA_BUILD_REF): 3,} == {}
"a" in {a: 1}
let branch = lower(VELA_BUILD_BRANCH); branch == "main" ?: false
if VELA_BUILD_EVENT == "push" { true } else if false { true } else { 1 > 2 }
VELA_BUILD_EVENT == "push" ? VELA_BUILD_BRANCH == "main" : false ? true : false
1 < int(VELA_BUILD_NUMBER) <= 0xFF
VELA_BUILD_BRANCH[0:3] == 'rel' and VELA_BUILD_BRANCH[:1] != VELA_BUILD_BRANCH[1:]
-2 ** 2 == -4.0 and 1_000 > .5e1
not true == false
$env.VELA_BUILD_BRANCH == $env["VELA_BUILD_REF"]
get($env, "VELA_BUILD_BRANCH") == ::lower("MAIN")
now() - date("2024-01-01") > duration("1h")
1 == 1; // the last one counts
/* never */ false; true
"\\x41\\101\\u0041\\u{1F600}\\U0001F600\\n\\"" != '\\''
b"\\xff" == b'a'
` `` ` != ""
Übung == "x" && $x != 'y'
nil == VELA_BUILD_TAG
""".strip().splitlines()

UNKNOWN = """
NOPE == 'x'
NOPE == 3
NOPE > 3
NOPE && !OTHER
NOPE in [1] or NOPE in OTHER
NOPE.member[0]?.other?.[1][1:2].method(1 + true)
NOPE ?? 3
fromJSON(NOPE)
c + a ?? b + d == 1
a ? b : if c { d } else { e } ? f : g
NOPE | filter(# > 1) | first()
Value() contains "x"
VELA_BUILD_TAG > 3
""".strip().splitlines()


@pytest.mark.parametrize("text", ACCEPTED + UNKNOWN)
def test_nothing_is_said_about_what_the_server_accepts(text: str) -> None:
    assert check(text) == []


def test_a_text_over_several_lines_is_one_expression() -> None:
    assert check('VELA_BUILD_EVENT == "push" // a push\n\tand VELA_BUILD_BRANCH == "main"\n') == []


# The server takes an empty text as no rule at all.
@pytest.mark.parametrize("text", ["", "${WHATEVER} ==", "'${X}"])
def test_what_the_server_replaces_first_is_not_judged(text: str) -> None:
    assert check(text) == []


SYNTAX = [
    (" ", " ", "the expression is empty"),
    ("VELA_BUILD_AUTHOR == ", "==", "expected a value after `==`"),
    ("a and", "and", "expected a value after `and`"),
    ("a || && b", "&&", "expected a value before `&&`"),
    ("and b", "and", "expected a value before `and`"),
    ("a = 'x'", "=", "`=` does not compare"),
    ("a === 'x'", "=", "`=` does not compare"),
    ("a & b", "&", "`&` is not an operator"),
    ("a | b", "|", "`|` needs a function call after it"),
    ("a == 'x' | b == 'y'", "==", "`|` needs a function call after it"),
    ("a == b c", "c", "expected an operator before `c`"),
    ("a 'x'", "'x'", "expected an operator before `'x'`"),
    ("a not b", "b", "expected an operator such as `in` after `not`, not `b`"),
    ("startsWith(a, 'b')", "startsWith", "expected a value before `startsWith`"),
    ("a == 'x", "'x", "unclosed string"),
    ('a == "x\nb', '"x', "unclosed string"),
    ("a == `x\nb", "`x\nb", "unclosed string"),
    ("a == b'x", "b'x", "unclosed string"),
    ("a /* b", "/* b", "unclosed comment"),
    ("(a == ('b')", "(", "`(` is never closed"),
    ("a == [", "[", "`[` is never closed"),
    ("a)", ")", "`)` closes nothing"),
    ("[a)", ")", "`)` does not close `[`"),
    ("a.", ".", "expected a name after `.`"),
    ("a.(b)", "(", "expected a name before `(`"),
    ("a @ b", "@", "`@` has no meaning in an expression"),
    ("12ab == 1", "12ab", "`12ab` is not a number"),
    ("0b12 == 1", "0b12", "`0b12` is not a number"),
    (
        "9223372036854775808 > 1",
        "9223372036854775808",
        "`9223372036854775808` is not a number of 64 bits",
    ),
    ("1e999 > 1", "1e999", "`1e999` is not a number of 64 bits"),
    (r"a == '\d'", r"\d", r"`\d` is no escape"),
    (r"a == '\"'", r"\"", r"`\"` is no escape"),
    (r"a == b'\u0041'", r"\u0041", r"`\u0041` is no escape"),
    ("a ? b", "b", "expected `:` after `b`"),
    ("a ? b : ", ":", "expected a value after `:`"),
    ("if a { b }", "}", "expected `else` after `}`"),
    ("let a = 1", "1", "expected `;` after `1`"),
    ("let a 1; a", "1", "expected `=` before `1`"),
    ("(a;)", ";", "expected a value after `;`"),
    ("f(a; b)", ";", "`;` has no place here"),
    ("true.x", "true.x", "expected an operator before `.x`"),
    ("true()", "true()", "`true` is not a function"),
    ("{a.b: 1} == {}", "a.b", "`a.b` is not the key of a map"),
    ("len({a})", "{a}", "`len` takes no predicate here"),
    ("any(a, {b: 1})", "{b: 1}", "braces hold a predicate here, not a map"),
    ("any(a)", "any(a)", "`any` takes 2 arguments, not 1"),
    ("a | count(#, #)", "count(#, #)", "`count` takes 1 or 2 arguments, not 3"),
    ("# > 1", "#", "`#` stands outside of a predicate"),
    ("any(a, #) || .b", ".b", "`.b` stands outside of a predicate"),
    ("a ?? b == c", "==", "`??` and `==` do not mix"),
    ("not (a ?? b not in c) or d", "not", "`??` and `not` do not mix"),
]

TYPES = [
    ("VELA_BUILD_NUMBER > 3", "VELA_BUILD_NUMBER > 3", "`>` cannot compare a string with a number"),
    (
        "true or VELA_BUILD_NUMBER == 3",
        "VELA_BUILD_NUMBER == 3",
        "`==` cannot compare a string with a number",
    ),
    ("1 < int(VELA) < '3'", "int(VELA) < '3'", "`<` cannot compare a number with a string"),
    ("!VELA", "!VELA", "`!` needs a boolean, not a string"),
    ("-VELA > 1", "-VELA", "`-` needs a number, not a string"),
    ("VELA and true", "VELA and true", "`and` needs two booleans, not a string and a boolean"),
    ("nil && true", "nil && true", "`&&` needs two booleans, not nil and a boolean"),
    ("'a' in VELA", "'a' in VELA", "`in` cannot look for a string in a string"),
    ("1 in ['a']", "1 in ['a']", "`in` cannot look for a number in an array"),
    ("1 not in {a: 1}", "1 not in {a: 1}", "`in` cannot look for a number in a map"),
    (
        "[VELA] contains 'a'",
        "[VELA] contains 'a'",
        "`contains` needs two strings, not an array and a string",
    ),
    ("VELA - 1 > 0", "VELA - 1", "`-` cannot combine a string and a number"),
    ("1.5 % 2 == 1", "1.5 % 2", "`%` needs two whole numbers, not a decimal number and a number"),
    (
        "NOPE % 2.5 == 1",
        "NOPE % 2.5",
        "`%` needs two whole numbers, not an unknown value and a decimal number",
    ),
    ("7 % 0 == 1", "7 % 0", "division by zero"),
    ("VELA matches '('", "(", "`(` is never closed"),
    (r"NOPE matches 'a\\d(b'", "(", "`(` is never closed"),
    ("VELA ? true : false", "VELA", "the condition is a string, not a boolean"),
    ("len(1) > 0", "1", "`len` needs a string, array or map, not a number"),
    ("len() > 0", "len()", "`len` takes 1 argument, not 0"),
    ("trim('a', 'b', 'c') == ''", "trim('a', 'b', 'c')", "`trim` takes 1 or 2 arguments, not 3"),
    ("concat() == []", "concat()", "`concat` takes at least 1 argument, not 0"),
    ("1 | upper() == 'A'", "1", "`upper` needs a string, not a number"),
    ("int(true) > 0", "true", "`int` needs a number or string, not a boolean"),
    ("max(1, VELA) > 0", "VELA", "`max` needs a number or array, not a string"),
    ("any(VELA, # == 'a')", "VELA", "`any` needs an array, not a string"),
    ("any([1], # == 'a')", "# == 'a'", "`==` cannot compare a number with a string"),
    ("any([1], # + 1)", "# + 1", "the predicate of `any` gives a number, not a boolean"),
    ("map([1], nil) == []", "nil", "the predicate of `map` gives nil"),
    ("map([1], #acc) == []", "#acc", "there is no `#acc` here"),
    ("1..3 | map('a') | any(# > 1)", "# > 1", "`>` cannot compare a string with a number"),
    (
        "split(VELA, ',')[0] == 1",
        "split(VELA, ',')[0] == 1",
        "`==` cannot compare a string with a number",
    ),
    ("split(VELA, ',')['a'] == ''", "'a'", "the place in an array is a number, not a string"),
    ("{a: 1}[1] == 1", "1", "the key of a map is a string, not a number"),
    ("VELA[0] == 'a'", "VELA[0]", "a string has no elements"),
    ("VELA['a':] == 'a'", "'a'", "a bound is a whole number, not a string"),
    ("VELA.length > 1", "VELA.length", "a string has no field `length`"),
    ("VELA.startsWith('a')", "VELA.startsWith('a')", "a string has no method `startsWith`"),
    ("$env.VELA > 1", "$env.VELA > 1", "`>` cannot compare a string with a number"),
    ("VELA('a')", "VELA('a')", "`VELA` is a variable, not a function"),
    ("let x = 1; x == 'a'", "x == 'a'", "`==` cannot compare a number with a string"),
    ("let len = 1; true", "let len = 1; true", "`len` is already a function"),
    ("let VELA = 1; true", "let VELA = 1; true", "`VELA` is already a variable"),
    ("len == 1", "len == 1", "`==` cannot compare a function with a number"),
]

NOT_BOOLEAN = [
    ("VELA_BUILD_AUTHOR", "VELA_BUILD_AUTHOR", "the expression gives a string, not true or false"),
    # An unknown variable is an empty string when the expression is run.
    ("(NOPE)", "NOPE", "the expression gives a string, not true or false"),
    ("1 + 1", "1 + 1", "the expression gives a number, not true or false"),
    ("NOPE / 2", "NOPE / 2", "the expression gives a decimal number, not true or false"),
    ("nil", "nil", "the expression gives nil, not true or false"),
    (" [1 > 2] ", "[1 > 2]", "the expression gives an array, not true or false"),
    ("true ? 'a' : nil", "true ? 'a' : nil", "the expression gives a string, not true or false"),
]

UNKNOWN_FUNCTION = [
    ("hasprefix(NOPE, 'a')", "hasprefix(NOPE, 'a')", "there is no function `hasprefix`"),
    ("true || NOPE | foo(1)", "foo(1)", "there is no function `foo`"),
]

REFUSED = [
    *((*row, "syntax") for row in SYNTAX),
    *((*row, "type") for row in TYPES),
    *((*row, "not-boolean") for row in NOT_BOOLEAN),
    *((*row, "unknown-function") for row in UNKNOWN_FUNCTION),
]


@pytest.mark.parametrize(("text", "covered", "message", "kind"), REFUSED)
def test_what_the_server_refuses(text: str, covered: str, message: str, kind: str) -> None:
    (problem,) = check(text)
    assert (text[problem.start : problem.end], problem.message, problem.kind) == (
        covered,
        message,
        kind,
    )


def test_mistakes_that_do_not_depend_on_each_other_are_all_reported() -> None:
    text = "VELA > 1 || !VELA || (1 + 'a') == true"
    assert [text[each.start : each.end] for each in check(text)] == ["VELA > 1", "!VELA", "1 + 'a'"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a = b", "write `==`"),
        ("endsWith(a, 'b')", 'write `text endsWith "end"` or `hasSuffix(text, "end")`'),
        ("hasprefix(a, 'b')", "did you mean `hasPrefix`?"),
        ("VELA_BUILD_BRANCH", 'compare it, as in `VELA_BUILD_BRANCH == "…"`'),
        ("VELA > 1", "variables are strings: use `int(…)` on the string, or quote the number"),
        ("'a' in VELA", "write `text contains part`"),
        ("VELA.len()", "`len` is a function: write `len(…)`"),
        ("any(VELA, true)", 'split the string first, as in `split(NAME, ",")`'),
    ],
)
def test_help(text: str, advice: str) -> None:
    (problem,) = check(text)
    assert problem.help == advice


def test_which_variables_are_strings_is_up_to_the_caller() -> None:
    text = "VELA_BUILD_NUMBER > 3 or MINE > 3"
    problem = EvaluationProblem(
        25,
        33,
        "`>` cannot compare a string with a number",
        "type",
        "variables are strings: use `int(…)` on the string, or quote the number",
    )
    assert check(text, {"MINE"}) == [problem]
    assert check(text, ()) == []


def test_a_variable_hides_the_function_of_its_name() -> None:
    assert check("len > 'a' and ::len('a') > 1", {"len"}) == []
    (problem,) = check("count(NOPE, {# > 1}) > 1", {"count"})
    assert problem.message == "`count` takes no predicate here"


def test_no_message_names_a_terminal_of_the_grammar() -> None:
    for text, *_ in REFUSED:
        words = " ".join(each.message + each.help for each in check(text))
        assert not any(name in words for name in ("TEXTUAL", "OPERATOR", "LPAR", "_COLON", "$END"))
