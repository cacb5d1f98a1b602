"""Words that people write for types of steps and of stages, and what they mean by them."""

from __future__ import annotations

from collections.abc import Iterable

from pipelint.name import nearest

_SHORT = 3

STEPS = {
    "script": ("ShellScript", "Run"),
    "shell": ("ShellScript", "Run"),
    "bash": ("ShellScript", "Run"),
    "approval": ("HarnessApproval",),
    "manualapproval": ("HarnessApproval",),
    "k8srolling": ("K8sRollingDeploy",),
    "k8scanary": ("K8sCanaryDeploy",),
    "k8sbluegreen": ("K8sBlueGreenDeploy",),
    "k8srollback": ("K8sRollingRollback",),
    "rolling": ("K8sRollingDeploy",),
    "docker": ("BuildAndPushDockerRegistry",),
    "dockerbuild": ("BuildAndPushDockerRegistry",),
    "buildandpush": ("BuildAndPushDockerRegistry",),
    "buildandpushdocker": ("BuildAndPushDockerRegistry",),
    "buildandpushdockerhub": ("BuildAndPushDockerRegistry",),
    "runtest": ("RunTests",),
    "tests": ("Test",),
    "checkout": ("GitClone",),
    "clone": ("GitClone",),
    "sleep": ("Wait",),
    "delay": ("Wait",),
    "httprequest": ("Http",),
    "sendemail": ("Email",),
}
"""A word in small letters without `-_ `, and the types that it stands for, by the stage."""

STAGES = {
    "build": "CI",
    "cd": "Deployment",
    "deploy": "Deployment",
    "deployments": "Deployment",
    "security": "SecurityTests",
    "securitytest": "SecurityTests",
    "sto": "SecurityTests",
    "chainedpipeline": "Pipeline",
    "ff": "FeatureFlag",
    "approve": "Approval",
    "iac": "IACM",
}


def fold(word: str) -> str:
    """Return what is compared of a word."""
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")


def slips(word: str, known: Iterable[str]) -> list[str]:
    """Return the known types from which a word is one slip of the pen away, best first.

    Harness gets new types each month, many of them like older ones: more than one letter, or
    another number at the end, is no proof that the word is wrong.
    """
    names = list(known)
    near = nearest(word, names, within=1) or [name for name in names if _is_slip(word, name)]
    return [name for name in near if name.rstrip("0123456789") != word.rstrip("0123456789")]


def _is_slip(word: str, name: str) -> bool:
    """Tell whether two neighbours are swapped, or one letter of a short word is another."""
    if len(word) != len(name):
        return False
    pairs = enumerate(zip(word.lower(), name.lower(), strict=True))
    different = [(at, one, two) for at, (one, two) in pairs if one != two]
    if len(different) == 1:
        return len(word) <= _SHORT
    if len(different) != 2:  # noqa: PLR2004 - neighbours
        return False
    (first, *before), (second, *after) = different
    return second == first + 1 and before == after[::-1]
