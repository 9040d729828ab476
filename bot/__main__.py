"""`python -m bot` is `entente`."""

from bot.cli import main

main()
