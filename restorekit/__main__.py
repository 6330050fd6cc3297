"""``python -m restorekit`` is ``restorekit``."""

import sys

from restorekit.cli import main

sys.exit(main())
