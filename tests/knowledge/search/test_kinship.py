"""Words that look alike, by the pieces that they share."""

from __future__ import annotations

import string
from random import Random

from knowledge.search.kinship import Kinship, pieces


def made_up(count: int) -> list[str]:
    random = Random(1)
    return ["".join(random.choices(string.ascii_lowercase[:8], k=random.randint(5, 9))) for _ in range(count)]


def test_the_pieces_of_a_word_are_counted_once_and_do_not_depend_on_its_neighbours() -> None:
    alone = [pieces([word])[0].tolist() for word in ("aaaaaa", "genome", "genomique")]
    codes, counts = pieces(["aaaaaa", "genome", "genomique"])
    assert counts.tolist() == [3, 6, 9]
    assert codes.tolist() == [code for word in alone for code in word]
    assert all(one == sorted(set(one)) for one in alone)


def test_words_with_a_common_part_are_alike_and_others_not() -> None:
    kin = Kinship()
    kin.add([(0, "genomique"), (1, "genomics"), (2, "atelier")])
    assert [number for number, _ in kin.like("genomic")] == [1, 0]


def test_words_added_in_any_portions_are_packed_in_the_same_way() -> None:
    words = list(enumerate(made_up(6_000)))
    together, apart = Kinship(), Kinship()
    together.add(words)
    for first in range(0, len(words), 1_500):
        apart.add(words[first : first + 1_500])
    found = [together.like(word) for _, word in words[::50]]
    assert found == [apart.like(word) for _, word in words[::50]]
    assert all(number in [one for one, _ in like] for (number, _), like in zip(words[::50], found, strict=True))


def test_the_most_alike_come_first_and_of_equals_the_one_known_longest() -> None:
    kin = Kinship()
    kin.add(list(enumerate([*made_up(2_000), "laboratoire", "laboratoires", "laboratoiret"])))
    assert kin.like("laboratoire")[0] == (2_000, 1.0)
    assert [number for number, _ in kin.like("laboratoire")][1:3] == [2_001, 2_002]
