"""What the Slack surfaces stand on: blocks, limits, escaping, clients, and the two ways to be connected."""
