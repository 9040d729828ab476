"""The benchmark: questions with their expected answers, and the scorer that judges them."""
