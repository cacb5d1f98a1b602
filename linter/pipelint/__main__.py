"""`python -m pipelint`."""

from __future__ import annotations

import sys

from pipelint.cli import main

sys.exit(main())
