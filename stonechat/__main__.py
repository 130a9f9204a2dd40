"""`python -m stonechat` is the command `stonechat`."""

from __future__ import annotations

import sys

from stonechat.config.cli import main

sys.exit(main())
