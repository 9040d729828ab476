"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "field", "length")
WEIGHTS: Final = (0.6, 0.5, -2.0, -0.7, 1.5, 0.5, 0.5, 0.0)
BIAS: Final = 1.5
