"""A Vela pipeline as rules see it: thin views over nodes, made in one walk by `build`.

A value of the wrong shape is absent here; the schema speaks about it.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict

from pipelint.record import NamedTuple
from pipelint.source import Span
from pipelint.symbols import Symbols
from pipelint.vela.values import Text
from pipelint.yaml.node import Mapping, Node, Scalar

RULES = frozenset({
    "branch", "comment", "event", "path", "repo", "sender",
    "status", "tag", "target", "label", "instance",
})  # fmt: skip
"""The rules of a ruleset that hold patterns."""


class Rules(NamedTuple):
    """The `if` or the `unless` of a ruleset, with what it inherits.

    `texts` maps the name of a rule to its patterns; flat rules belong to `if`. `keys` gives the
    key of each. `operator` is `and` or `or`, `matcher` is `filepath` or `regexp`: what the server
    takes.
    """

    side: str
    texts: Dict[str, list[Text]]
    keys: Dict[str, list[Scalar]]
    eval: Text | None
    operator: str
    matcher: str


class Ruleset:
    """When a container runs. `certain` is false where a part of it could not be read.

    Containers that share a block share this object. The functions of `rulesets` keep in `events`
    and `identity` what they have worked out.
    """

    __slots__ = ("certain", "events", "identity", "key", "node", "unless", "when")

    def __init__(
        self, node: Mapping, key: Scalar, when: Rules, unless: Rules, *, certain: bool
    ) -> None:
        self.node = node
        self.key = key
        self.when = when
        self.unless = unless
        self.certain = certain
        self.events: frozenset[str] | None = None
        self.identity = ""


class SecretUse(NamedTuple):
    """A secret that a step or an origin asks for; `target` is None for the short form."""

    source: Text
    target: Text | None

    @property
    def variable(self) -> str:
        """The variable that gets the secret."""
        return (self.target or self.source).value.upper()


class TemplateCall(NamedTuple):
    """`template:` of a step, or of the deployment block."""

    node: Mapping
    key: Scalar
    name: Text | None


class Variable(NamedTuple):
    """One entry of an environment; the place is that of its name."""

    name: str
    span: Span
    value: Text | None


class Environment:
    """The variables of one `environment:`. `certain` is false where a part could not be read.

    Steps that share a block share this object; `by_name` is made once for all of them.
    """

    __slots__ = ("_by_name", "certain", "variables")

    def __init__(self, variables: tuple[Variable, ...], *, certain: bool) -> None:
        self.variables = variables
        self.certain = certain
        self._by_name: dict[str, Variable] | None = None

    @property
    def by_name(self) -> Dict[str, Variable]:
        """The variables by their names; of those that stand twice the last one counts."""
        if self._by_name is None:
            self._by_name = {variable.name: variable for variable in self.variables}
        return self._by_name


class Container(NamedTuple):
    """What steps, services and origins have in common; `what` is the word for it."""

    what: str
    node: Mapping
    name: Text | None
    image: Text | None
    ruleset: Ruleset | None
    environment: Environment
    secrets: tuple[SecretUse, ...]


class Step(NamedTuple):
    """A step. `stage` is None in a pipeline of steps."""

    container: Container
    stage: Stage | None
    template: TemplateCall | None

    @property
    def node(self) -> Mapping:
        """The mapping of the step."""
        return self.container.node

    @property
    def name(self) -> Text | None:
        """Its name, if it has one."""
        return self.container.name

    @property
    def ruleset(self) -> Ruleset | None:
        """When it runs."""
        return self.container.ruleset


class Service(NamedTuple):
    """A container that runs beside the steps."""

    container: Container


class Origin(NamedTuple):
    """A plugin that fetches secrets; `empty` as the server sees it."""

    container: Container
    key: Scalar
    empty: bool


class Secret(NamedTuple):
    """An entry of `secrets:`."""

    node: Mapping
    name: Text | None
    origin: Origin | None


class Stage(NamedTuple):
    """A stage; `name` is what other stages need it by, `key` the key it is written under."""

    key: Scalar
    node: Mapping
    name: Text
    needs: tuple[Text, ...]
    environment: Environment
    position: int

    @property
    def renamed(self) -> bool:
        """Whether `name:` replaces the key."""
        return self.name.node is not self.key


class Template(NamedTuple):
    """An entry of `templates:`."""

    node: Mapping
    name: Text | None
    source: Text | None
    type: Text | None
    format: Text | None


class Pipeline(NamedTuple):
    """The whole document.

    `steps` holds the steps of all stages, or those of `steps:`. `is_template` says that the file is
    a template and no pipeline of its own. `unread` is the first node that was one too many.
    """

    node: Mapping
    is_template: bool
    environment: Environment
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    services: tuple[Service, ...]
    secrets: tuple[Secret, ...]
    templates: tuple[Template, ...]
    deployment_template: TemplateCall | None
    render_inline: bool
    clone: bool
    symbols: Symbols
    unread: Node | None = None

    @property
    def containers(self) -> tuple[Container, ...]:
        """Every container, in the order of the model."""
        origins = [secret.origin for secret in self.secrets if secret.origin]
        owners: list[Service | Step | Origin] = [*self.services, *self.steps, *origins]
        return tuple([owner.container for owner in owners])
