"""A page in the browser that plays Slack, for people without a workspace: the same Bolt app is behind it.

Nothing here knows what the bot says. It keeps a small workspace in memory, answers the Web API calls that the bot makes,
hands it events over a Socket Mode line as Slack does, and draws what it sends.
"""
