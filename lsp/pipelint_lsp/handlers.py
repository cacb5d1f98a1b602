"""One handler for each request about a text: from a view and the parameters to an answer.

They run on the worker. A `Refusal` is what a person is told; anything else that goes wrong gives an
empty answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from lsprotocol import types

from pipelint import __version__
from pipelint_lsp.convert import results
from pipelint_lsp.convert.completion import completion_list
from pipelint_lsp.convert.view import View
from pipelint_lsp.features import (
    actions,
    completion,
    diagnostics,
    folding,
    hints,
    links,
    navigation,
    rename,
    signature,
    symbols,
    tokens,
)
from pipelint_lsp.features import status as _status
from pipelint_lsp.features.graph import picture
from pipelint_lsp.features.hover import hover as hover_at
from pipelint_lsp.features.hover import page
from pipelint_lsp.features.rename import Refusal
from pipelint_lsp.session import Opened, Session

Handler = Callable[[View, Any], Any]


class Request(NamedTuple):
    """A request: its method, who answers, what is said to the client of it, the empty answer."""

    method: str
    handler: Handler
    options: Any = None
    empty: Any = None


def problems(view: View) -> list[types.Diagnostic]:
    """Answer with what is wrong."""
    return results.diagnostics(diagnostics.problems(view.snapshot), view)


def config_problems(session: Session, view: View) -> list[types.Diagnostic]:
    """Answer with what is wrong in a configuration of pipelint, as it was saved."""
    path, source = view.snapshot.path, view.snapshot.source
    session.resolver.settings(path)
    wrong = (*session.resolver.problems, *session.resolver.withheld)
    own = [one for one in wrong if os.path.realpath(one.path) == os.path.realpath(path)]
    return [
        types.Diagnostic(
            view.range(source.inside(one.span)),
            f"{one.message}\n{one.help}" if one.help else one.message,
            types.DiagnosticSeverity.Error,
            source=results.SOURCE,
        )
        for one in own
        if one.source is None or one.source.text == source.text
    ]


def hover(view: View, params: types.HoverParams) -> types.Hover | None:
    """Answer what is known of a place."""
    return results.hover(hover_at(view.snapshot, view.offset(params.position)), view)


def complete(view: View, params: types.CompletionParams) -> types.CompletionList:
    """Answer what may stand at a place."""
    found = completion.complete(view.snapshot, view.offset(params.position))
    return completion_list(found, view)


def signature_help(view: View, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """Answer which arguments the call at a place takes."""
    return results.signature(signature.signature(view.snapshot, view.offset(params.position)))


def definition(view: View, params: types.DefinitionParams) -> list[types.Location]:
    """Answer where something is defined."""
    offset = view.offset(params.position)
    name = navigation.template_ref(view.snapshot, offset)
    if name and view.index is not None:
        return [results.entry_location(one) for one in view.index.templates(name)]
    return results.locations(navigation.definition(view.snapshot, offset), view)


def references(view: View, params: types.ReferenceParams) -> list[types.Location]:
    """Answer where something is used."""
    declaration = params.context.include_declaration
    offset = view.offset(params.position)
    name = navigation.template_at(view.snapshot, offset)
    if name and view.index is not None:
        view.index.put(view.snapshot, view.columns.place)  # as it is now, not as it was saved
        uses = view.index.uses(name)
        known = [*view.index.templates(name), *uses] if declaration else uses
        return [results.entry_location(one) for one in known]
    found = navigation.references(view.snapshot, offset, declaration=declaration)
    return [view.location(span) for span in found]


def highlight(view: View, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """Answer what is the same."""
    found = navigation.highlights(view.snapshot, view.offset(params.position))
    return results.highlights(found, view)


def prepare_rename(view: View, params: types.PrepareRenameParams) -> Any:
    """Answer what would be renamed."""
    found = rename.prepare(view.snapshot, view.offset(params.position))
    if isinstance(found, Refusal):
        return found
    return types.PrepareRenamePlaceholder(view.range(found.span), found.name)


def renamed(view: View, params: types.RenameParams) -> Any:
    """Answer with the edits of a rename."""
    found = rename.rename(view.snapshot, view.offset(params.position), params.new_name)
    return found if isinstance(found, Refusal) else results.workspace_edit(found, view)


def code_action(view: View, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Answer what can be done; what an editor does on saving, only when it asks for that."""
    found: list[actions.Action] = []
    if _wants(params.context.only, types.CodeActionKind.QuickFix.value):
        found += actions.actions(view.snapshot, view.span(params.range))
    if view.mended is not None and _wants(params.context.only, results.FIX_ALL):
        everything = actions.fix_all(view.mended())
        found += [everything] if everything is not None else []
    return results.code_actions(found, diagnostics.problems(view.snapshot), view)


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Tell whether a kind is asked for; `source` means all that begins with it."""
    asked = [one.value if isinstance(one, types.CodeActionKind) else one for one in only or ("",)]
    return any(not one or kind == one or kind.startswith(f"{one}.") for one in asked)


def document_symbol(view: View, _: types.DocumentSymbolParams) -> Any:
    """Answer with the outline."""
    found = symbols.outline(view.snapshot)
    trees = view.client.trees
    return results.document_symbols(found, view) if trees else results.flat_symbols(found, view)


def folding_range(view: View, _: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Answer what can be folded."""
    return results.folding_ranges(folding.folds(view.snapshot))


def selection_range(view: View, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    """Answer what to select around each place."""
    places = [view.offset(position) for position in params.positions]
    return [
        results.selection_range(folding.selections(view.snapshot, place), view) for place in places
    ]


def document_link(view: View, _: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """Answer what leads out of the text."""
    return results.links(links.links(view.snapshot), view)


def code_lens(view: View, _: types.CodeLensParams) -> list[types.CodeLens]:
    """Answer how often things are used."""
    return results.lenses(links.lenses(view.snapshot), view)


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Answer what expressions give."""
    return results.hints(hints.hints(view.snapshot, view.span(params.range)), view)


def semantic_tokens(view: View, _: types.SemanticTokensParams) -> types.SemanticTokens:
    """Answer what names stand for."""
    return results.tokens(tokens.tokens(view.snapshot), view)


REQUESTS = (
    Request(
        types.TEXT_DOCUMENT_COMPLETION,
        complete,
        types.CompletionOptions(trigger_characters=list(completion.TRIGGERS)),
    ),
    Request(types.TEXT_DOCUMENT_HOVER, hover),
    Request(types.TEXT_DOCUMENT_DEFINITION, definition, empty=[]),
    Request(types.TEXT_DOCUMENT_REFERENCES, references, empty=[]),
    Request(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlight, empty=[]),
    Request(types.TEXT_DOCUMENT_PREPARE_RENAME, prepare_rename),
    Request(types.TEXT_DOCUMENT_RENAME, renamed, types.RenameOptions(prepare_provider=True)),
    Request(
        types.TEXT_DOCUMENT_CODE_ACTION,
        code_action,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, results.FIX_ALL]),
        [],
    ),
    Request(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbol, empty=[]),
    Request(types.TEXT_DOCUMENT_FOLDING_RANGE, folding_range, empty=[]),
    Request(types.TEXT_DOCUMENT_SELECTION_RANGE, selection_range),
    Request(types.TEXT_DOCUMENT_DOCUMENT_LINK, document_link, empty=[]),
    Request(types.TEXT_DOCUMENT_CODE_LENS, code_lens, empty=[]),
    Request(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        signature_help,
        types.SignatureHelpOptions(trigger_characters=list(signature.TRIGGERS)),
    ),
    Request(types.TEXT_DOCUMENT_INLAY_HINT, inlay_hint, empty=[]),
    Request(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        semantic_tokens,
        results.LEGEND,
        types.SemanticTokens([]),
    ),
)


def status(session: Session, opened: Opened) -> dict[str, Any]:
    """Answer why a text is, or is not, treated as a pipeline."""
    snapshot = session.snapshot(opened)
    config = session.resolver.settings(opened.path).config_path or ""
    withheld = [problem.message for problem in session.resolver.withheld]
    problems_ = [f"{one.path}: {one.message}" for one in session.problems()]
    said = _status.status(snapshot, config)
    return {
        "uri": opened.uri,
        "version": __version__,
        "kind": said.kind,
        "checked": said.checked,
        "reason": said.reason,
        "problems": said.problems,
        "suppressed": said.suppressed,
        "parser": said.parser,
        "config": said.config,
        "notes": [*session.resolver.notes, *withheld, *problems_],
    }


def graph(session: Session, opened: Opened, depth: Any, width: Any) -> dict[str, Any]:
    """Answer with the picture of a text; where there is none, with the reason."""
    room = width if isinstance(width, int) and width > 0 else None
    made = picture(session.snapshot(opened), stages=depth == "stages", width=room)
    return {"uri": opened.uri, **made._asdict()}


def explain(rule: str) -> dict[str, str]:
    """Answer with the page of a rule."""
    return {"rule": rule, "markdown": page(rule)}
