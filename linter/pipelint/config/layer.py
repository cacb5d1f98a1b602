"""What one configuration file says, key by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipelint.config.globs import Globs
from pipelint.config.levels import RuleSetting
from pipelint.config.reader import Reader, similar
from pipelint.config.rules import read_rules
from pipelint.config.settings import KINDS
from pipelint.config.version import satisfies
from pipelint.source import Span
from pipelint.yaml.node import Mapping, Node, Scalar

LIMITS = {
    "template-depth": "how deep templates may call templates",
    "report-as": "how many steps may report a status of their own",
    "token-repositories": "for how many repositories one step may ask a Git token",
    "token-steps": "how many steps may ask for a Git token",
}
"""The limits of a Vela server that an operator can change, or that a newer server may."""

_OVERRIDE = ("files", "rules")

ERAS = ("current", "legacy")
PLANS = ("free", "team", "enterprise")


class Layer:
    """One file's words. Globs are matched below `base`; `extends` holds paths and their places."""

    __slots__ = (
        "base",
        "baseline",
        "catalogue",
        "exclude",
        "extends",
        "harness",
        "kinds",
        "known_secrets",
        "limits",
        "overrides",
        "path",
        "require_reason",
        "rules",
        "schemas",
    )

    def __init__(self, path: str, base: str) -> None:
        self.path = path
        self.base = base
        self.extends: list[tuple[str, Span]] = []
        self.rules: list[RuleSetting] = []
        self.exclude = Globs(())
        self.overrides: list[tuple[Globs, list[RuleSetting]]] = []
        self.kinds: list[tuple[Globs, str]] = []
        self.schemas: list[tuple[Globs, str]] = []
        self.catalogue: str | None = None
        self.baseline: str | None = None
        self.harness: dict[str, Any] = {}
        self.known_secrets: tuple[str, ...] = ()
        self.limits: dict[str, int] = {}
        self.require_reason: bool | None = None


_Read = Callable[[Reader, Node, Layer], None]


def read_layer(reader: Reader, root: Node, layer: Layer) -> None:
    """Read the keys of a file into `layer`; what is wrong is reported and left out."""
    for key, value in reader.fields(root, "a configuration", "a map of settings"):
        read = _KEYS.get(key.text)
        if read:
            read(reader, value, layer)
        else:
            _unknown(reader, key, "setting", tuple(_KEYS))


def _unknown(reader: Reader, key: Scalar, what: str, known: tuple[str, ...]) -> None:
    hint = similar(key.text, what, known)
    reader.report(key.span, f"unknown key `{key.text}`", hint, f"not a pipelint {what}")


def _globs(reader: Reader, nodes: list[Scalar]) -> Globs:
    patterns = []
    for node in nodes:
        if ".." in node.text.split("/"):
            message = f"`{node.text}` leads out of the folder of this file"
            reader.report(node.span, message, "globs match what lies below this file")
        else:
            patterns.append((node.text, reader.source.position(node.start).line))
    return Globs(patterns)


def _read_rules(reader: Reader, node: Node, layer: Layer) -> None:
    layer.rules = read_rules(reader, node)


def _read_exclude(reader: Reader, node: Node, layer: Layer) -> None:
    layer.exclude = _globs(reader, reader.texts(node, "`exclude`"))


def _read_overrides(reader: Reader, node: Node, layer: Layer) -> None:
    for item in reader.items(node, "`overrides`", "a list of `files` and `rules`"):
        globs, rules = Globs(()), list[RuleSetting]()
        what = "an item of `overrides`"
        for key, value in reader.fields(item, what, "a map of `files` and `rules`"):
            if key.text == "files":
                globs = _globs(reader, reader.texts(value, "`files`", or_one=True))
            elif key.text == "rules":
                rules = read_rules(reader, value)
            else:
                _unknown(reader, key, "setting of an override", _OVERRIDE)
        if isinstance(item, Mapping):
            _require(reader, item, _OVERRIDE)
        layer.overrides.append((globs, rules))


def _require(reader: Reader, item: Mapping, names: tuple[str, ...]) -> None:
    if not item.fields.keys() <= set(names):
        return  # the unknown key is most likely the one that is missing
    for name in names:
        if item.get(name) is None:
            place = item.pairs[0][0].span if item.pairs else item.span
            reader.report(place, f"this override needs `{name}`", label="incomplete")


def _read_extends(reader: Reader, node: Node, layer: Layer) -> None:
    for item in reader.texts(node, "`extends`", or_one=True):
        path = reader.path(item, "`extends`")
        if path:
            layer.extends.append((path, item.span))


def _read_files(reader: Reader, node: Node, layer: Layer) -> None:
    for key, value in reader.fields(node, "`files`", "a map of globs to kinds"):
        kind = reader.choice(value, "kind", KINDS)
        if kind:
            layer.kinds.append((_globs(reader, [key]), kind))


def _read_schemas(reader: Reader, node: Node, layer: Layer) -> None:
    for key, value in reader.fields(node, "`schemas`", "a map of globs to paths"):
        if reader.text(value, "a schema") is not None and isinstance(value, Scalar):
            path = reader.path(value, "a schema")
            if path:
                layer.schemas.append((_globs(reader, [key]), path))


def _read_catalogue(reader: Reader, node: Node, layer: Layer) -> None:
    if reader.text(node, "`catalogue`") is not None and isinstance(node, Scalar):
        layer.catalogue = reader.path(node, "`catalogue`")


def _read_baseline(reader: Reader, node: Node, layer: Layer) -> None:
    if reader.text(node, "`baseline`") is not None and isinstance(node, Scalar):
        layer.baseline = reader.place(node, "`baseline`")  # the command that writes it comes later


def _read_harness(reader: Reader, node: Node, layer: Layer) -> None:
    for key, value in reader.fields(node, "`harness`", "a map"):
        found: Any = None
        if key.text == "era":
            found = reader.choice(value, "era", ERAS)
        elif key.text == "plan":
            found = reader.choice(value, "plan", PLANS)
        elif key.text == "flags":
            found = tuple(flag.text for flag in reader.texts(value, "`flags`"))
        else:
            _unknown(reader, key, "setting of `harness`", ("era", "flags", "plan"))
        if found is not None:
            layer.harness[key.text] = found


def _read_vela(reader: Reader, node: Node, layer: Layer) -> None:
    for key, value in reader.fields(node, "`vela`", "a map"):
        if key.text == "known-secrets":
            names = reader.texts(value, "`known-secrets`")
            layer.known_secrets = tuple(name.text for name in names)
        elif key.text == "limits":
            _read_limits(reader, value, layer)
        else:
            _unknown(reader, key, "setting of `vela`", ("known-secrets", "limits"))


def _read_limits(reader: Reader, node: Node, layer: Layer) -> None:
    for key, value in reader.fields(node, "`limits`", "a map of limits to numbers"):
        if key.text not in LIMITS:
            _unknown(reader, key, "limit", tuple(LIMITS))
            continue
        number = reader.number(value, f"`{key.text}`")
        if number is not None:
            layer.limits[key.text] = number


def _read_require_reason(reader: Reader, node: Node, layer: Layer) -> None:
    layer.require_reason = reader.truth(node, "`require-reason`")


def _read_required_version(reader: Reader, node: Node, _: Layer) -> None:
    from pipelint import __version__

    wanted = reader.text(node, "`required-version`")
    if wanted is None:
        return
    verdict = satisfies(__version__, wanted)
    if verdict is None:
        message = f"`{wanted}` is no version"
        reader.report(node.span, message, 'write for example `">=0.2, <1"`')
    elif not verdict:
        message = f"this configuration needs pipelint `{wanted}`"
        reader.report(node.span, message, f"this is pipelint {__version__}", "another version")


_KEYS: dict[str, _Read] = {
    "rules": _read_rules,
    "exclude": _read_exclude,
    "overrides": _read_overrides,
    "extends": _read_extends,
    "files": _read_files,
    "schemas": _read_schemas,
    "catalogue": _read_catalogue,
    "baseline": _read_baseline,
    "harness": _read_harness,
    "vela": _read_vela,
    "require-reason": _read_require_reason,
    "required-version": _read_required_version,
}
