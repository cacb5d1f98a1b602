"""The catalogue of Harness: what each kind of document may hold, and which step may stand where.

Ours comes with the package. A repository may bring an imported one (`catalogue:` in pipelint.yaml),
which knows step types that are newer than this release.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelint.record import NamedTuple
from pipelint.schema.shape import Shape, shapes_of
from pipelint_schemas.load import Slices

OURS = "harness/slices.json"


class Places(NamedTuple):
    """The kinds of stages that offer a step type, or offer it for a rollback.

    `template` tells whether a template may be made of it.
    """

    stages: frozenset[str]
    rollback: frozenset[str]
    template: bool


class Catalogue:
    """Definitions, opened when a document reaches them."""

    __slots__ = ("_places", "_shapes", "_slices")

    def __init__(self, slices: Slices) -> None:
        self._slices = slices
        self._shapes = shapes_of(slices.get)
        self._places: dict[str, Places] = {}

    def shape(self, name: str) -> Shape:
        """Return a definition; raises KeyError where there is none."""
        return self._shapes.get(name)

    @property
    def places(self) -> Mapping[str, Places]:
        """Where each known step type may stand."""
        if not self._places:
            self.read_places()
        return self._places

    def read_places(self) -> None:
        """Read the table of places."""
        for name, row in self._slices.get("placement").items():
            rollback = frozenset(row.get("rollback", ()))
            places = Places(frozenset(row["stages"]), rollback, bool(row.get("template")))
            self._places[name] = places


_known: dict[str, Catalogue] = {}


def load(path: str) -> Catalogue:
    """Read the imported catalogue of an absolute path anew.

    Raises OSError where the file cannot be read, ValueError where it holds no catalogue; from then
    on whoever asks for it gets ours.
    """
    _known[path] = catalogue_or_ours("")
    _known[path] = _imported(path)
    return _known[path]


def catalogue_or_ours(path: str) -> Catalogue:
    """Return the imported catalogue of a path; ours for the empty path, and where it is no good."""
    if path not in _known:
        try:
            _known[path] = _imported(path) if path else Catalogue(Slices(OURS))
        except (OSError, ValueError):
            _known[path] = catalogue_or_ours("")
    return _known[path]


def _imported(path: str) -> Catalogue:
    from pipelint_schemas.imported import ImportedSlices

    made = Catalogue(ImportedSlices("harness", path))
    try:
        made.shape("pipeline-file")
        made.read_places()
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError("it lacks something, or something has another shape") from error
    return made
