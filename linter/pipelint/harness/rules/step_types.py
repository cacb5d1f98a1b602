"""What a step is: a type that Harness does not know, or that only pipelint does not."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import ERROR, WARNING, Edit, Finding, Fix
from pipelint.harness import step_words
from pipelint.harness.context import Context
from pipelint.harness.model import (
    Model,
    Step,
    TemplateDefinition,
    Unit,
)
from pipelint.harness.stage_kind import (
    KINDS,
    article,
    stage_kind_of,
)
from pipelint.harness.values import Text, text_of
from pipelint.name import nearest
from pipelint.rule import rule
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

MOST_COMPARED = 200
"""For so many unknown types near ones are looked for; a document has a few."""


@rule(on=Model, level=ERROR, family="harness")
def unknown_step_type(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a step whose type is a misspelling, or another word, of one that Harness has.

    ## Why is this bad?
    Harness refuses to save or to run the pipeline. Types are compared letter by letter, capitals
    included: `http` is not `Http`.

    ## Example
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Rnu
        spec:
          shell: Sh
          command: make
    ```

    ## Use instead
    ```yaml
    template:
      name: compile
      identifier: compile
      versionLabel: v1
      type: Step
      spec:
        type: Run
        spec:
          shell: Sh
          command: make
    ```

    ## Fix safety
    The fix is unsafe: the nearest name need not be the one that was meant.
    """
    for text, kind, meant in _unknown_types(context):
        if meant:
            yield _misspelt(text, kind, meant)


@rule(on=Model, level=WARNING, family="harness")
def unlisted_step_type(model: Model, context: Context) -> Iterator[Finding]:
    """Reports a step of a type that pipelint does not know and that looks like no other.

    ## Why is this bad?
    Either the type is wrong, and Harness refuses the pipeline, or it is newer than this version of
    pipelint: Harness gets new types of steps every month. Of such a step nothing else is checked.

    ## Example
    ```yaml
    template:
      name: shrink
      identifier: shrink
      versionLabel: v1
      type: Step
      spec:
        type: ResizeTheCluster
        spec:
          size: 3
    ```

    ## Use instead
    ```yaml
    template:
      name: shrink
      identifier: shrink
      versionLabel: v1
      type: Step
      spec:
        type: ShellScript
        timeout: 10m
        spec:
          shell: Bash
          source:
            type: Inline
            spec:
              script: ./resize.sh 3
    ```

    ## When not to use it
    Ignore the finding, or update pipelint, where Harness itself offers the type.
    """
    unlisted = [text for text, _, meant in _unknown_types(context) if not meant]
    for number, text in enumerate(unlisted):
        near = nearest(text.value, context.placement) if number < MOST_COMPARED else []
        yield Finding(
            text.span,
            f"no step type `{text.value}` is known",
            "not in the list of types",
            help=f"a step type with a similar name exists: `{near[0]}`"
            if near
            else "check the name; update pipelint if the type is new",
            notes=("new types that pipelint does not know yet may be right",),
        )


def _unknown_types(context: Context) -> Iterator[tuple[Text, str, list[str]]]:
    """Give each unknown type with the kind of the stage around it, and what is meant by it."""
    known = context.placement
    compared = 0
    for text, unit in _types(context):
        if text.value in known:
            continue
        kind = stage_kind_of(unit) if unit is not None else ""
        compared += 1
        yield text, kind, _meant(text.value, kind, context) if compared <= MOST_COMPARED else []


def _types(context: Context) -> Iterator[tuple[Text, Unit | None]]:
    """Give the literal type of each step, wherever it is written, with the unit around it.

    A step made of a template has none of its own; the one among the inputs repeats the template's.
    """
    root = context.model.root
    holders: list[tuple[Mapping, Unit | None]] = []
    if isinstance(root, TemplateDefinition) and isinstance(root.body, Step):
        holders.append((root.body.node, root.body))
    for field in context.fields("step"):
        if isinstance(field.value, Mapping):
            unit = context.model.by_node.get(id(field.value), field.unit)
            holders.append((field.value, unit))
    for node, unit in holders:
        link = mapping_of(node.get("template"))
        inputs = mapping_of(link.get("templateInputs")) if link else None
        holder = inputs if "template" in node.fields else node
        text = text_of(holder.get("type")) if holder is not None else None
        if text is not None:
            yield text, unit


def _meant(word: str, kind: str, context: Context) -> list[str]:
    """Return the types that are meant by an unknown word, those of the stage alone if any."""
    known = context.placement
    said = step_words.STEPS.get(step_words.fold(word), ())
    names = [name for name in said if name in known] or step_words.slips(word, known)
    here = [name for name in names if kind in known[name].stages]
    return here or names


def _misspelt(text: Text, kind: str, meant: list[str]) -> Finding:
    shown = " or ".join(f"`{name}`" for name in meant)
    where = f" in {article(kind)} stage" if kind in KINDS else ""
    only = len(meant) == 1
    return Finding(
        text.span,
        f"unknown step type `{text.value}`{where}",
        "Harness has no such type",
        help=f"a step type with a similar name exists: {shown}"
        if only
        else f"step types with similar names exist: {shown}",
        fixes=(
            Fix(
                f"replace `{text.value}` with `{meant[0]}`",
                (Edit(text.span, meant[0]),),
                safe=False,
            ),
        )
        if only
        else (),
    )


RULES = (unknown_step_type, unlisted_step_type)
