"""Runs a parsed RE2 pattern over a short text: all ways at once, so that time stays linear."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelint.patterns.re2_node import (
    ANY,
    ASSERT,
    CHOICE,
    CONCAT,
    EMPTY,
    GROUP,
    REPEAT,
    SET,
    TEXT,
    CharSet,
    Node,
)

MAX_STATES = 2000
_FINAL = 0


class State:
    """One step of the machine: a test of a character, an assertion, or a fork without either."""

    __slots__ = ("after", "fold", "kind", "other", "set", "text")

    def __init__(self, kind: str, after: int, other: int = -1) -> None:
        self.kind = kind
        self.after = after
        self.other = other
        self.text = ""
        self.fold = False
        self.set: CharSet | None = None


class Machine:
    """Builds states from the end of a pattern to its start; `entry` is the latest one."""

    __slots__ = ("entry", "folds", "states", "tasks", "unknown")

    def __init__(self) -> None:
        self.states = [State("final", -1)]
        self.entry = _FINAL
        self.folds = self.unknown = False
        self.tasks: list[Callable[[], None]] = []

    def add(self, kind: str, other: int = -1) -> State:
        """Put a state before everything so far."""
        state = State(kind, self.entry, other)
        self.entry = len(self.states)
        self.states.append(state)
        return state

    def resume(self, entry: int) -> None:
        """Go on before an earlier state."""
        self.entry = entry


def build(root: Node) -> Machine | None:
    """Build the machine of a pattern, or None where it were too large."""
    if root.size > MAX_STATES:
        return None
    machine = Machine()
    _plan(machine, root)
    while machine.tasks:
        machine.tasks.pop()()
    return machine


def _plan(machine: Machine, node: Node) -> None:
    machine.tasks.append(lambda: _BUILDERS[node.kind](machine, node))


def _build_empty(machine: Machine, node: Node) -> None:
    """Nothing to test: what follows is where it begins."""


def _build_text(machine: Machine, node: Node) -> None:
    for character in reversed(node.text):
        state = machine.add(TEXT)
        state.text, state.fold = character, node.fold
    machine.folds |= node.fold


def _build_one(machine: Machine, node: Node) -> None:
    state = machine.add(node.kind)
    state.text, state.fold, state.set = node.text, node.fold, node.set
    if node.set:
        machine.folds |= node.fold
        machine.unknown |= node.set.unknown


def _build_parts(machine: Machine, node: Node) -> None:
    # The last task goes first, and the last part is built first: it is the end.
    for sub in node.subs:
        _plan(machine, sub)


def _build_choice(machine: Machine, node: Node) -> None:
    after = machine.entry
    entries: list[int] = []

    def keep() -> None:
        entries.append(machine.entry)
        machine.resume(after)

    def join() -> None:
        machine.resume(entries[0])
        for entry in entries[1:]:
            machine.add("fork", entry)

    machine.tasks.append(join)
    for sub in node.subs:
        machine.tasks.append(keep)
        _plan(machine, sub)


def _build_repeat(machine: Machine, node: Node) -> None:
    """Write `x{2,4}` as `xx(x(x)?)?` and `x{2,}` as `xxx*`."""
    (sub,) = node.subs
    after = machine.entry
    for _ in range(node.low):
        _plan(machine, sub)
    if node.high < 0:
        _plan_star(machine, sub)
        return

    def offer_skip() -> None:
        machine.add("fork", after)

    for _ in range(node.high - node.low):
        machine.tasks.append(offer_skip)
        _plan(machine, sub)


def _plan_star(machine: Machine, sub: Node) -> None:
    def open_loop() -> None:
        fork = machine.add("fork")
        loop = machine.entry

        def close_loop() -> None:
            fork.other = machine.entry
            machine.resume(loop)

        machine.tasks.append(close_loop)
        _plan(machine, sub)

    machine.tasks.append(open_loop)


_BUILDERS: dict[str, Callable[[Machine, Node], None]] = {
    EMPTY: _build_empty,
    TEXT: _build_text,
    ANY: _build_one,
    SET: _build_one,
    ASSERT: _build_one,
    GROUP: _build_parts,
    CONCAT: _build_parts,
    CHOICE: _build_choice,
    REPEAT: _build_repeat,
}


def search(machine: Machine, text: str) -> bool | None:
    """Tell whether the machine finds a match anywhere in the text; None where that is not known."""
    if machine.unknown or (machine.folds and not text.isascii()):
        return None
    waiting: set[int] = set()
    for at in range(len(text) + 1):
        waiting.add(machine.entry)
        tests = _follow(machine.states, waiting, text, at)
        if tests is None:
            return True
        if at < len(text):
            waiting = {state.after for state in tests if _accepts(state, text[at])}
    return False


def _follow(states: list[State], waiting: set[int], text: str, at: int) -> list[State] | None:
    """Collect the character tests that can be reached at a place; None where the end can be."""
    seen = set(waiting)
    pending = list(waiting)
    tests: list[State] = []
    while pending:
        number = pending.pop()
        if number == _FINAL:
            return None
        state = states[number]
        if state.kind not in {ASSERT, "fork"}:
            tests.append(state)
        elif state.kind == "fork" or _holds(state.text, text, at):
            reached = {state.after, state.other} - seen - {-1}
            seen |= reached
            pending += reached
    return tests


def _holds(assertion: str, text: str, at: int) -> bool:
    if assertion == "A":
        return at == 0
    if assertion == "z":
        return at == len(text)
    if assertion == "^":
        return at == 0 or text[at - 1] == "\n"
    if assertion == "$":
        return at == len(text) or text[at] == "\n"
    boundary = _is_word(text[max(at - 1, 0) : at]) != _is_word(text[at : at + 1])
    return boundary == (assertion == "b")


def _is_word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


def _accepts(state: State, character: str) -> bool:
    if state.kind == ANY:
        return state.fold or character != "\n"
    forms = _same_letters(character) if state.fold else character
    if state.set:
        return _contains(state.set, forms) != state.set.negated
    return state.text in forms


def _same_letters(character: str) -> str:
    """Return all characters that are one ASCII character when letter case is ignored."""
    forms = character.lower() + character.upper()
    extra = {"k": "\u212a", "s": "\u017f"}
    return forms + extra.get(character.lower(), "")


def _contains(chars: CharSet, forms: str) -> bool:
    """Tell whether a class holds one of the forms; a named class is negated after letter case."""
    if any(form in member for member in chars.members for form in forms):
        return True
    if _in_ranges(chars.ranges, forms):
        return True
    return any(_in_ranges(ranges, forms) != negated for negated, ranges in chars.groups)


def _in_ranges(ranges: Iterable[tuple[int, int]], forms: str) -> bool:
    return any(low <= ord(form) <= high for low, high in ranges for form in forms)
