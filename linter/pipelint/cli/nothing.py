"""What to say when there was nothing to check: where pipelint looked, and how to point it there."""

from __future__ import annotations

from pipelint.cli.arguments import Options
from pipelint.cli.failure import tell
from pipelint.cli.streams import Streams
from pipelint.discover import Found
from pipelint.report.run import Run
from pipelint.report.summary import count

NOT_OURS = "not a Harness or Vela file"

LOOKED_FOR = (
    "looked for .vela.y{a,}ml, .vela/*.y{a,}ml, .harness/**/*.y{a,}ml and YAML that begins like one"
)


def explain_nothing(options: Options, found: Found | None, run: Run, streams: Streams) -> None:
    """Say why nothing was checked. With `-qq` only the exit code speaks."""
    if options.quiet > 1 or (found is not None and found.problems):
        return
    if run.files and all(file.note != NOT_OURS for file in run.files):
        return  # the note about what is not checked has said it
    if run.files:
        named = ", ".join(file.path for file in run.files[:3])
        what = "is not a Harness or Vela file" if len(run.files) == 1 else "are no pipelines"
        tell(
            streams,
            f"{named} {what}",
            f"if it is one, say so: `pipelint --kind vela-pipeline {run.files[0].path}`,"
            " or `files:` in pipelint.yaml",
        )
        return
    where = ", ".join(f"`{path}`" for path in options.paths) or "this folder"
    tell(streams, f"found no Harness or Vela files under {where}")
    streams.say(f"  = note: {LOOKED_FOR}")
    if found is not None and found.skipped:
        streams.say(
            f"  = note: skipped {count(len(found.skipped), 'YAML file')}"
            " (`pipelint --list-files --why` lists them)"
        )
