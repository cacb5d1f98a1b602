"""Start a new rule: `make rule DIALECT=harness NAME=unpinned-image FAMILY=images`.

Writes the function with its page into the family's file, names it in the registry, and adds a
section to the family's specification. What it writes passes every test, so that you begin on green:
change the example and the specification to what you mean, see them fail, then write the rule.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from glob import glob
from textwrap import indent
from typing import NamedTuple

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DIALECTS = ("harness", "vela")

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
FAMILY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

FILE = '''"""Say in a line what the rules of this family are about."""

from __future__ import annotations

RULES = ()
'''

IMPORTS = """from collections.abc import Iterator
from pipelint.diagnostic import WARNING, Finding
from pipelint.rule import rule
from pipelint.{dialect}.context import Context
from pipelint.{dialect}.model import Step
"""

FUNCTION = '''@rule(on=Step, level=WARNING, family="{dialect}")
def {function}(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that is called `{name}`.

    ## Why is this bad?
    Say what happens to the user, and where that is known from.

    ## Example
    ```yaml
{example}
    ```

    ## Use instead
    ```yaml
{better}
    ```
    """
{body}


'''

SPECIFICATION = """
## {name}

Say when it reports, and what the user sees.

```yaml
{example}
```

Say when it is silent.

```yaml
{better}
```
"""

PIPELINES = {
    "harness": """pipeline:
  name: Example
  identifier: example
  projectIdentifier: examples
  orgIdentifier: default
  stages:
    - stage:
        name: Test
        identifier: test
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  name: {step}
                  identifier: say_hello
                  type: ShellScript
                  timeout: 10m
                  spec:
                    shell: Bash
                    onDelegate: true
                    source:
                      type: Inline
                      spec:
                        script: echo hello""",
    "vela": """version: "1"
steps:
  - name: {step}
    image: golang:1.24
    commands: [go test ./...]""",
}
"""Pipelines with one step, whose name is to be filled in."""

BODIES = {
    "harness": """name = text_of(step.node.get("name"))
if name is not None and name.value == "{name}":
    yield Finding(name.span, "say what is wrong, with `{name}` in it")""",
    "vela": """if step.name and step.name.value == "{name}":
    yield Finding(step.name.span, "say what is wrong, with `{name}` in it")""",
}

MORE_IMPORTS = {"harness": "from pipelint.harness.values import text_of\n", "vela": ""}

NEXT = """Wrote {name}. What to do now:
  1. {specification}: write down what the rule finds, and what it leaves alone.
  2. {family}: write the page (it is what users read), then the function.
  3. Say in `about=` which words a text must have, and name them in {registry}, too:
     with `()` the family is imported for every file.
  4. make test lint
  5. CHANGELOG.md: a line for users.
"""


class Place(NamedTuple):
    """Where the rules of a family stand: the dialect and the family."""

    dialect: str
    family: str

    @property
    def module(self) -> str:
        """The path of the module."""
        return os.path.join(_rules(self.dialect), f"{self.family}.py")

    @property
    def registry(self) -> str:
        """The path of the list of all families of the dialect."""
        return os.path.join(_rules(self.dialect), "__init__.py")

    @property
    def specification(self) -> str:
        """The path of the specification."""
        return os.path.join(HERE, "tests", self.dialect, "rules", f"{self.family}.md")


def _rules(dialect: str) -> str:
    return os.path.join(HERE, "linter", "pipelint", dialect, "rules")


def main() -> int:
    """Write the rule that the arguments name; 2 when that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("dialect", help=" or ".join(DIALECTS))
    parser.add_argument("name", help="what is wrong, such as `unpinned-image`")
    parser.add_argument("family", help="the module, such as `needs`; made where there is none")
    given = parser.parse_args()
    place = Place(given.dialect, given.family)
    problem = find_problem(given.name, place)
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    print(write(given.name, place), end="")
    return 0


def find_problem(name: str, place: Place) -> str:
    """Say why a rule cannot be made, or nothing."""
    if place.dialect not in DIALECTS:
        return f"`{place.dialect}` is no dialect: say DIALECT=harness or DIALECT=vela"
    if not NAME.fullmatch(name):
        return f"`{name}` is no name: two or more words of small letters, joined by `-`"
    if not FAMILY.fullmatch(place.family):
        return f"`{place.family}` is no module: words of small letters, joined by `_`"
    modules = (path for dialect in DIALECTS for path in glob(Place(dialect, "*").module))
    if any(f"def {_function(name)}(" in _read(path) for path in modules):
        return f"a rule `{name}` exists already"
    return ""


def write(name: str, place: Place) -> str:
    """Write the rule, its place in the registry and its specification; say what comes next."""
    if not os.path.exists(place.module):
        _change(place.module, lambda _: FILE)
    _change(place.registry, lambda text: _register(text, place))
    _change(place.module, lambda text: _insert(text, name, place.dialect))
    _change(place.specification, lambda text: _specify(text, name, place))
    _tidy(place.module, place.registry)
    return NEXT.format(
        name=name,
        family=os.path.relpath(place.module, HERE),
        registry=os.path.relpath(place.registry, HERE),
        specification=os.path.relpath(place.specification, HERE),
    )


def _tidy(*paths: str) -> None:
    for step in (("check", "--quiet", "--select", "I", "--fix"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *step, *paths], check=True, cwd=HERE)


# --- texts: what a file becomes ------------------------------------------------------------------


def _insert(text: str, name: str, dialect: str) -> str:
    """Put the function before RULES, its name into RULES, and the imports after the last one."""
    rules = _assignment(text)
    names = sorted([*_elements(rules), _function(name)])
    before, after = _around(text, rules)
    made = f"{before}{_rule(name, dialect)}RULES = ({', '.join(names)},)\n{after}"
    return _import(made, IMPORTS.format(dialect=dialect) + MORE_IMPORTS[dialect])


def _rule(name: str, dialect: str) -> str:
    pipeline = PIPELINES[dialect]
    return FUNCTION.format(
        dialect=dialect,
        function=_function(name),
        name=name,
        example=indent(pipeline.format(step=name), " " * 4),
        better=indent(pipeline.format(step="test"), " " * 4),
        body=indent(BODIES[dialect].format(name=name), " " * 4),
    )


def _register(text: str, place: Place) -> str:
    """Let a family be about every text: a new rule does not say yet what it is about."""
    lines = text.splitlines(keepends=True)
    families = _families(text)
    start = end = (families.end_lineno or 1) - 1
    for key, value in zip(families.keys, families.values, strict=True):
        name = ast.literal_eval(key) if key else ""
        if name >= place.family:
            start = value.lineno - 1
            end = (value.end_lineno or value.lineno) if name == place.family else start
            break
    return "".join([*lines[:start], f'    "{place.family}": (),\n', *lines[end:]])


def _families(text: str) -> ast.Dict:
    """Find `FAMILIES: … = {…}`."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            return node.value
    raise SystemExit("error: the registry has no `FAMILIES = {…}`")


def _specify(text: str, name: str, place: Place) -> str:
    heading = f"# {place.family.replace('_', ' ').capitalize()}\n"
    pipeline = PIPELINES[place.dialect]
    expected = f'{name} # warning: [{name}] "{name}"'
    section = SPECIFICATION.format(
        name=name, example=pipeline.format(step=expected), better=pipeline.format(step="test")
    )
    return (text or heading).rstrip("\n") + "\n" + section


def _import(text: str, lines: str) -> str:
    """Put imports after the last one; ruff merges and sorts them."""
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    at = max(node.end_lineno or 0 for node in imports)
    kept = text.splitlines(keepends=True)
    return "".join([*kept[:at], lines, *kept[at:]])


def _assignment(text: str) -> ast.Assign:
    """Find `RULES = (…)`."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == "RULES":
                return node
    raise SystemExit("error: the file has no `RULES = (…)`")


def _elements(rules: ast.Assign) -> list[str]:
    value = rules.value
    return [ast.unparse(item) for item in value.elts] if isinstance(value, ast.Tuple) else []


def _around(text: str, node: ast.stmt) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: node.lineno - 1]), "".join(lines[node.end_lineno or node.lineno :])


# --- files ---------------------------------------------------------------------------------------


def _function(name: str) -> str:
    return name.replace("-", "_")


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _change(path: str, change: Callable[[str], str]) -> None:
    text = _read(path) if os.path.exists(path) else ""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(change(text))


if __name__ == "__main__":
    sys.exit(main())
