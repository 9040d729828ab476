"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final = (0.011, 0.578, -1.479, 0.262, 0.544, 0.337, 0.63, 0.841, 2.105)
BIAS: Final = -1.158
