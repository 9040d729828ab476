"""What the bot can do, said with examples that the other forms declare."""

from __future__ import annotations

import re
from typing import Final

from knowledge.messages import Phrase, Say
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import reply
from knowledge.questions.view import View

NAME = "help"
EXAMPLES = {"fr": ("Aide", "Que sais-tu faire ?"), "en": ("Help", "What can you do?")}
_ASKED: Final = re.compile(
    r"(?:aide|help|aidez? moi|help me|a l aide|menu|mode d emploi|commandes?|commands?|how (?:does (?:this|it) work|do (?:i|you) (?:use|work).*)"
    r"|comment (?:ca marche|tu marches|ca fonctionne|t utiliser|vous utiliser|fonctionnes tu|te parler)"
    r"|(?:que|qu est ce que|quoi) (?:sais|peux|savez|pouvez) (?:tu|vous) (?:faire|repondre)|(?:tu|vous) (?:sais|peux|savez|pouvez) faire quoi"
    r"|qu est ce que (?:tu|vous) (?:sais|peux|savez|pouvez) faire|what (?:can|do) you (?:do|know|answer)|what (?:can|could|may) i ask(?: you)?|a quoi (?:tu sers|sers tu|servez vous)"
    r"|que (?:puis je|peut on) (?:te |vous )?demander)(?: (?:me|moi|nous|please|for me))*"
)


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the whole question asks how to ask."""
    if not (_ASKED.fullmatch(reading.plain) or _ASKED.fullmatch(reading.folded)):
        return None
    return reply(reading, NAME, "chat", (Say(Phrase("help.start")),))
