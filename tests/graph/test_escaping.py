"""Words of the user in a picture: they end nothing, begin nothing, and carry no credential."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest

from graph.drawn import FORMATS, SVG, drawn, elements, harness
from pipelint.graph import dot, mermaid
from pipelint.graph.make import only_stages
from pipelint.graph.svg import describe
from pipelint.graph.words import one_line

WICKED = (
    '"]; x --> y["',
    '"); alert(1); //',
    "end",
    "subgraph",
    "click n1 call x()",
    "a\nend\nn9 --> n1",
    "%%{init: {'theme': 'x'}}%%",
    "#quot;#35;",
    "`**bold**`",
    "1. one",
    "- one",
    "<script>alert(1)</script>",
    "</text></svg>",
    "]]>&amp;&lt;&#60;",
    '" ; n1 -> n2 [label="x',
    "back\\slash\\N\\",
    "\x1b[31mred\x1b[0m",
    "\u202eright to left",
    "bell \x07 and \x7f and \x85",
    "日本語 مرحبا 👩\u200d👩 e\u0301",
    "${x} {{ y }} <+z>",
    "",
    "   ",
    "x" * 5000,
)


def wicked(name: str) -> str:
    """Return a pipeline that has a name everywhere where a picture shows one."""
    quoted = json.dumps(name, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")
    axis = quoted if len(quoted) < 1000 else "x"  # longer keys are no YAML
    when = f"when: {{condition: {quoted}}}"
    step = f"{{step: {{name: {quoted}, identifier: a, type: {quoted}, {when}}}}}"
    group = f"{{stepGroup: {{name: {quoted}, identifier: g, steps: [{step}]}}}}"
    spec = f"spec: {{execution: {{steps: [{group}], rollbackSteps: [{step}]}}}}"
    more = f"strategy: {{matrix: {{{axis}: [a]}}}}, template: {{templateRef: {quoted}}}"
    first = f"- stage: {{name: {quoted}, identifier: one, type: CI, {more}, {spec}}}"
    return harness(
        f"{first}\n- stage: {{name: last, identifier: last, dependsOn: [one, {quoted}]}}"
    )


@pytest.mark.parametrize("name", WICKED)
@pytest.mark.parametrize("output", FORMATS)
def test_words_are_printable_short_and_on_their_line(output: str, name: str) -> None:
    graph = drawn(wicked(name))
    assert graph.complete
    lines = list(FORMATS[output](graph))
    "".join(lines).encode()  # no half characters
    if output != "svg":  # its titles and its style have several lines
        assert not any("\n" in line for line in lines)
        assert len(lines) == len(list(FORMATS[output](drawn(wicked("plain"))))) or graph.problems
    assert all(one.isprintable() for line in lines for one in line.replace("\n", ""))
    assert max(len(line) for line in lines if "<style>" not in line) < 3000


# --- SVG -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WICKED)
def test_svg_is_xml_with_the_elements_of_any_other(name: str) -> None:
    assert _elements(name) == _elements("plain")


def _elements(name: str) -> list[tuple[str, tuple[str, ...]]]:
    image = "\n".join(FORMATS["svg"](drawn(wicked(name), marked=False)))
    return [
        (one.tag.removeprefix(SVG), tuple(sorted(one.keys())))
        for one in elements(image)
        if one.tag != f"{SVG}path" and one.get("class") not in {"note", "detail"}
    ]


def test_svg_needs_nothing_and_runs_nothing() -> None:
    text = "\n".join(FORMATS["svg"](drawn(wicked("x"))))
    outside = re.findall(r"(?:href|src|url\()[^ ]*", text)
    assert {one for one in outside if not one.startswith("url(#")} == set()
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in text
    assert "@import" not in text
    tags = {one.tag.removeprefix(SVG) for one in elements(text)}
    assert tags <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text",
    }  # fmt: skip


def test_svg_has_a_name_a_description_and_both_kinds_of_light() -> None:
    graph = drawn(wicked("x"))
    svg, title, about, style = elements("\n".join(FORMATS["svg"](graph)))[:4]
    assert svg.get("aria-labelledby").split() == [title.get("id"), about.get("id")]
    assert svg.get("role") == "img"
    assert (title.text, about.text) == ("P: Harness pipeline", describe(graph))
    rules: str = style.text
    used = set(re.findall(r"var\(--([\w-]+)\)", rules))
    light, dark = re.findall(r"svg\.pipelint\{(--[^}]*)\}", rules)[:2]
    assert "@media (prefers-color-scheme:dark)" in rules
    for colours in (light, dark):
        assert used == set(re.findall(r"--([\w-]+):#", colours))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_svg_is_readable_in_both_kinds_of_light(scheme: str) -> None:
    """Contrast as WCAG has it: 4.5 for text on what it stands on."""
    rules = "\n".join(FORMATS["svg"](drawn(wicked("x"))))
    at = 0 if scheme == "light" else 1
    block = re.findall(r"svg\.pipelint\{(--[^}]*)\}", rules)[at]
    colour = dict(re.findall(r"--([\w-]+):#([0-9a-f]{6})", block))
    for text, grounds in {
        "ink": ("paper", "stage", "group", "step", "aside"),
        "faint": ("paper", "stage", "group", "step", "aside"),
        "on-badge": ("error", "warning", "info"),
    }.items():
        for ground in grounds:
            assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- Mermaid and Graphviz ------------------------------------------------------------------------

_LABEL = r'"(?:[^"#`%<>;\n]|#\d{1,7};|<br>)+"'
MERMAID = re.compile(
    r"flowchart (?:LR|TB)"
    r"|  accTitle: (?:[^\"#`%<>;\n]|#\d+;)*"
    r"|  %% (?:[^\"#`%<>;\n]|#\d+;)*"
    rf"| +subgraph n\d+\[{_LABEL}\]"
    r"| +direction (?:LR|TB)"
    rf"| +n\d+(?:\[{_LABEL}\]|\(\[{_LABEL}\]\))"
    r"| +end"
    r"|  n\d+ (?:-->|==>) n\d+"
    r"|  classDef \w+ [\w:#,\- ]+"
    r"|  class n\d+(?:,n\d+)* \w+"
    r"|  linkStyle \d+(?:,\d+)* [\w:#,\- ]+"
)


@pytest.mark.parametrize("name", WICKED)
def test_mermaid_is_made_of_the_lines_that_we_write(name: str) -> None:
    lines = list(FORMATS["mermaid"](drawn(wicked(name))))
    assert [line for line in lines if not MERMAID.fullmatch(line)] == []
    opened = sum(line.lstrip().startswith("subgraph") for line in lines)
    assert opened == sum(line.strip() == "end" for line in lines) == 3


_TOKEN = re.compile(r'\s+|"(?:[^"\\]|\\.)*"|->|[{}\[\];=,]|[A-Za-z_]\w*|\d+')


def tokens(text: str) -> Iterator[str]:
    """Give the tokens of a graph; fail on what is none."""
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token, text[at : at + 50]
        at = token.end()
        if not token[0].isspace():
            yield token[0]


@pytest.mark.parametrize("name", WICKED)
def test_dot_has_the_tokens_of_any_other(name: str) -> None:
    def shape(name: str) -> list[str]:
        text = "\n".join(FORMATS["dot"](drawn(wicked(name), marked=False)))
        return ["text" if one.startswith('"') else one for one in tokens(text)]

    assert shape(name) == shape("plain")


@pytest.mark.parametrize(
    ("render", "codes"),
    [
        (mermaid.render, "#26085;#26412; #38; #38;#35;38#59; #8594;"),
        (dot.render, "&#26085;&#26412; &amp; &amp;#38; &#8594;"),
    ],
)
def test_texts_can_be_written_in_ascii(render: Callable[..., Iterator[str]], codes: str) -> None:
    graph = drawn(wicked("日本 & &#38; →"))
    text = "\n".join(render(graph, unicode=False))
    assert text.isascii()
    assert codes in text
    assert "日本" in "\n".join(render(graph, unicode=True))


# --- credentials and long words ------------------------------------------------------------------

TOKEN = "ghp_" + "k3JxQ9vLm2RtYw8ZpB4nDc7HsG6fUe1AoTiX"
PASSWORD = "hunter2-Xk81mQ"  # noqa: S105 - nobody's


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("depth", ["stages", "steps"])
def test_no_credential_is_shown(output: str, depth: str) -> None:
    text = f"""
- stage:
    name: openly uses {TOKEN}
    identifier: a
    type: CI
    when: {{pipelineStatus: All, condition: '<+x> == "{PASSWORD}" || y == "{TOKEN}"'}}
    variables:
      - {{name: password, type: String, value: {PASSWORD}}}
    spec: {{execution: {{steps: [{{step: {{name: "{TOKEN}", identifier: b, type: Rnu}}}}]}}}}
"""
    graph = drawn(harness(text))
    shown = "\n".join(FORMATS[output](only_stages(graph) if depth == "stages" else graph))
    for word in (TOKEN, PASSWORD):
        assert all(word[:size] not in shown for size in range(6, len(word) + 1))
    assert "openly" in shown


def test_long_expressions_lose_their_head_and_long_texts_their_end() -> None:
    path = "<+pipeline.stages.build.spec.execution.steps.test.output.outputVariables.VERSION>"
    assert one_line(path, 40) == "<+…outputVariables.VERSION>"
    assert one_line(path, 200) == path
    assert one_line("a  b\n c", 40) == "a b c"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"
    assert one_line("x" * 10**6, 10) == "x" * 9 + "…"


def test_halves_of_characters_and_controls_are_written_as_their_codes() -> None:
    assert one_line("a\ud83d\x00\u202e\ufffeb\ue000", 40) == r"a\ud83d\x00\u202e\ufffeb…"
