#!/usr/bin/env python
"""Django's command line for Vitrina."""

import os
import sys
from pathlib import Path


def main() -> None:
    # `site/` has no __init__.py: its name is taken by the standard library, only `config` inside it is imported.
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
