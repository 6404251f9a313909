"""Labels and points do not lie over one another."""

import numpy as np
import pytest

from lesart.figures.placement import dodge, place_labels


@pytest.mark.parametrize(
    ("values", "offsets"),
    [([], []), ([3], [0]), ([0, 10], [0, 0]), ([0, 0, 0], [0, 1, -1]), ([0, 0.5, 1.2], [0, 1, 0])],
)
def test_dodge_moves_only_what_would_touch(values: list[float], offsets: list[float]) -> None:
    assert dodge(values, 1, 5) == offsets


def test_dodge_stays_within_its_row() -> None:
    assert max(abs(offset) for offset in dodge([0.0] * 50, 1, 3)) <= 3


def test_labels_overlap_neither_labels_nor_points_nor_bounds() -> None:
    points = [tuple(point) for point in np.random.default_rng(0).uniform(10, 90, (60, 2))]
    centres = place_labels(points, [(12.0, 3.0)] * 60, bounds=(0, 0, 100, 100), taken=[(0, 0, 100, 12)])
    boxes = [(x - 6, y - 1.5, x + 6, y + 1.5) for x, y in filter(None, centres)]
    assert len(boxes) > 30
    for i, one in enumerate(boxes):
        assert one[0] >= 0 and one[1] >= 12 and one[2] <= 100 and one[3] <= 100
        assert not any(one[0] < x < one[2] and one[1] < y < one[3] for x, y in points)
        assert not any(one[0] < o[2] and o[0] < one[2] and one[1] < o[3] and o[1] < one[3] for o in boxes[:i])


def test_a_label_without_room_is_left_out() -> None:
    assert place_labels([(5, 5)], [(50, 3)], bounds=(0, 0, 10, 10)) == [None]


def test_a_label_goes_round_what_is_shunned_and_over_it_where_nothing_else_is_free() -> None:
    band = (6.0, 4.0, 30.0, 6.0)  # right of the point, where a label stands first
    bounds = (0.0, 0.0, 30.0, 10.0)
    (right,), (round_it,) = (place_labels([(5, 5)], [(10, 2)], bounds=bounds, shunned=shunned) for shunned in ((), [band]))
    assert right[1] == 5
    assert round_it[1] + 1 <= 4 or round_it[1] - 1 >= 6
    assert place_labels([(5, 5)], [(10, 2)], bounds=bounds, shunned=[(0, 0, 30, 10)]) == [right]


def test_a_label_does_not_stand_where_it_seems_to_name_another_point() -> None:
    """Between two points on a line the label of the second could stand on its left, as near to the first as to it."""
    first, second = (11.5, 10.0), (24.0, 10.0)
    (_, own) = place_labels([first, second], [(50.0, 2.0), (9.0, 2.0)], bounds=(0, 0, 32, 20))
    assert own is not None and own[1] != 10.0
    (_, alone) = place_labels([(-50.0, 10.0), second], [(50.0, 2.0), (9.0, 2.0)], bounds=(0, 0, 32, 20))
    assert alone == (24.0 - 1.2 - 0.6 - 4.5, 10.0)
