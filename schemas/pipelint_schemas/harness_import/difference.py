"""What differs between two imports, in words: types of steps, keys, what is needed, values."""

from __future__ import annotations

from pipelint_schemas.harness_import.bundle import Schema


def compare(old: Schema, new: Schema) -> str:
    """Return one line for each difference that a user may notice; empty where there is none."""
    before, after = old["$defs"], new["$defs"]
    lines = _names("step type", _steps(before), _steps(after))
    for name in sorted(set(before) & set(after)):
        if name not in {"step", "step-body"} and before[name] != after[name]:
            lines += _definition(name, before[name], after[name])
    return "".join(f"{line}\n" for line in lines)


def _steps(definitions: Schema) -> set[str]:
    return {name.removeprefix("step.") for name in definitions if name.startswith("step.")}


def _names(what: str, before: set[str], after: set[str]) -> list[str]:
    new = [f"new {what} `{name}`" for name in sorted(after - before)]
    return new + [f"{what} `{name}` is gone" for name in sorted(before - after)]


def _definition(name: str, before: Schema, after: Schema) -> list[str]:
    if name == "placement":
        both = sorted(set(before) & set(after))
        return [f"step type `{kind}`: other places" for kind in both if before[kind] != after[kind]]
    old, new = before.get("properties", {}), after.get("properties", {})
    lines = _names("key", set(old), set(new))
    lines += _names("needed key", set(before.get("required", ())), set(after.get("required", ())))
    for key in sorted(set(old) & set(new)):
        if old[key] != new[key]:
            lines += _values(old[key], new[key]) or ["takes other values"]
            lines[-1] = f"`{key}`: {lines[-1]}"
    return [f"{name}: {line}" for line in lines or ["other values"]]


def _values(before: Schema, after: Schema) -> list[str]:
    old, new = before.get("enum", []), after.get("enum", [])
    if not old or not new:
        return []
    changes = [f"+{value}" for value in new if value not in old]
    changes += [f"-{value}" for value in old if value not in new]
    return [" ".join(changes)] if changes else []
