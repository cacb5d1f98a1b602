"""Rings in a graph of names: who waits for whom in a circle. Linear, no recursion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Graph = Mapping[str, Sequence[str]]
"""Name → the names it points to; each of them is a key, too."""


def components(graph: Graph) -> list[list[str]]:
    """Return the groups of two or more names that reach each other, in the order of the graph."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    groups: list[list[str]] = []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph[root]))]
        while work:
            name, rest = work[-1]
            if name not in number:
                number[name] = low[name] = len(number)
                open_.append(name)
                is_open.add(name)
            following = next(rest, None)
            if following is not None:
                if following not in number:
                    work.append((following, iter(graph[following])))
                elif following in is_open:
                    low[name] = min(low[name], number[following])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[name])
            if low[name] == number[name]:
                groups.append(_close(name, open_, is_open))
    order = {name: position for position, name in enumerate(graph)}
    rings = [sorted(group, key=order.__getitem__) for group in groups if len(group) > 1]
    return sorted(rings, key=lambda group: order[group[0]])


def _close(name: str, open_: list[str], is_open: set[str]) -> list[str]:
    group = [open_.pop()]
    while group[-1] != name:
        group.append(open_.pop())
    is_open.difference_update(group)
    return group


def ring(graph: Graph, component: Sequence[str]) -> list[str]:
    """Return a shortest way from the first name of a component back to it, the first name first."""
    inside = set(component)
    start = component[0]
    came_from: dict[str, str] = {}
    wave = [start]
    while wave:
        following = []
        for name in wave:
            for target in graph[name]:
                if target == start:
                    return _way(came_from, start, name)
                if target in inside and target not in came_from:
                    came_from[target] = name
                    following.append(target)
        wave = following
    return [start]


def _way(came_from: Mapping[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
