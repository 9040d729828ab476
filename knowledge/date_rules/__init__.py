"""How dates are read: words (tables), tokens (cutting a sentence), numerals, spans (the calendar), and the rules.

Only `knowledge.date_grammar` is for others to use."""
