"""`python -m budgetcli`."""

import sys

from budgetcli.cli import main

if __name__ == "__main__":
    sys.exit(main())
