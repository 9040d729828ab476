"""What people may do with the bot, in words, whatever the surface: Slack, the command line and the playground all call this.

One file for each thing that people do; none of them knows Slack. Each takes plain values and returns a `Reply`, whose
message a surface renders in `lang`.
"""

from __future__ import annotations

from bot.desk.asking import QUESTION_LIMIT, TOPIC_LIFE, Desk
from bot.desk.values import Person, Reply
from knowledge.plain_values import clean

__all__ = ["QUESTION_LIMIT", "TOPIC_LIFE", "Desk", "Person", "Reply", "clean"]
