"""Containers that may do more on their host than they should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelint.diagnostic import OFF, WARNING, Finding
from pipelint.harness.context import Context, Field
from pipelint.harness.model import Model, Step
from pipelint.harness.values import flag_of, text_of, whole_of
from pipelint.rule import rule
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Scalar
from pipelint.yaml.view import inner, items_of

_BUILDS_IMAGES = re.compile(
    r"(?i:dind|docker:|/docker\Z|\Adocker\Z|kaniko|buildah|buildx|podman|buildkit|\Aplugins/)"
)
_OWN_COMMANDS = frozenset({"Run", "RunTests", "Test", "Background", "Container", "Service", ""})
"""Types of steps whose container does what the author says; builders and scanners need it."""

_MIGHTY = frozenset(
    {"ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "NET_ADMIN", "DAC_READ_SEARCH"}
)


@rule(
    on=Model,
    level=WARNING,
    family="security",
    about=("privileged", "allowPrivilegeEscalation", "capabilities"),
)
def privileged_container(_model: Model, context: Context) -> Iterator[Finding]:
    """Reports a container that runs with the rights of its host.

    ## Why is this bad?
    What runs in it can leave the container: read the files and secrets of other builds on the same
    node, and stay there. That holds for each tool and each dependency that the step starts.

    Docker-in-Docker and other builders and scanners of images need it, and are not reported.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: golang:1.24
          shell: Sh
          command: make check
          privileged: true
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          connectorRef: account.docker
          image: golang:1.24
          shell: Sh
          command: make check
    ```
    """
    for field in context.fields("privileged", "allowPrivilegeEscalation"):
        if flag_of(field.value) is True and not _is_builder(field, context):
            yield _mighty(Span(field.key.start, field.value.end), field.key.text)
    for field in context.fields("add"):
        for item in items_of(field.value):
            text = text_of(item)
            name = text.value.upper().removeprefix("CAP_") if text else ""
            if text is not None and name in _MIGHTY:
                yield _mighty(text.span, text.value)


def _mighty(span: Span, word: str) -> Finding:
    return Finding(
        span,
        f"`{word}` gives a container the rights of its host",
        "can leave the container",
        help="remove it, or let a builder that needs no such rights do the work",
    )


def _is_builder(field: Field, context: Context) -> bool:
    """Tell whether a container builds images, for all that its image says.

    Where no image stands beside it (the infrastructure of a stage), any image of the document may.
    """
    near = field.owner.get("image")
    if isinstance(field.unit, Step) and field.unit.kind not in _OWN_COMMANDS:
        return True
    if near is not None:
        images = [near]
    else:
        images = [one.value for one in context.fields("image", "command")]
    return any(isinstance(one, Scalar) and _BUILDS_IMAGES.search(one.text) for one in images)


@rule(on=Model, level=OFF, family="security", about=("runAsUser", "runAsNonRoot"))
def root_container(_model: Model, context: Context) -> Iterator[Finding]:
    """Reports a container that is told to run as root.

    ## Why is this bad?
    A process that leaves the container is root on the host, too. Many images need no more than a
    user of their own. This is advice, so it is off by default.

    ## Example
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: make check
          runAsUser: "0"
    ```

    ## Use instead
    ```yaml
    template:
      name: check
      identifier: check
      versionLabel: v1
      type: Step
      spec:
        type: Run
        timeout: 10m
        spec:
          shell: Sh
          command: make check
          runAsUser: "1000"
    ```
    """
    for field in context.fields("runAsUser", "runAsNonRoot"):
        is_root = (
            whole_of(field.value) == 0
            if field.key.text == "runAsUser"
            else flag_of(field.value) is False
        )
        if is_root:
            yield Finding(
                Span(field.key.start, field.value.end),
                "the container runs as root",
                "",
                help="give it the number of another user",
            )


_SENSITIVE = re.compile(
    r"/\Z|/(?:etc|root|home|boot|proc|sys|dev|var/run|run|var/lib/(?:docker|kubelet|containerd)|var/log)(?:/|\Z)"
)


@rule(on=Model, level=WARNING, family="security", about=("HostPath",))
def sensitive_host_path(_model: Model, context: Context) -> Iterator[Finding]:
    """Reports a folder or a socket of the host that is given to the containers of a stage.

    ## Why is this bad?
    Whoever can write to the socket of Docker starts any container on the node; who sees `/etc`,
    `/root` or the folders of the kubelet reads the secrets of others.

    ## Example
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
              cloneCodebase: false
              infrastructure:
                type: KubernetesDirect
                spec:
                  connectorRef: account.cluster
                  namespace: builds
                  os: Linux
                  volumes:
                    - mountPath: /var/run/docker.sock
                      type: HostPath
                      spec: {path: /var/run/docker.sock}
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Run
                      timeout: 10m
                      spec:
                        connectorRef: account.docker
                        image: golang:1.24
                        shell: Sh
                        command: make check
    ```

    ## Use instead
    ```yaml
    pipeline:
      name: build
      identifier: build
      projectIdentifier: web
      orgIdentifier: default
      stages:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
              cloneCodebase: false
              infrastructure:
                type: KubernetesDirect
                spec:
                  connectorRef: account.cluster
                  namespace: builds
                  os: Linux
                  volumes:
                    - mountPath: /cache
                      type: EmptyDir
                      spec: {}
              execution:
                steps:
                  - step:
                      name: check
                      identifier: check
                      type: Run
                      timeout: 10m
                      spec:
                        connectorRef: account.docker
                        image: golang:1.24
                        shell: Sh
                        command: make check
    ```
    """
    for field in context.fields("type"):
        spec = field.owner.get("spec")
        kind = text_of(field.value)
        path = text_of(spec.get("path")) if isinstance(spec, Mapping) else None
        if kind is None or kind.value != "HostPath" or path is None:
            continue
        if _SENSITIVE.match(path.value):
            yield Finding(
                inner(path.node),
                f"`{path.value}` of the host is given to the containers",
                "with all that is in it",
                help="use a volume of the cluster: `EmptyDir`, or `PersistentVolumeClaim`",
            )


RULES = (privileged_container, root_container, sensitive_host_path)
