"""What people read when their text is no YAML: the place, what is wrong there, what to do."""

from __future__ import annotations

import pytest

from pipelint.source import Source
from pipelint.yaml import parse
from pipelint.yaml.node import Problem
from pipelint.yaml.resolve import json_value

Case = tuple[str, str, str, str, str]
"""A text, what is underlined in it, the message, the label and the help."""

CASES: tuple[Case, ...] = (
    # Tabs
    (
        "steps:\n\t- name: build\n",
        "\t",
        "a tab is used for indentation",
        "YAML allows only spaces",
        "use spaces",
    ),
    (
        "steps:\n  - name: build\n\timage: golang\n",
        "\t",
        "a tab is used for indentation",
        "YAML allows only spaces",
        "use spaces; the lines beside it start in column 5",
    ),
    ("steps:\n  -\tname: build\n", "\t", "a tab where YAML wants a space", "a tab", "use a space"),
    (
        "run: |\n  one\n\ttwo\n",
        "\t",
        "a tab is used for indentation",
        "YAML allows only spaces",
        "use spaces",
    ),
    # Keys
    (
        "version '1'\n\nsteps:\n  - name: build\n",
        "version",
        "no `:` after the key `version`",
        "a key ends with `:`",
        "write `version: …`",
    ),
    (
        "steps:\n  - name: build\n    image:golang\n",
        "image:golang",
        "no space after the `:` of `image`",
        "read as one word",
        "write `image: …`",
    ),
    (
        "image:golang\nname: build\n",
        "image:golang",
        "no space after the `:` of `image`",
        "read as one word",
        "write `image: …`",
    ),
    (
        "name: build\nimage\nports: 1\n",
        "image",
        "this line is neither a key nor a list item",
        "no `:` ends a key here",
        "end it with `:` if it is a key, begin it with `- ` if it is an item",
    ),
    (
        "stages:\n  build\n    steps: []\n",
        "build",
        "no `:` after the key `build`",
        "a key ends with `:`",
        "write `build:`",
    ),
    (
        "name: build\ngo build ./... now\n",
        "go build ./... now",
        "this line is neither a key nor a list item",
        "no `:` ends a key here",
        "indent it deeper if it continues the value above, or put quotes around all of it",
    ),
    (
        ": golang\n",
        ":",
        "a key is missing before this `:`",
        "nothing stands before it",
        "write the key before the `:`",
    ),
    (
        "steps: - name: build\n",
        "- name: build",
        "a list cannot begin on the line of its key",
        "belongs on the next line",
        "put it on a line of its own below `steps`, indented",
    ),
    (
        "run: |\n  one\ntwo three\nname: build\n",
        "two three",
        "this line is not part of the text of `run`",
        "indented less than the text",
        "start it in column 3 to make it part of the text",
    ),
    (
        'name: build\n"image"\nports: 1\n',
        '"image"',
        "this line is neither a key nor a list item",
        "no `:` ends a key here",
        "end it with `:` if it is a key, begin it with `- ` if it is an item",
    ),
    # Values that need quotes
    (
        "run: echo foo: bar\n",
        "echo foo: bar",
        "a value that is not quoted holds `: `",
        "`: ` begins a map",
        "put the whole value in quotes",
    ),
    (
        "  - name: say: hello\n",
        "say: hello",
        "a value that is not quoted holds `: `",
        "`: ` begins a map",
        "put the whole value in quotes",
    ),
    (
        "files: *.js\n",
        "*.js",
        "a value cannot begin with `*`",
        "read as an alias",
        "put the whole value in quotes",
    ),
    (
        "files:\n  - **/x\n",
        "**/x",
        "a value cannot begin with `*`",
        "read as an alias",
        "put the whole value in quotes",
    ),
    (
        "run: && make\n",
        "&& make",
        "a value cannot begin with `&`",
        "read as an anchor",
        "put the whole value in quotes",
    ),
    (
        "run: @daily\n",
        "@daily",
        "a value cannot begin with `@`",
        "reserved in YAML",
        "put the whole value in quotes",
    ),
    (
        "run: `date`\n",
        "`date`",
        "a value cannot begin with a backtick",
        "reserved in YAML",
        "put the whole value in quotes",
    ),
    (
        "run: %d\n",
        "%d",
        "a value cannot begin with `%`",
        "reserved in YAML",
        "put the whole value in quotes",
    ),
    (
        "test: [ -f x ] && make\n",
        "[ -f x ] && make",
        "text after the closing `]` of a value",
        "`[` begins a list",
        "put the whole value in quotes",
    ),
    (
        "run:\n  - [ -f x ] && make\n",
        "[ -f x ] && make",
        "text after the closing `]` of a value",
        "`[` begins a list",
        "put the whole value in quotes",
    ),
    (
        "image: {{ .image }}:latest\n",
        "{{ .image }}:latest",
        "a value cannot begin with `{{`",
        "`{` begins a map",
        "put the whole value in quotes",
    ),
    (
        "env: {A} B\n",
        "{A} B",
        "text after the closing `}` of a value",
        "`{` begins a map",
        "put the whole value in quotes",
    ),
    (
        'name: "a" b\n',
        '"a" b',
        "text after the closing quote of a value",
        "the value ends too early",
        "put the whole value in quotes",
    ),
    (
        "name: 'don't stop'\n",
        "'don't stop'",
        "text after the closing quote of a value",
        "the value ends too early",
        "inside single quotes write `''` for `'`",
    ),
    (
        'name: "say "hi""\n',
        '"say "hi""',
        "text after the closing quote of a value",
        "the value ends too early",
        'inside double quotes write `\\"` for `"`',
    ),
    (
        "name: , b\n",
        ", b",
        "a value cannot begin with `,`",
        "read as a separator",
        "put the whole value in quotes",
    ),
    (
        "name: ]\n",
        "]",
        "a value cannot begin with `]`",
        "closes no list",
        "put the whole value in quotes",
    ),
    (
        "name: ? b\n",
        "? b",
        "a value cannot begin with `?`",
        "begins a key",
        "put the whole value in quotes",
    ),
    (
        "tag: !a!b c\n",
        "!a!b c",
        "the tag handle `!a!` is not declared",
        "`!` begins a tag",
        "put the value in quotes if this is no tag",
    ),
    # Quotes and escapes
    (
        "name: 'build\nimage: golang\n",
        "'",
        "the quote `'` is never closed",
        "opened here",
        "close it with `'` at the end of the value",
    ),
    (
        'name: "build\nimage: "golang"\n',
        '"',
        'the quote `"` is never closed',
        "opened here",
        'close it with `"` at the end of the value',
    ),
    (
        'match: "\\d+"\n',
        "\\d",
        "unknown escape `\\d` in double quotes",
        "no escape of YAML",
        "write `\\\\d` for a backslash, or put the value in single quotes",
    ),
    (
        'match: "\\x1"\n',
        "\\x",
        "the escape `\\x` without its 2 hexadecimal digits",
        "no escape of YAML",
        "write `\\\\x` for a backslash, or put the value in single quotes",
    ),
    (
        'needs: [a, "b]\nname: x\n',
        '"',
        'the quote `"` is never closed',
        "opened here",
        'close it with `"` at the end of the value',
    ),
    # Brackets
    (
        "needs: [a, b\nname: x\n",
        "[",
        "the list that `[` opens is never closed",
        "opened here",
        "add `]` at its end",
    ),
    (
        "env: {A: 1\nname: x\n",
        "{",
        "the mapping that `{` opens is never closed",
        "opened here",
        "add `}` at its end",
    ),
    (
        'needs: ["a" "b"]\n',
        '"b"',
        "a `,` is missing between two items",
        "no `,` before it",
        "separate the items with `, `",
    ),
    (
        'needs: [\n  "a"\n  "b"\n]\n',
        '"b"',
        "a `,` is missing between two items",
        "no `,` before it",
        "separate the items with `, `",
    ),
    (
        "env: {A: 1 B: 2}\n",
        "B",
        "a `,` is missing between two items",
        "no `,` before it",
        "separate the items with `, `",
    ),
    (
        "needs: [a, , b]\n",
        ",",
        "nothing stands before this `,`",
        "an item is missing",
        "remove the `,`, or write the item",
    ),
    (
        "needs: [a, b}\n",
        "}",
        "`}` cannot close what `[` opens",
        "the list ends with `]`",
        "write `]`",
    ),
    (
        "needs: [a]]\n",
        "]",
        "this `]` closes nothing",
        "no `[` before it",
        "remove it, or put the whole value in quotes",
    ),
    (
        "needs: [@a]\n",
        "@a",
        "an item cannot begin with `@`",
        "means something else in YAML",
        "put the item in quotes",
    ),
    # Indentation
    (
        "name: build\n  image: golang\n",
        "image",
        "`image` is indented deeper than `name` above it",
        "starts in column 3",
        "start it in column 1, or remove the value of `name`",
    ),
    (
        "steps:\n  - name: build\n      image: golang\n",
        "image",
        "`image` is indented deeper than `name` above it",
        "starts in column 7",
        "start it in column 5, or remove the value of `name`",
    ),
    (
        "steps:\n    name: build\n  image: golang\n",
        "name",
        "the indentation of `name` fits no other line",
        "starts in column 5",
        "start it in column 3, as `image` below",
    ),
    (
        "  name: build\nimage: golang\n",
        "image",
        "`image` is indented less than the first line",
        "starts in column 1",
        "the first line starts in column 3",
    ),
    (
        "name: build\n- image: golang\n",
        "-",
        "a list item among the keys of a map",
        "keys start in column 1",
        "indent it below the key it belongs to",
    ),
    (
        "steps:\n  - name: build\n - name: test\n",
        "- name",
        "the indentation of this list item fits no line above it",
        "starts in column 2",
        "the lines above it start in column 3",
    ),
    (
        "steps:\n  - name: build\n  image: golang\n",
        "image",
        "`image` stands among the items of a list",
        "items start in column 3",
        "start it in column 5 to join the item above, or in column 1 to put it beside `steps`",
    ),
    (
        "steps:\n  - name: build\n   image: golang\n",
        "image",
        "the indentation of `image` fits no line above it",
        "starts in column 4",
        "the lines above it start in column 1 or 5",
    ),
    (
        "run: |\n    one\n  two\nname: x\n",
        "two",
        "this line is not part of the text of `run`",
        "indented less than the text",
        "start it in column 5 to make it part of the text",
    ),
    (
        'name: "build"\n  image: golang\n',
        "image",
        "`image` is indented deeper than `name` above it",
        "starts in column 3",
        "start it in column 1, or remove the value of `name`",
    ),
    (
        "tags: {}\n  - stage: a\n  - stage: b\n",
        "-",
        "a list item below `tags`, which has a value already",
        "belongs to no key",
        "write the key of the list above it, or remove the value of `tags`",
    ),
    # A line before the one that fits nowhere is in the wrong column
    (
        "steps:\n  - name: a\n    secrets:\n        x: 1\n      y: 2\n",
        "x",
        "the indentation of `x` fits no other line",
        "starts in column 9",
        "start it in column 7, as `y` below",
    ),
    (
        "steps:\n  - name: a\n    image: b\n  ruleset: {}\n    pull: x\n",
        "ruleset",
        "`ruleset` stands among the items of a list",
        "items start in column 3",
        "start it in column 5 to join the item above, or in column 1 to put it beside `steps`",
    ),
    (
        "a:\n  b:\n    c: 1\n   d:\n      e: 2\n    f: 3\n",
        "d",
        "the indentation of `d` fits no line above it",
        "starts in column 4",
        "the lines above it start in column 1, 3 or 5",
    ),
    (
        "a:\n  b: 1\n  c:\n    d: 2\ne:\n    f: 3\n  g: 4\n",
        "e",
        "the indentation of `e` fits no other line",
        "starts in column 1",
        "start it in column 3, as `g` below",
    ),
    (
        "    a:\n  b: 1\n  c: 2\n",
        "a",
        "the indentation of `a` fits no other line",
        "starts in column 5",
        "start it in column 1",
    ),
    # A line is missing
    (
        "a:\n  b:\n      - c\n    d:\n      - e\n",
        "- c",
        "the key above this list item seems to be missing",
        "starts in column 7",
        "write the key that it belongs to in column 5, as `d` below",
    ),
    (
        "steps:\n      name: a\n      image: b\n  - name: c\n    image: d\n",
        "name",
        "the list item above `name` seems to be missing",
        "starts in column 7",
        "write the list item that it belongs to in column 3, as the list item below",
    ),
    # Blocks of text
    (
        "run: |go build\n",
        "go build",
        "text on the line of `|`",
        "belongs on the next line",
        "begin the text on the next line, indented; or put the value in quotes",
    ),
    (
        "run: > go build\n  go test\n",
        "go build",
        "text on the line of `>`",
        "belongs on the next line",
        "begin the text on the next line, indented; or put the value in quotes",
    ),
    (
        "run: |0\n  a\n",
        "|0",
        "`|0` cannot begin a text block",
        "no number from 1 to 9",
        "write `|` alone, or put the value in quotes",
    ),
    # Characters, directives, documents
    (
        "name: a\x07b\n",
        "\x07",
        "the character U+0007 is not allowed in YAML",
        "a control character",
        'remove it, or write `"\\u0007"` where it is meant',
    ),
    (
        "name: a\ud800\n",
        "\ud800",
        "the character U+D800 is not allowed in YAML",
        "not a character",
        "remove it",
    ),
    (
        "steps:\n  {{ range .steps }}\n  - name: a\n",
        "{{ range .steps }}",
        "this line is a template directive, not YAML",
        "not read as YAML",
        "only what the template renders can be checked",
    ),
    (
        "name: x\n{%- if y %}\nimage: z\n",
        "{%- if y %}",
        "this line is a template directive, not YAML",
        "not read as YAML",
        "only what the template renders can be checked",
    ),
    (
        "%if x\nname: y\n",
        "%if x",
        "a line cannot begin with `%`",
        "begins a directive of YAML",
        "put the value in quotes, or remove the line",
    ),
    (
        "name: a\n...\nimage: b\n",
        "image:",
        "text after the end of the document",
        "the document ends above",
        "begin another document with a line `---`",
    ),
    (
        "name: x\n%{ if y }\nimage: b\n",
        "%{ if y }",
        "this line is a template directive, not YAML",
        "not read as YAML",
        "only what the template renders can be checked",
    ),
)

PARSERS_WORDS = ("block mapping", "block collection", "flow", "scalar", "token", "Error")


def first_problem(text: str, *, pure: bool = False) -> Problem:
    """Return the first problem of a text."""
    return parse(Source(text), pure=pure).problems[0]


@pytest.mark.parametrize(("text", "covered", "message", "label", "help_"), CASES)
def test_a_mistake_is_shown_where_it_is(
    text: str, covered: str, message: str, label: str, help_: str
) -> None:
    problem = first_problem(text)
    assert text[slice(*problem.span)] == covered
    assert problem[1:] == (message, label, help_)


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_one_mistake_is_one_problem(text: str) -> None:
    assert len(parse(Source(text)).problems) == 1


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_both_parsers_say_the_same(text: str) -> None:
    assert first_problem(text, pure=True) == first_problem(text)


@pytest.mark.parametrize("case", CASES)
def test_words_are_for_people(case: Case) -> None:
    _, _, message, label, help_ = case
    assert len(message) <= 80
    assert len(label.split()) <= 6
    assert message[0] == message[0].lower()
    assert not message.endswith(".")
    assert not any(word in message + label + help_ for word in PARSERS_WORDS)


# Where the mistake is made on one line and noticed on another, the line of the mistake is shown.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version '1'\n\n# comment\nsteps:\n  - name: a\n", 1),
        ("a: 1\nfoo\n\nb: 2\n", 2),
        ("a: 'x\nb: 1\nc: 2\n", 1),
        ('a: "x\nb: 1\nc: "y"\n', 1),
        ("a: 1\nb: [x,\n  y\nc: 2\n", 2),
        ("a:\n  - name:b\n    image: c\n", 2),
        ("a:\n  {{ if .x }}\n  - b\n", 2),
        ("a: |\n  text\nmore text\nb: 1\n", 3),
    ],
)
def test_the_line_of_the_mistake(text: str, line: int) -> None:
    source = Source(text)
    assert source.position(first_problem(text).span.start).line == line


# Several mistakes: the first, and those of which it is certain that no earlier one made them.


def test_independent_mistakes_are_all_told() -> None:
    text = "a: x: y\nb: @z\nc: 1\nd: *.js\n"
    covered = [text[slice(*problem.span)] for problem in parse(Source(text)).problems]
    assert covered == ["x: y", "@z", "*.js"]


def test_what_an_earlier_mistake_may_have_made_is_not_told() -> None:
    text = "a: 'never closed\nb: @z\n"
    assert [text[slice(*problem.span)] for problem in parse(Source(text)).problems] == ["'"]


def test_tabs_on_many_lines_are_one_problem() -> None:
    text = "steps:\n\t- name: a\n\t  image: b\n\t- name: c\n\t  image: d\n"
    assert len(parse(Source(text)).problems) == 1


def test_what_nobody_has_thought_of_still_has_words() -> None:
    problem = first_problem("a:\n  &x - b\n")
    assert problem.message
    assert problem.help


# What the platforms read is no mistake.


@pytest.mark.parametrize(
    "text",
    [
        "a: [golang:1.20, node:18]\n",
        "a: {x: golang:1.20, y: b::c}\n",
        '{"a":1,"b":"x:y"}\n',
        "a: !foo x\n",
        "a: http://x\n",
        "%YAML 1.2\n---\na: b\n",
        "a:\tb\n",
        "a: b\t\n",
        "a: 'x\n\ty'\n",
        "\ufeffa: b\n",
        "",
        "# nothing\n",
        "---\n",
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_no_mistake(text: str, *, pure: bool) -> None:
    assert parse(Source(text), pure=pure).problems == []


def test_colons_in_words_between_brackets_are_read() -> None:
    tree = parse(Source("a: [golang:1.20, '\ue000:', b:c:d]\n"))
    assert tree.root is not None
    assert json_value(tree.root) == {"a": ["golang:1.20", "\ue000:", "b:c:d"]}
