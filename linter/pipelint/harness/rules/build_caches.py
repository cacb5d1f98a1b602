"""Cache Intelligence: keys that runs share, and machines that it is not made for."""

from __future__ import annotations

from collections.abc import Iterator

from pipelint.diagnostic import INFO, WARNING, Finding, Related
from pipelint.harness.build_place import DOCKER, VM, caching_of, place_of, where
from pipelint.harness.context import Context
from pipelint.harness.model import Model, Stage
from pipelint.harness.values import is_filled
from pipelint.rule import rule


@rule(on=Model, level=WARNING, family="harness", about=("caching",))
def shared_cache_key(model: Model, context: Context) -> Iterator[Finding]:
    """Reports caches of stages that run at the same time and have no key of their own.

    ## Why is this bad?
    Without `key` Harness makes one of the files of the codebase, the same for each of the stages:
    the stage that ends last replaces what the others have saved.

    ## Example
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - parallel:
            - stage:
                name: web
                identifier: web
                type: CI
                spec:
                  cloneCodebase: false
                  caching: {enabled: true}
                  runtime: {type: Cloud, spec: {}}
                  execution:
                    steps:
                      - step:
                          type: Run
                          name: test
                          identifier: test
                          timeout: 10m
                          spec: {command: make test}
            - stage:
                name: api
                identifier: api
                type: CI
                spec:
                  cloneCodebase: false
                  caching: {enabled: true, key: api}
                  runtime: {type: Cloud, spec: {}}
                  execution:
                    steps:
                      - step:
                          type: Run
                          name: test
                          identifier: test
                          timeout: 10m
                          spec: {command: make test}
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: shop
      identifier: shop
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - parallel:
            - stage:
                name: web
                identifier: web
                type: CI
                spec:
                  cloneCodebase: false
                  caching: {enabled: true, key: web}
                  runtime: {type: Cloud, spec: {}}
                  execution:
                    steps:
                      - step:
                          type: Run
                          name: test
                          identifier: test
                          timeout: 10m
                          spec: {command: make test}
            - stage:
                name: api
                identifier: api
                type: CI
                spec:
                  cloneCodebase: false
                  caching: {enabled: true, key: api}
                  runtime: {type: Cloud, spec: {}}
                  execution:
                    steps:
                      - step:
                          type: Run
                          name: test
                          identifier: test
                          timeout: 10m
                          spec: {command: make test}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/caching-ci-data/cache-intelligence
    """
    beside: dict[int, Stage] = {}
    for parallel in model.parallels:
        if parallel.outer is None:
            stages = [
                unit for unit in parallel.units if isinstance(unit, Stage) and caching_of(unit)
            ]
            for stage in stages if len(stages) > 1 else ():
                beside[id(stage)] = stages[stages[0] is stage]
    for stage in model.stages:
        if id(stage) in beside or stage.looping is not None:
            yield from _without_key(stage, beside.get(id(stage)))


def _without_key(stage: Stage, other: Stage | None) -> Iterator[Finding]:
    caching = caching_of(stage)
    key = caching.key("enabled") if caching is not None else None
    if caching is not None and key is not None and not is_filled(caching.get("key")):
        yield Finding(
            key.span,
            f"the cache of `{stage.label}` has no key, and more than one run writes it",
            "a key for all of them",
            help="add a `key` of its own, with the value of the loop in it"
            if stage.looping is not None
            else "add a `key` of its own",
            related=(Related(other.span, "runs at the same time"),) if other is not None else (),
        )


@rule(on=Stage, level=INFO, family="harness", about=("caching",))
def cache_intelligence_not_here(stage: Stage, context: Context) -> Iterator[Finding]:
    """Reports Cache Intelligence in a stage that runs on a virtual machine or on Docker.

    ## Why is this bad?
    It is made for Harness Cloud and Kubernetes; elsewhere nothing may be cached. Steps that save
    and restore a cache work everywhere.

    ## Example
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          caching: {enabled: true, key: shop}
          infrastructure: {type: VM, spec: {type: Pool, spec: {poolName: linux}}}
          execution:
            steps:
              - step:
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: make test}
    ```

    ## Use instead
    ```yaml
    template:
      name: build
      identifier: build
      versionLabel: v1
      projectIdentifier: web
      orgIdentifier: default
      type: Stage
      spec:
        type: CI
        spec:
          cloneCodebase: false
          caching: {enabled: true, key: shop}
          runtime: {type: Cloud, spec: {}}
          execution:
            steps:
              - step:
                  type: Run
                  name: test
                  identifier: test
                  timeout: 10m
                  spec: {command: make test}
    ```

    ## References
    - https://developer.harness.io/docs/continuous-integration/use-ci/caching-ci-data/cache-intelligence
    """
    caching = caching_of(stage)
    place = place_of(stage, context)
    key = caching.key("enabled") if caching is not None else None
    if key is not None and place.kind in {VM, DOCKER}:
        yield Finding(
            key.span,
            f"Cache Intelligence is not made for `{place.kind}`",
            "may do nothing here",
            help="use the steps `SaveCacheS3` and `RestoreCacheS3`, or those for GCS",
            related=where(place),
        )


RULES = (cache_intelligence_not_here, shared_cache_key)
