"""Build or check the site: `python build.py`, `python build.py kontrollera`, `python build.py --hjälp`."""

import os
import sys

from insyn.command import main

if __name__ == "__main__" and __spec__ is not None:  # by `python -m build`: PyPA's packager, which this file hides
    import runpy

    del sys.path[0]
    runpy.run_module("build", run_name="__main__", alter_sys=True)
elif __name__ == "__main__":
    code = main(sys.argv[1:])
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:  # one that is closed from the beginning is None
                stream.flush()
    except OSError:  # a closed pipe: whoever read what was printed needed no more
        pass
    os._exit(code)  # all is published: taking apart what the process holds takes a tenth of an edit's time
