"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final = (0.273, 0.558, -2.052, 0.048, 0.931, 0.838, 0.797, 0.472, 1.915)
BIAS: Final = -1.18
