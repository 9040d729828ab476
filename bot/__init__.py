"""Where people meet Entente: Slack, the command line, the playground."""
