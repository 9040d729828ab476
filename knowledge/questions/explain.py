"""Why an answer is what it is: the words as understood, what they name, and the score of the best fact and its runner-up."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.messages import Phrase
from knowledge.questions import attribute, lookup, progress
from knowledge.questions.candidates import Candidate
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import Resolution
from knowledge.questions.view import View

SHOWN = 5
_RESOLVING = {attribute.NAME: attribute.resolution, progress.NAME: progress.resolution, lookup.NAME: lookup.resolution}


def explain(reading: Reading, view: View, answer: Answer) -> tuple[Phrase, ...]:
    """Lines for a coordinator, most telling first. The parts of a score add up to its log-odds. Of a question that was put into
    the one before it, the words are those of both."""
    about = _of_thread(reading, view, answer)
    if answer.topic is not None and answer.topic.text not in ("", reading.asked.text):
        reading = reading.reread(answer.topic.text)
    lines = [
        Phrase("why.form", {"form": Phrase(f"form.{answer.form}"), "band": Phrase(f"band.{answer.band}")}),
        Phrase("why.words", {"words": list(reading.tokens)}),
    ]
    if reading.mended:
        lines.append(Phrase("why.mended", {"pairs": [f"{typed} → {meant}" for typed, meant in reading.mended]}))
    named = [f"{tag.topic}: {tag.value}" for tag in reading.tags]
    if named:
        lines.append(Phrase("why.named", {"named": list(dict.fromkeys(named))}))
    lines += about
    if reading.period is not None:
        lines.append(Phrase("why.period", {"period": reading.period}))
    resolve = _RESOLVING.get(answer.form)
    if resolve is None:
        return tuple(lines)
    resolution = resolve(reading, view)
    # What the thread stands in for was not searched: the scores of its bare words would mislead.
    searched = reading.asked.topic is None or answer.facts[:1] == tuple(one.id for one in resolution.records[:1])
    return (*lines, *_scores(resolution)) if searched else tuple(lines)


def _of_thread(reading: Reading, view: View, answer: Answer) -> Sequence[Phrase]:
    """What the thread was about, and the question as it reads without it."""
    topic = reading.asked.topic
    if topic is None:
        return ()
    lines = []
    if topic.facts:
        titles = [view.records[name].titles for name in topic.facts[:SHOWN] if name in view.records]
        lines.append(Phrase("why.thread", {"titles": titles}))
    if answer.topic is not None and answer.topic.whole not in ("", reading.asked.text):
        lines.append(Phrase("why.whole", {"question": answer.topic.whole}))
    return lines


def _scores(resolution: Resolution) -> Sequence[Phrase]:
    lines = []
    if resolution.sureness is not None:
        lines.append(Phrase("why.sureness", {"share": resolution.sureness}))
    for key, candidate in zip(("why.best", "why.second"), resolution.shown(), strict=False):
        lines.append(
            Phrase(key, {"title": candidate.record.titles, "id": candidate.record.id, "parts": _parts(candidate)})
        )
        if candidate.matched:
            lines.append(Phrase("why.matched", {"words": list(candidate.matched)}))
        if candidate.missing:
            lines.append(Phrase("why.missing", {"words": list(candidate.missing)}))
    return lines


def _parts(candidate: Candidate) -> list[str]:
    shown = [f"{name} {value:+.2f}" for name, value in candidate.parts if value]
    return [*shown, f"= {candidate.odds:+.2f}"]
