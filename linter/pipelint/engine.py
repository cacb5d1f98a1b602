"""One text into diagnostics: text → tree → kind → shape → model → rules → policy. No disk here.

A dialect is a module with one function, `read`: it says whether a text is its own, and gives it
as a `Document` then. Everything else is the same for all.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipelint.config import Settings
from pipelint.diagnostic import ERROR, Diagnostic, Finding, Related
from pipelint.document import Document, Named, Surroundings
from pipelint.outside import Nowhere, Outside
from pipelint.policy import SIGN, Text, judge
from pipelint.record import NamedTuple
from pipelint.rule import Rule
from pipelint.security.credentials import hidden_places
from pipelint.source import Source, Span
from pipelint.surplus import Gathered
from pipelint.table import Table
from pipelint.yaml import parse
from pipelint.yaml.node import Mapping, Tree
from pipelint.yaml.place import Router
from pipelint.yaml.sharing import Sharing, sharing_of

if TYPE_CHECKING:
    from pipelint.ignores import Comment

UNKNOWN = "unknown"
DIALECTS = ("vela", "harness")
HARNESS_KEYS = frozenset({
    "pipeline", "template", "inputSet", "overlayInputSet", "trigger", "service", "environment",
    "infrastructureDefinition",
})  # fmt: skip
"""Keys at the root with which the dialect that is asked second is the likelier one."""

INTERNAL_ERROR = Rule(
    name="internal-error",
    level=ERROR,
    family="pipelint",
    document="""Reports that a rule of pipelint failed on this file.

    This is a bug in pipelint, not in the pipeline. What the other rules found is complete.
    """,
)

Found = tuple[Rule, Finding]


class Checked(NamedTuple):
    """What came of one file; `note` says what of it was not checked, and why.

    `masked` are the places of literal credentials: whoever prints a word of the file hides them.
    `complete` says that every rule has run to its end. `stale` counts what the baseline knows of
    the file and is not found any more.
    """

    source: Source
    kind: str
    checked: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    note: str = ""
    masked: tuple[Span, ...] = ()
    complete: bool = True
    stale: int = 0


def check(
    source: Source,
    settings: Settings,
    outside: Outside | None = None,
    *,
    home: str = "",
    no_ignores: bool = False,
    schema: Any = None,
) -> Checked:
    """Check one text; the first dialect that says so owns it.

    `home` is the path that fingerprints are made with. With `no_ignores` comments hide nothing.
    `schema` is the user's own for this text (`pipelint.schema.user.UserSchema`).
    """
    return examine(source, settings, outside, home=home, no_ignores=no_ignores, schema=schema)[0]


def examine(
    source: Source,
    settings: Settings,
    outside: Outside | None = None,
    *,
    home: str = "",
    no_ignores: bool = False,
    schema: Any = None,
) -> tuple[Checked, Document | None]:
    """Check one text as `check` does; give the document too, or None where it is no pipeline."""
    collects = gc.isenabled()
    gc.disable()  # nodes make no cycles; collecting would cost a tenth of the whole
    try:
        around = Surroundings(
            settings.kind,
            outside or Nowhere(),
            settings.limits,
            settings.known_secrets,
            settings.options,
            schema,
            settings.harness,
            settings.catalogue or "",
        )
        return _check(source, settings, around, home, no_ignores=no_ignores)
    finally:
        if collects:
            gc.enable()


def _check(
    source: Source, settings: Settings, around: Surroundings, home: str, *, no_ignores: bool
) -> tuple[Checked, Document | None]:
    tree = parse(source, instead=lambda: _templated(source, around))
    for name in _likeliest_first(source, tree):
        dialect = dialect_of(name)
        document: Document | None = dialect.read(source, tree, around)
        if document is not None and not document.checked:
            unchecked = Checked(source, document.kind, checked=False, note=document.note)
            return unchecked, document
        if document is not None:
            gathered = _found(document, table_of(name, settings), source)
            found = _with_aliases(gathered.all(), document.tree)
            diagnostics: tuple[Diagnostic, ...] = ()
            complete = True
            if found or SIGN in source.text:
                text = _text(source, document.tree, gathered, home)
                complete = text.complete
                diagnostics = tuple(judge(text, found, settings, no_ignores=no_ignores))
            masked = hidden_places(document.tree, source.text) if diagnostics else ()
            said = (diagnostics, document.note, masked, complete)
            return Checked(source, document.kind, True, *said), document  # noqa: FBT003
    return Checked(source, UNKNOWN, checked=False), None


def _templated(source: Source, around: Surroundings) -> Tree | None:
    """Read a text that is no YAML before it is rendered; only Vela has such texts."""
    if "{{" not in source.text:
        return None
    tree: Tree | None = dialect_of("vela").read_templated(source, around)
    return tree


def _likeliest_first(source: Source, tree: Tree) -> Iterable[str]:
    """Order the dialects so that the second one is rarely imported."""
    root = tree.root
    ours = isinstance(root, Mapping) and bool(root.fields.keys() & HARNESS_KEYS)
    return reversed(DIALECTS) if ours or ".harness" in source.path else DIALECTS


def dialect_of(name: str) -> ModuleType:
    """Import a dialect when a document asks for it."""
    from importlib import import_module

    return import_module(f"pipelint.{name}.dialect")


# --- rules ---------------------------------------------------------------------------------------

_tables: dict[tuple[str, int], tuple[Settings, Table]] = {}


def table_of(dialect: str, settings: Settings) -> Table:
    """Return the rules of a dialect that are on; made once for each settings."""
    key = (dialect, id(settings))
    if key not in _tables or _tables[key][0] is not settings:
        _tables[key] = (settings, Table(dialect, settings))
    return _tables[key][1]


def _found(document: Document, table: Table, source: Source) -> Gathered:
    by_type = table.of_document(document.tree, source.text)
    tree, context = document.tree, document.context
    found = Gathered()
    _add_named(found, document.shape, table, tree)
    for node in document.nodes:
        for rule, run in by_type.get(type(node), ()):
            try:
                for finding in run(node, context):
                    if _is_guess(finding.span, tree.repaired):
                        continue
                    if not found.add(rule, finding):
                        break
            except Exception as error:  # noqa: BLE001 - the other findings must stay
                found.add(INTERNAL_ERROR, _internal_error(f"rule `{rule.name}`", error, source))
    try:
        _add_named(found, document.later(), table, tree)
    except Exception as error:  # noqa: BLE001
        found.add(INTERNAL_ERROR, _internal_error("the rules of expressions", error, source))
    _add_named(found, _problems(tree), table)
    return found


def _add_named(
    found: Gathered, named: Iterable[Named], table: Table, tree: Tree | None = None
) -> None:
    for name, finding in named:
        rule = table.named(name)
        if rule is not None and not (tree and _is_guess(finding.span, tree.repaired)):
            found.add(rule, finding)


def _is_guess(span: Span, repaired: list[Span]) -> bool:
    """Tell whether a finding touches text that was changed to read on after a mistake."""
    at = bisect_left(repaired, span.end, key=lambda place: place.start)
    return at > 0 and repaired[at - 1].end > span.start


def _problems(tree: Tree) -> Iterator[Named]:
    """Give what kept the text from being read; the YAML room says it in words."""
    for problem in tree.problems:
        yield "yaml-syntax", Finding(problem.span, problem.message, problem.label, problem.help)


def _internal_error(what: str, error: Exception, source: Source) -> Finding:
    return Finding(
        Span(0, min(1, len(source.text))),
        f"internal error in {what} on this file",
        notes=(
            f"{type(error).__name__}: {error}",
            "this is a bug in pipelint; the other results are complete",
        ),
    )


def _with_aliases(found: list[Found], tree: Tree) -> list[Found]:
    """Name the places where an anchored node that holds a finding is used again."""
    if not tree.aliases:
        return found
    sharing = sharing_of(tree)
    return [(rule, _with_uses(finding, sharing)) for rule, finding in found]


def _with_uses(finding: Finding, sharing: Sharing) -> Finding:
    uses = sharing.uses(finding.span.start)
    related = tuple(Related(span, "used again here") for span in uses)
    return finding._replace(related=finding.related + related) if related else finding


def _text(source: Source, tree: Tree, found: Gathered, home: str) -> Text:
    """Gather what the policy needs."""
    router = Router(tree)
    remarks: Sequence[Comment] = ()
    if SIGN in source.text:
        from pipelint.yaml.comments import comments

        remarks = comments(source, tree)
    failed = INTERNAL_ERROR.name in found.names
    return Text(
        source,
        remarks,
        extent=lambda offset: router.extent(source, offset),
        route=router.route,
        home=home,
        complete=not tree.problems and not failed and found.complete,
    )
