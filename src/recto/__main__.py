"""`python -m recto`: the same as `recto`."""

import sys

from recto.cli import main

sys.exit(main())
