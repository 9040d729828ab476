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

_RESOLVING = {attribute.NAME: attribute.resolution, progress.NAME: progress.resolution, lookup.NAME: lookup.resolution}


def explain(reading: Reading, view: View, answer: Answer) -> tuple[Phrase, ...]:
    """Lines for a coordinator, most telling first. The parts of a score add up to its log-odds."""
    lines = [
        Phrase("why.form", {"form": Phrase(f"form.{answer.form}"), "band": Phrase(f"band.{answer.band}")}),
        Phrase("why.words", {"words": list(reading.tokens)}),
    ]
    if reading.mended:
        lines.append(Phrase("why.mended", {"pairs": [f"{typed} → {meant}" for typed, meant in reading.mended]}))
    named = [f"{tag.topic}: {tag.value}" for tag in reading.tags]
    if named:
        lines.append(Phrase("why.named", {"named": list(dict.fromkeys(named))}))
    if reading.period is not None:
        lines.append(Phrase("why.period", {"period": reading.period}))
    resolve = _RESOLVING.get(answer.form)
    return (*lines, *_scores(resolve(reading, view))) if resolve else tuple(lines)


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
