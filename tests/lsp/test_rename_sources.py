"""A stage that another one takes its service from is renamed with it."""

from __future__ import annotations

from looking import snapshot_of
from pipelint_lsp.features.occurrences import occurrence_at, same

TEXT = """\
pipeline:
  name: shop
  identifier: shop
  projectIdentifier: web
  orgIdentifier: default
  stages:
    - stage:
        name: qa
        identifier: qa
        type: Deployment
        spec: {deploymentType: Kubernetes, service: {serviceRef: shop}}
    - stage:
        name: prod
        identifier: prod
        type: Deployment
        spec: {deploymentType: Kubernetes, service: {useFromStage: {stage: qa}}}
"""


def test_the_stage_is_one_thing_at_both_places() -> None:
    snapshot = snapshot_of(TEXT, ".harness/shop.yaml")
    one = occurrence_at(snapshot, TEXT.index("identifier: qa") + len("identifier: "))
    assert one is not None
    places = [TEXT[: each.span.start].count("\n") + 1 for each in same(snapshot, one)]
    assert places == [9, 16]
