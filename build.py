"""Build or check the site: `python build.py`, `python build.py kontrollera`, `python build.py --hjälp`."""

import os
import sys

try:
    from insyn.command import main
except KeyboardInterrupt:  # before anything can be said
    os._exit(130)

if __name__ == "__main__" and __spec__ is not None:  # imported by `python -m build`: run PyPA's packager instead
    import runpy

    del sys.path[0]
    runpy.run_module("build", run_name="__main__", alter_sys=True)
elif __name__ == "__main__":
    code = main(sys.argv[1:])
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:  # None when closed from the beginning
                stream.flush()
    except OSError:  # a closed pipe is not an error
        pass
    os._exit(code)  # skips the interpreter's cleanup, which takes a tenth of an edit's time
