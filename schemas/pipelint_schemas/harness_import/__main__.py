"""Import the official schema of Harness into the catalogue that comes with us.

`python -m pipelint_schemas.harness_import FOLDER [DATE [COMMIT]]` says what is new and writes
`harness/imported.json`; `pipelint_schemas.build` makes the rest of it.
"""

from __future__ import annotations

import sys

from pipelint_schemas.harness_import import SHIPPED, import_catalogue, write_catalogue


def main(arguments: list[str]) -> int:
    """Import a folder; return the exit code."""
    if not arguments:
        print("which folder? (a checkout of the official schema)", file=sys.stderr)
        return 2
    imported, report = import_catalogue(*arguments[:3])
    with open(SHIPPED, "w", encoding="utf-8", newline="\n") as file:
        file.write(write_catalogue(imported))
    print(report, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
