"""Build or check the site: `python build.py`, `python build.py kontrollera`, `python build.py --hjälp`."""

import sys

from insyn.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
