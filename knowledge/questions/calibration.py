"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final = (-0.053, 0.892, -2.095, -0.303, -0.156, 1.563, 0.571, 0.65, 1.398)
BIAS: Final = -0.781
