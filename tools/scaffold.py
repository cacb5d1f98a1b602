"""Start a new rule of Vela: `make rule NAME=unpinned-image FAMILY=images`.

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

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RULES = os.path.join("linter", "pipelint", "vela", "rules")
SPECIFICATIONS = os.path.join("tests", "vela", "rules")

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
FAMILY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

FILE = '''"""Say in a line what the rules of this family are about."""

from __future__ import annotations

RULES = ()
'''

IMPORTS = """from collections.abc import Iterator
from pipelint.diagnostic import WARNING, Finding
from pipelint.rule import rule
from pipelint.vela.context import Context
from pipelint.vela.model import Step
"""

FUNCTION = '''@rule(on=Step, level=WARNING, family="vela")
def {function}(step: Step, context: Context) -> Iterator[Finding]:
    """Reports a step that is called `{name}`.

    ## Why is this bad?
    Say what happens to the user, and where that is known from.

    ## Example
    ```yaml
    version: "1"
    steps:
      - name: {name}
        image: golang:1.24
        commands: [go test ./...]
    ```

    ## Use instead
    ```yaml
    version: "1"
    steps:
      - name: test
        image: golang:1.24
        commands: [go test ./...]
    ```
    """
    if step.name and step.name.value == "{name}":
        yield Finding(step.name.span, "say what is wrong, with `{name}` in it")


'''

SPECIFICATION = """
## {name}

Say when it reports, and what the user sees.

```yaml
version: "1"
steps:
  - name: {name} # warning: [{name}] "{name}"
    image: golang:1.24
    commands: [go test ./...]
```

Say when it is silent.

```yaml
version: "1"
steps:
  - name: test
    image: golang:1.24
    commands: [go test ./...]
```
"""

NEXT = """Wrote {name}. What to do now:
  1. {specification}: write down what the rule finds, and what it leaves alone.
  2. {family}: write the page (it is what users read), then the function.
  3. make test lint
  4. CHANGELOG.md: a line for users.
"""


def main() -> int:
    """Write the rule that the arguments name; 2 when that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("name", help="what is wrong, such as `unpinned-image`")
    parser.add_argument("family", help="the module, such as `needs`; made where there is none")
    given = parser.parse_args()
    problem = find_problem(given.name, given.family)
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    print(write(given.name, given.family), end="")
    return 0


def find_problem(name: str, family: str) -> str:
    """Say why a rule cannot be made, or nothing."""
    if not NAME.fullmatch(name):
        return f"`{name}` is no name: two or more words of small letters, joined by `-`"
    if not FAMILY.fullmatch(family):
        return f"`{family}` is no module: words of small letters, joined by `_`"
    if any(f"def {_function(name)}(" in _read(path) for path in glob(_family_file("*"))):
        return f"a rule `{name}` exists already"
    return ""


def write(name: str, family: str) -> str:
    """Write the rule, its place in the registry and its specification; say what comes next."""
    module, specification = _family_file(family), _specification_file(family)
    registry = _family_file("__init__")
    if not os.path.exists(module):
        _change(module, lambda _: FILE)
        _change(registry, lambda text: _register(text, family))
    _change(module, lambda text: _insert(text, name))
    _change(specification, lambda text: _specify(text, name, family))
    _tidy(module, registry)
    return NEXT.format(
        name=name,
        family=os.path.relpath(module, HERE),
        specification=os.path.relpath(specification, HERE),
    )


def _tidy(*paths: str) -> None:
    for step in (("check", "--quiet", "--select", "I", "--fix"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *step, *paths], check=True, cwd=HERE)


# --- texts: what a file becomes ------------------------------------------------------------------


def _insert(text: str, name: str) -> str:
    """Put the function before RULES, its name into RULES, and the imports after the last one."""
    rules = _assignment(text)
    names = sorted([*_elements(rules), _function(name)])
    before, after = _around(text, rules)
    function = FUNCTION.format(name=name, function=_function(name))
    return _import(f"{before}{function}RULES = ({', '.join(names)},)\n{after}", IMPORTS)


def _register(text: str, family: str) -> str:
    """Add a family to the registry of Vela's rules."""
    rules = _assignment(text)
    families = sorted([*_elements(rules), f"*{family}.RULES"])
    before, after = _around(text, rules)
    listed = f"{before}RULES: tuple[Rule, ...] = ({', '.join(families)},)\n{after}"
    return _import(listed, f"from pipelint.vela.rules import {family}\n")


def _specify(text: str, name: str, family: str) -> str:
    heading = f"# {family.replace('_', ' ').capitalize()}\n"
    return (text or heading).rstrip("\n") + "\n" + SPECIFICATION.format(name=name)


def _import(text: str, lines: str) -> str:
    """Put imports after the last one; ruff merges and sorts them."""
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    at = max(node.end_lineno or 0 for node in imports)
    kept = text.splitlines(keepends=True)
    return "".join([*kept[:at], lines, *kept[at:]])


def _assignment(text: str) -> ast.Assign | ast.AnnAssign:
    """Find `RULES = (…)`."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "RULES":
                return node
    raise SystemExit("error: the file has no `RULES = (…)`")


def _elements(rules: ast.Assign | ast.AnnAssign) -> list[str]:
    value = rules.value
    return [ast.unparse(item) for item in value.elts] if isinstance(value, ast.Tuple) else []


def _around(text: str, node: ast.stmt) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: node.lineno - 1]), "".join(lines[node.end_lineno or node.lineno :])


# --- files ---------------------------------------------------------------------------------------


def _function(name: str) -> str:
    return name.replace("-", "_")


def _family_file(family: str) -> str:
    return os.path.join(HERE, RULES, f"{family}.py")


def _specification_file(family: str) -> str:
    return os.path.join(HERE, SPECIFICATIONS, f"{family}.md")


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
