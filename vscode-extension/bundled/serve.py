"""Run the bundled pipelint; a Python that is too old says so (this file runs on 3.6)."""

import os
import platform
import sys

OLDEST = (3, 10)
TOO_OLD = 3


def main() -> int:
    """Run pipelint on this process's arguments; return its exit code."""
    if sys.version_info < OLDEST:
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.stderr.write(f"needs Python 3.10 or later, found {found}\n")
        return TOO_OLD
    here = os.path.dirname(os.path.abspath(__file__))
    # A folder for each system: compiled modules for the two kinds of Mac have one name.
    compiled = f"{sys.platform}-{platform.machine().lower()}"
    sys.path[:0] = [os.path.join(here, "libs"), os.path.join(here, "clib", compiled)]
    from pipelint.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
