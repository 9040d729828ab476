"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final = (-0.012, 0.495, -2.086, 0.245, 0.553, 0.714, 1.364, 0.558, 1.985)
BIAS: Final = -0.826
