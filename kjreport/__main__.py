"""``python -m kjreport`` is the program ``kjreport``."""

import sys

from kjreport.cli import main

if __name__ == "__main__":
    sys.exit(main())
