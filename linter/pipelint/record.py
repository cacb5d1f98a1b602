"""`NamedTuple`, made in less than half of the time: a cold start makes eighty of them.

`typing.NamedTuple` compiles each annotation, and nobody looks at what comes of it. Type checkers
see that one all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Maker(type):
        """Turns the body of a class into a tuple with names, methods and defaults."""

        def __new__(cls, name: str, _: tuple[type, ...], body: dict[str, Any]) -> type:
            annotations = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in annotations if field in body]
            made = namedtuple(  # noqa: PYI024 - that one is what we do without
                name, annotations, defaults=defaults, module=body.pop("__module__")
            )
            made.__annotations__ = annotations
            for key, value in body.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
