"""What editors ask: what is in reach at an offset, and what each name of a path stands for."""

from __future__ import annotations

import json

from linting import DEFAULTS, Files
from pipelint.document import Surroundings
from pipelint.harness.context import Context
from pipelint.harness.dialect import read
from pipelint.harness.scope.uses import scope_at, uses_of
from pipelint.source import Source
from pipelint.yaml import parse
from pipelint_schemas.load import HERE

PIPELINE = """\
pipeline:
  identifier: shop
  variables: [{name: region, type: String, value: eu}]
  stages:
  - stage:
      identifier: build
      type: Custom
      strategy: {matrix: {city: [rome, oslo]}}
      spec:
        execution:
          steps:
          - step:
              identifier: tag
              type: ShellScript
              spec: {outputVariables: [{name: sum, type: String, value: sum}]}
          - step:
              identifier: tell
              type: Http
              spec:
                method: <+execution.steps.tag.output.outputVariables.sum> <+matrix.city>
                url: <+pipeline.variables["region"]> <+pipeline.stages.build_0.name>
"""


def context_of(text: str) -> Context:
    source = Source(text, ".harness/shop.yaml")
    around = Surroundings("", Files({}), DEFAULTS.limits, DEFAULTS.known_secrets)
    document = read(source, parse(source), around)
    assert document is not None
    context = document.context
    assert isinstance(context, Context)
    return context


def test_each_name_of_a_path_leads_to_its_definition() -> None:
    uses = uses_of(context_of(PIPELINE))
    found = {
        PIPELINE[use.span.start : use.span.end]: (use.symbol.kind, use.value.definition)
        for use in uses
        if use.symbol is not None
    }
    kinds = {name: kind for name, (kind, _) in found.items()}
    assert kinds == {
        "tag": "step",
        "sum": "output variable",
        "city": "axis",
        "region": "variable",
        "build": "stage",
    }
    for name, (_, definition) in found.items():
        assert definition is not None
        assert PIPELINE[definition.start : definition.end] == name


def test_uses_are_symbols() -> None:
    context = context_of(PIPELINE)
    uses_of(context)
    uses_of(context)
    named = [(one.kind, one.name) for one in context.symbols.references]
    assert named.count(("step", "tag")) == 1
    assert [one.name for one in context.symbols.of_kind("axis")] == ["city"]


def test_a_scope_offers_what_is_in_reach() -> None:
    scope = scope_at(context_of(PIPELINE), PIPELINE.index("execution.steps.tag"))
    assert scope is not None
    roots = set(scope.roots())
    assert {"pipeline", "stage", "execution", "matrix", "build", "trigger"} <= roots
    assert not {"artifact", "env", "stepGroup", "inputs"} & roots
    steps = scope.root("steps")
    assert steps is not None
    assert list(steps.members()) == ["tag", "tell"]
    tag = steps.member("tag")
    assert tag is not None
    assert "output" in set(tag.members())
    assert "`ShellScript`" in tag.documentation


def test_nothing_is_in_reach_where_no_expression_stands() -> None:
    assert scope_at(context_of(PIPELINE), 0) is None


def test_a_static_value_is_known() -> None:
    scope = scope_at(context_of(PIPELINE), PIPELINE.index("pipeline.variables"))
    assert scope is not None
    pipeline = scope.root("pipeline")
    assert pipeline is not None
    variables = pipeline.member("variables")
    assert variables is not None
    region = variables.member("region")
    assert region is not None
    assert (region.static, region.type) == ("eu", "string")


def test_the_table_has_an_entry_on_each_line() -> None:
    from pipelint.harness.scope import facts

    with open(f"{HERE}/harness/expressions.json", encoding="utf-8") as file:
        table = json.load(file)
    for section, entries in table.items():
        read_by_line = facts._table()[section]  # noqa: SLF001 - the layout is its secret
        assert {name: read_by_line.get(name) for name in read_by_line.lines} == entries
