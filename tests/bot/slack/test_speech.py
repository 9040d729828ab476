"""People and channels are called by their names, wherever in a sentence they stand."""

from __future__ import annotations

from bot.i18n import Translator
from bot.slack.speech import Naming, escaped
from knowledge.messages import Channel, Member, Phrase

TRANSLATOR = Translator()
NAMES = {"UANA": "Ana Lima"}
NAMING = Naming(TRANSLATOR, lambda person: NAMES.get(person, person))


def test_a_person_is_called_by_name_and_who_is_not_known_stays_as_written() -> None:
    for person, name in (("UANA", "Ana Lima"), ("UGONE", "UGONE"), ("Camille", "Camille")):
        assert NAMING.say(Phrase("card.owner", {"who": Member(person)}), "en") == f"Looked after by {name}"
    assert TRANSLATOR.say(Phrase("card.owner", {"who": Member("UANA")}), "fr") == "Suivi par UANA"


def test_people_and_channels_are_named_in_lists_and_in_sentences_within_sentences() -> None:
    owner = Phrase("card.owner", {"who": Member("UANA")})
    change = Phrase(
        "history.change", {"label": owner, "before": [Channel("C0A")], "after": [Channel("C0B"), Member("UANA")]}
    )
    assert escaped(change, "en", NAMING) == "Looked after by Ana Lima: “<#C0A>” → “<#C0B> and Ana Lima”"
    assert NAMING.show([Member("UANA"), "x"], "en") == "Ana Lima and x"


def test_what_looks_like_a_channel_and_is_none_does_not_come_alive() -> None:
    hostile = Phrase("card.owner", {"who": Channel("<!channel>"), "other": "⟦0…⟧ <#C0A>"})
    assert escaped(hostile, "en", NAMING) == "Looked after by &lt;!channel&gt;"
    typed = Phrase("card.note", {"note": "⟦0…⟧ <#C0A>"})
    assert "<#C0A>" not in escaped(typed, "en", NAMING)
