"""Kill -9 at random moments during many posts, against a stand-in of Slack that fails in every way: what was missed or doubled.

python -m tests.bench.crashes [--posts 1000] [--kills 500]

Ends with code 1 where a post was missed, doubled or out of order.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.scheduler.crashes import CHANNELS, HISTORY_LAG, storm
from tests.scheduler.crashing_bot import PATIENCE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        toll = storm(Path(folder), given.posts, given.kills, seed=given.seed)
    faults = ", ".join(f"{count} × {name}" for name, count in sorted(toll.faults.items()))
    lease = PATIENCE.lease.total_seconds()
    order = "in order" if toll.ordered else "OUT OF ORDER"
    print(f"- {toll.kills:,} kills during {toll.posts:,} posts over {CHANNELS} channels: {toll.missed} missed,")
    print(
        f"  {toll.doubled} doubled, {order} in each channel; {toll.seconds:.0f} s. Lease {lease:g} s, the history lags"
    )
    print(f"  {HISTORY_LAG:g} s.")
    print(f"- Faults met: {faults}.")
    if toll.missed or toll.doubled or not toll.ordered or toll.kills < given.kills:
        sys.exit("the storm did not come to a good end")


if __name__ == "__main__":
    main()
