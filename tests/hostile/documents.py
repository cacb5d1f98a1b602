"""Harness documents of a megabyte: thousands of parts, deep groups, long expressions."""

from __future__ import annotations

from hostile.writing import Text, number, repeat

HEAD = "pipeline:\n  name: a\n  identifier: a\n  projectIdentifier: p\n  orgIdentifier: o\n"
STAGES = f"{HEAD}  stages:\n"
SERVICE = """\
service:
  name: a
  identifier: a
  serviceDefinition:
    type: Kubernetes
    spec:
"""
STAGE = """\
    - stage:
        name: s{n}
        identifier: s{n}
        type: Custom
        spec:
          execution:
            steps:
"""
STEP = """\
              - step:
                  name: t{n}
                  identifier: t{n}
                  type: Wait
                  timeout: 1m
                  spec: {duration: 1m}
"""
ONE = STAGE.replace("{n}", "")


def running(text: str) -> str:
    """Write a step whose script is a text."""
    return (
        f"{STAGES}{ONE}              - step:\n                  name: t\n"
        "                  identifier: t\n                  type: ShellScript\n"
        "                  timeout: 1m\n                  spec:\n                    shell: Bash\n"
        "                    onDelegate: true\n                    source:\n"
        "                      type: Inline\n                      spec:\n"
        f"                        script: |\n                          {text}"
    )


def nested(depth: int) -> str:
    """Write step groups in each other."""
    lines = [STAGES, ONE]
    for level in range(depth):
        pad = "  " * (level * 2)
        lines.append(
            f"{pad}              - stepGroup:\n{pad}                  identifier: g{level}\n"
        )
        lines.append(f"{pad}                  name: g{level}\n{pad}                  steps:\n")
    return "".join(lines)


TEXTS: dict[str, Text] = {
    "unknown keys": number("      key{n}of{m}: {n}\n", SERVICE),
    "unknown keys near to known ones": number("      manifestz{n}: []\n", SERVICE),
    "unknown step types": number(STEP.replace("Wait", "Wiat{n}"), STAGES + ONE),
    "steps": number(STEP, STAGES + ONE),
    "steps of one name": number(STEP.replace("{n}", ""), STAGES + ONE),
    "stages": number(STAGE + STEP, STAGES),
    "stages of one name": number((STAGE + STEP).replace("{n}", ""), STAGES),
    "groups in groups": lambda: nested(60),
    "variables": number(
        "    - {name: v{n}, type: String, value: <+pipeline.variables.v{m}>}\n",
        f"{HEAD}  variables:\n",
    ),
    "variables of one name": number(
        "    - {name: v, type: String, value: x}\n", f"{HEAD}  variables:\n"
    ),
    "references to unknown stages": number("<+pipeline.stages.x{n}.spec> ", running("echo ")),
    "references to near names": number("<+pipeline.variables.nmae{n}> ", running("echo ")),
    "an expression of many names": repeat("a.", running("echo <+"), "b>"),
    "expressions in expressions": repeat("<+", running("echo "), "a"),
    "expressions that never end": repeat("<+a ", running("echo ")),
    "an expression of many operators": repeat("a + ", running("echo <+"), "b>"),
    "an expression of many brackets": repeat("(", running("echo <+")),
    "an expression of many calls": repeat("a(", running("echo <+")),
    "an expression with a long text": repeat("x", running('echo <+a == "'), '">'),
    "inputs with many values": number(
        "v{n},", running("echo x\n") + "          q: <+input>.allowedValues("
    ),
    "failure strategies": number(
        "          - onFailure: {errors: [AllErrors], action: {type: Ignore}}\n",
        f"{STAGES}{ONE}{STEP}        failureStrategies:\n",
    ),
    "barriers": number(
        "    - {name: b{n}, identifier: b{n}}\n", f"{HEAD}  flowControl:\n   barriers:\n"
    ),
    "axes of a matrix": number(
        "            a{n}: [x, y]\n", f"{STAGES}{ONE}{STEP}        strategy:\n          matrix:\n"
    ),
    "tags": number("    k{n}: v\n", f"{HEAD}  tags:\n"),
}
