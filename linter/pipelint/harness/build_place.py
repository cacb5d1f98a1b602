"""Where a build stage runs its steps: which kind of infrastructure, which operating system."""

from __future__ import annotations

from pipelint.diagnostic import Related
from pipelint.harness.build import STAGE
from pipelint.harness.context import Context
from pipelint.harness.model import Stage
from pipelint.harness.values import Text, flag_of, text_of
from pipelint.record import NamedTuple
from pipelint.yaml.node import Mapping
from pipelint.yaml.view import mapping_of

BUILD_KINDS = frozenset({"CI", "SecurityTests"})
"""The kinds of stages that run their steps as a build does."""

KUBERNETES = "KubernetesDirect"
VM = "VM"
CLOUD = "Cloud"
DOCKER = "Docker"


class Place(NamedTuple):
    """Where steps run, as far as the file says: `kind`, `os` and `arch` may be empty.

    `spec` is that of the infrastructure or the runtime, `type` the text that names the kind.
    """

    kind: str
    os: str
    arch: str
    spec: Mapping | None
    type: Text | None


NOWHERE = Place("", "", "", None, None)


def place_of(stage: Stage | None, context: Context) -> Place:
    """Return where a build stage runs; one that takes it from another stage is looked up once."""
    if stage is None or stage.kind not in BUILD_KINDS or stage.spec is None:
        return NOWHERE
    infrastructure = mapping_of(stage.spec.get("infrastructure"))
    source = text_of(infrastructure.get("useFromStage")) if infrastructure is not None else None
    if source is None:
        return _place(stage)
    definitions = context.symbols.find(STAGE, source.value)
    found = context.model.by_node.get(id(definitions[0].node)) if definitions else None
    if not isinstance(found, Stage) or found is stage or found.kind not in BUILD_KINDS:
        return NOWHERE
    return _place(found)


def _place(stage: Stage) -> Place:
    spec = stage.spec
    if spec is None or {"infrastructure", "runtime"} <= spec.fields.keys():
        return NOWHERE
    holder = mapping_of(spec.get("infrastructure")) or mapping_of(spec.get("runtime"))
    kind = text_of(holder.get("type")) if holder is not None else None
    if holder is None or kind is None:
        return NOWHERE
    below = mapping_of(holder.get("spec"))
    platform = mapping_of(spec.get("platform"))
    system = text_of(platform.get("os")) if platform is not None else None
    arch = text_of(platform.get("arch")) if platform is not None else None
    if kind.value == KUBERNETES:
        own = text_of(below.get("os")) if below is not None else None
        system = own or system
    return Place(
        kind.value, system.value if system else "", arch.value if arch else "", below, kind
    )


def caching_of(stage: Stage) -> Mapping | None:
    """Return the settings of Cache Intelligence, where it is switched on."""
    if stage.kind not in BUILD_KINDS or stage.spec is None:
        return None
    caching = mapping_of(stage.spec.get("caching"))
    return caching if caching is not None and flag_of(caching.get("enabled")) else None


def where(place: Place) -> tuple[Related, ...]:
    """Point at what says where the stage runs, for a finding about something that is not there."""
    return (Related(place.type.span, "where the stage runs"),) if place.type is not None else ()
