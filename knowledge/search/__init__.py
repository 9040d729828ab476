"""Search: texts in, ranked facts out. Knows words and numbers, nothing about records, questions or Slack."""
