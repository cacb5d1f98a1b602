"""How a picture looks: its colours by day and by night, and its letters."""

from __future__ import annotations

_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "faint": "#59636e",
    "line": "#8c959f",
    "border": "#afb8c1",
    "stage": "#f3f6f9",
    "group": "#eaeef2",
    "step": "#ffffff",
    "aside": "#fff8ec",
    "need": "#0969da",
    "error": "#cf222e",
    "warning": "#9a6700",
    "info": "#0969da",
    "on-badge": "#ffffff",
}
_DARK = {
    "paper": "#0d1117",
    "ink": "#e6edf3",
    "faint": "#9198a1",
    "line": "#6e7681",
    "border": "#3d444d",
    "stage": "#151b23",
    "group": "#1d2630",
    "step": "#0d1117",
    "aside": "#211a10",
    "need": "#4493f8",
    "error": "#ff7b72",
    "warning": "#e3b341",
    "info": "#79c0ff",
    "on-badge": "#0d1117",
}

_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"

_RULES = """
svg.pipelint{color-scheme:light dark;font-family:%s;font-size:12px}
.pipelint .paper{fill:var(--paper)}
.pipelint text{fill:var(--ink)}
.pipelint .title{font-size:16px;font-weight:600}
.pipelint .remark{font-size:11px;fill:var(--faint)}
.pipelint .holder{font-weight:600}
.pipelint .detail,.pipelint .note,.pipelint .frame{font-size:10px;fill:var(--faint)}
.pipelint rect{stroke:var(--border);fill:var(--step)}
.pipelint .paper{stroke:none;fill:var(--paper)}
.pipelint .stage>rect{fill:var(--stage)}
.pipelint .step-group>rect{fill:var(--group)}
.pipelint .parallel>rect,.pipelint .section>rect{fill:none;stroke-dasharray:5 4}
.pipelint .rollback>rect{fill:var(--aside)}
.pipelint .open>rect{stroke-dasharray:2 3}
.pipelint .has-error>rect{stroke:var(--error);stroke-width:1.6}
.pipelint .has-warning>rect{stroke:var(--warning);stroke-width:1.6}
.pipelint .level-error{fill:var(--error)}
.pipelint .level-warning{fill:var(--warning)}
.pipelint rect.badge{stroke:none}
.pipelint .badge.error{fill:var(--error)}
.pipelint .badge.warning{fill:var(--warning)}
.pipelint .badge.info{fill:var(--info)}
.pipelint .count{font-size:10px;font-weight:600;text-anchor:middle;fill:var(--on-badge)}
.pipelint .wire{fill:none;stroke:var(--line);stroke-width:1.3}
.pipelint .wire.needed{stroke:var(--need)}
.pipelint .wire.ring{stroke:var(--error);stroke-dasharray:5 3;stroke-width:1.8}
.pipelint .head{fill:var(--line)}
.pipelint .head.needed{fill:var(--need)}
.pipelint .head.ring{fill:var(--error)}
"""


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


STYLE = "\n".join((
    f"svg.pipelint{{{_variables(_LIGHT)}}}",
    f"@media (prefers-color-scheme:dark){{svg.pipelint{{{_variables(_DARK)}}}}}",
    (_RULES % _FONT).strip(),
    "@media print{svg.pipelint{" + _variables(_LIGHT) + "}}",
))  # fmt: skip
