"""All checks that a change must pass: format, rules, types and tests.

`python -m tests.check` formats the code and ends at the first step that fails. Further arguments are passed to pytest.
"""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
STEPS = (("ruff", "format", "."), ("ruff", "check", "."), ("mypy",), ("pytest",))


def main(words: list[str]) -> int:
    for step in STEPS:
        given = words if step == ("pytest",) else []
        code = subprocess.run([sys.executable, "-m", *step, *given], cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
