"""What is known: facts, the questions asked of them, and the search that joins the two.

Imports neither Slack nor the scheduler. Outsiders use :class:`knowledge.base.KnowledgeBase` and the values of
`records`, `messages` and `dates`; everything else is an inside matter.
"""
