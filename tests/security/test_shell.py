"""The commands of a script: words, pipes, redirections, substitutions, with their places."""

from __future__ import annotations

import time

import pytest

from pipelint.security.shell import assignments, call_of, commands, variables


@pytest.mark.parametrize(
    ("script", "programs"),
    [
        ("curl x | sh", ["curl", "sh"]),
        ("a && b || c; d & e", ["a", "b", "c", "d", "e"]),
        ("# curl x | sh", []),
        ("echo a#b", ["echo"]),
        ("echo 'a | sh'", ["echo"]),
        ('sh -c "$(curl x)"', ["sh", "curl"]),
        ("bash <(curl x)", ["bash", "curl"]),
        ("echo `curl x`", ["echo", "curl"]),
        ("sudo -E env A=1 bash -s", ["bash"]),
        ("A=1 B=2 make", ["make"]),
        ("cat <<EOF\ncurl x | sh\nEOF\nmake", ["cat", "make"]),
        ("if a; then b; fi", ["if", "a", "then", "b", "fi"]),
        ("x=$((1 + 2))", [""]),
        ("curl \\\n  x", ["curl"]),
    ],
)
def test_programs(script: str, programs: list[str]) -> None:
    assert [call_of(command).program for command in commands(script)] == programs


@pytest.mark.parametrize(
    ("script", "expanded"),
    [
        ('echo "$A ${B:-x}"', ["$A", "${B:-x}"]),
        ("echo '$A' \\$B", []),
        ('echo "$(echo $A)"', ["$A"]),
    ],
)
def test_variables_stand_where_they_are_written(script: str, expanded: list[str]) -> None:
    found = [
        script[start:end]
        for command in commands(script)
        for word in command.words
        for _, start, end in variables(word)
    ]
    assert found == expanded


def test_output_of_a_group_goes_where_the_group_says() -> None:
    inside, outside = (
        [one.captured for one in commands(script) if call_of(one).program == "echo"]
        for script in ("{ echo a; } > f", "{ echo a; }")
    )
    assert (inside, outside) == ([True], [False])


def test_assignments() -> None:
    (command,) = commands('export A=1 B="$C d"')
    assert [(one.name, one.value.text, one.exported) for one in assignments(command)] == [
        ("A", "1", True),
        ("B", "$C d", True),
    ]


@pytest.mark.parametrize(
    "part", ['"$(', "$((", "'", '"', "<<A\n", "{ ", "a|", "\\", "(", "`", "if "]
)
def test_hostile_scripts_take_no_longer(part: str) -> None:
    start = time.monotonic()
    commands(part * (1_000_000 // len(part)))
    assert time.monotonic() - start < 10
