"""The rule under which the schemas of users report."""

from __future__ import annotations

from pipelint.diagnostic import ERROR
from pipelint.rule import Rule

user_schema = Rule(
    name="user-schema",
    level=ERROR,
    family="style",
    document="""Reports what a JSON Schema of your own says against a pipeline.

    ## Why is this bad?
    Your configuration names the schema under `schemas:`, for rules that only your organisation
    has: which images are allowed, which keys every step needs. The finding says where in the
    schema the rule stands.

    ## Use instead
    Write the pipeline as the schema asks, or change the schema.
    """,
)

RULES = (user_schema,)
