"""Our values as those of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types

from pipelint.diagnostic import ERROR, WARNING, Edit
from pipelint.source import Span
from pipelint_lsp.convert.view import View
from pipelint_lsp.features import actions, folding, symbols
from pipelint_lsp.features.diagnostics import Problem
from pipelint_lsp.features.hints import Hint
from pipelint_lsp.features.hover import Hovered
from pipelint_lsp.features.links import Lens, Link
from pipelint_lsp.features.navigation import Target
from pipelint_lsp.features.occurrences import Occurrence
from pipelint_lsp.features.rename import Renamed
from pipelint_lsp.features.signature import Call
from pipelint_lsp.features.symbols import Symbol
from pipelint_lsp.features.tokens import KINDS, Token
from pipelint_lsp.index import Entry

SOURCE = "pipelint"
FIX_ALL = "source.fixAll.pipelint"

_SEVERITIES = {ERROR: types.DiagnosticSeverity.Error, WARNING: types.DiagnosticSeverity.Warning}
_SYMBOLS = {
    symbols.STAGE: types.SymbolKind.Class,
    symbols.GROUP: types.SymbolKind.Namespace,
    symbols.STEP: types.SymbolKind.Function,
    symbols.SERVICE: types.SymbolKind.Object,
    symbols.SECRET: types.SymbolKind.Key,
    symbols.TEMPLATE: types.SymbolKind.File,
    symbols.VARIABLE: types.SymbolKind.Variable,
    symbols.ENTITY: types.SymbolKind.Module,
}
_KINDS = {
    actions.FIX: types.CodeActionKind.QuickFix,
    actions.IGNORE: types.CodeActionKind.QuickFix,
    actions.ALL: FIX_ALL,
}


# --- problems ------------------------------------------------------------------------------------


def diagnostics(found: Iterable[Problem], view: View) -> list[types.Diagnostic]:
    """Write problems."""
    return [_diagnostic(one, view) for one in found]


def _diagnostic(one: Problem, view: View) -> types.Diagnostic:
    tags = [types.DiagnosticTag.Unnecessary] if one.unnecessary else []
    tags += [types.DiagnosticTag.Deprecated] if one.deprecated else []
    related = [
        types.DiagnosticRelatedInformation(view.location(each.span, each.path), each.message)
        for each in one.related
    ]
    return types.Diagnostic(
        range=view.range(one.span),
        message=f"{one.message}\n{one.help}" if one.help else one.message,
        severity=_SEVERITIES.get(one.level, types.DiagnosticSeverity.Information),
        code=one.rule,
        code_description=types.CodeDescription(one.url) if one.url else None,
        source=SOURCE,
        tags=tags or None,
        related_information=related or None,
    )


def code_actions(
    found: Iterable[actions.Action], about: Iterable[Problem], view: View
) -> list[types.CodeAction]:
    """Write what can be done, each with the problem that it is about."""
    known = {(one.rule, one.span): _diagnostic(one, view) for one in about}
    return [
        types.CodeAction(
            title=one.title,
            kind=_KINDS[one.what],
            is_preferred=one.preferred or None,
            edit=workspace_edit(one.edits, view),
            diagnostics=_about(one, known),
        )
        for one in found
    ]


def _about(
    one: actions.Action, known: dict[tuple[str, Span], types.Diagnostic]
) -> list[types.Diagnostic] | None:
    found = known.get((one.rule, one.span)) if one.span is not None else None
    return [found] if found is not None else None


def workspace_edit(edits: Iterable[Edit | Renamed], view: View) -> types.WorkspaceEdit:
    """Write edits of one version of one text: an editor refuses them for any other."""
    snapshot = view.snapshot
    if not view.client.versions:
        plain = [types.TextEdit(view.range(edit.span), edit.text) for edit in edits]
        return types.WorkspaceEdit(changes={snapshot.uri: plain})
    document = types.OptionalVersionedTextDocumentIdentifier(snapshot.uri, snapshot.version)
    made: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = [
        types.TextEdit(view.range(edit.span), edit.text) for edit in edits
    ]
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, made)])


# --- places --------------------------------------------------------------------------------------


def hover(found: Hovered | None, view: View) -> types.Hover | None:
    """Write what is known of a place."""
    if found is None:
        return None
    text = types.MarkupContent(types.MarkupKind.Markdown, found.text)
    return types.Hover(text, view.range(found.span))


def locations(found: Iterable[Target], view: View) -> list[types.Location]:
    """Write places to go to."""
    return [view.location(one.span, one.path) for one in found]


def highlights(found: Iterable[Occurrence], view: View) -> list[types.DocumentHighlight]:
    """Write where a name stands."""
    write, read = types.DocumentHighlightKind.Write, types.DocumentHighlightKind.Read
    return [
        types.DocumentHighlight(view.range(one.span), write if one.is_definition else read)
        for one in found
    ]


def links(found: Iterable[Link], view: View) -> list[types.DocumentLink]:
    """Write links."""
    return [
        types.DocumentLink(
            view.range(one.span),
            target=view.location(Span(0, 0), one.path).uri if one.path else one.url,
        )
        for one in found
    ]


def lenses(found: Iterable[Lens], view: View) -> list[types.CodeLens]:
    """Write remarks; there is nothing to run."""
    return [types.CodeLens(view.range(one.span), types.Command(one.title, "")) for one in found]


def hints(found: Iterable[Hint], view: View) -> list[types.InlayHint]:
    """Write remarks within a line."""
    return [
        types.InlayHint(view.position(one.offset), one.text, padding_left=True) for one in found
    ]


def signature(found: Call | None) -> types.SignatureHelp | None:
    """Write the arguments of a call."""
    if found is None:
        return None
    parameters = [types.ParameterInformation(one) for one in found.parameters]
    made = types.SignatureInformation(found.label, parameters=parameters)
    return types.SignatureHelp([made], 0, found.active)


LEGEND = types.SemanticTokensLegend(list(KINDS), ["declaration"])


def tokens(found: Iterable[Token], view: View) -> types.SemanticTokens:
    """Write what names stand for, each place relative to the one before."""
    data: list[int] = []
    line = column = 0
    for one in found:
        start, end = view.position(one.span.start), view.position(one.span.end)
        if start.line > line:
            column = 0
        kind = KINDS.index(one.kind)
        data += (start.line - line, start.character - column, end.character - start.character)
        data += (kind, int(one.is_definition))
        line, column = start.line, start.character
    return types.SemanticTokens(data)


# --- the text as a whole -------------------------------------------------------------------------


def document_symbols(found: Iterable[Symbol], view: View) -> list[types.DocumentSymbol]:
    """Write the outline as a tree."""
    return [
        types.DocumentSymbol(
            name=one.name,
            kind=_SYMBOLS[one.kind],
            range=view.range(one.span),
            selection_range=view.range(one.name_span),
            detail=one.detail or None,
            children=document_symbols(one.children, view),
        )
        for one in found
    ]


def flat_symbols(
    found: Iterable[Symbol], view: View, around: str = ""
) -> list[types.SymbolInformation]:
    """Write the outline for an editor that knows no trees."""
    flat: list[types.SymbolInformation] = []
    for one in found:
        place = view.location(one.span)
        kind = _SYMBOLS[one.kind]
        flat.append(
            types.SymbolInformation(
                location=place, name=one.name, kind=kind, container_name=around or None
            )
        )
        flat += flat_symbols(one.children, view, one.name)
    return flat


def entry_location(one: Entry) -> types.Location:
    """Write the place of a name in another file."""
    return types.Location(
        one.uri, types.Range(types.Position(*one.start), types.Position(*one.end))
    )


def workspace_symbols(found: Iterable[Entry]) -> list[types.WorkspaceSymbol]:
    """Write names of other files."""
    return [
        types.WorkspaceSymbol(
            location=entry_location(one),
            name=one.name,
            kind=_SYMBOLS[one.kind],
            container_name=one.container or None,
        )
        for one in found
    ]


def folding_ranges(found: Iterable[folding.Fold]) -> list[types.FoldingRange]:
    """Write what can be folded."""
    kinds = {folding.COMMENT: types.FoldingRangeKind.Comment}
    return [types.FoldingRange(one.start, one.end, kind=kinds.get(one.kind)) for one in found]


def selection_range(found: Sequence[Span], view: View) -> types.SelectionRange:
    """Write what to select, from the inside out."""
    made: types.SelectionRange | None = None
    for span in reversed(found):
        made = types.SelectionRange(view.range(span), made)
    return made or types.SelectionRange(view.range(Span(0, 0)))
