"""Puts points side by side and labels where there is room. The same input always lies the same way."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin

# Where a label is tried, as direction: right, left, then the others; screen y points down.
_DIRECTIONS = [0, 4, 7, 1, 5, 3, 6, 2]
_Box = tuple[float, float, float, float]


def dodge(values: Sequence[float], width: float, most: float) -> list[float]:
    """Offsets that keep points apart which lie closer than ``width``.

    ``values`` are places along the axis, offsets lie across it, both in the same unit: 0, then up and down in turn. When
    no place within ``most`` is free, the point lies over another one.

    >>> dodge([0, 0, 5, 0], 1, 3)
    [0.0, 1.0, 0.0, -1.0]
    """
    steps = [0.0]
    for k in range(1, int(most / width + 1e-9) + 1):
        steps += [float(k * width), float(-k * width)]
    offsets = [0.0] * len(values)
    done: list[int] = []
    for i in sorted(range(len(values)), key=lambda k: (values[k], k)):
        near = [k for k in reversed(done[-200:]) if values[i] - values[k] < width]
        loads = {s: sum(hypot(values[i] - values[k], s - offsets[k]) < width * 0.999 for k in near) for s in steps}
        offsets[i] = min(steps, key=lambda s: loads[s])
        done.append(i)
    return offsets


def place_labels(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    bounds: _Box,
    taken: Sequence[_Box] = (),
    shunned: Sequence[_Box] = (),
    radius: float = 1.2,
    reach: Sequence[float] = (0.6, 3.0, 6.0, 10.0),
) -> list[tuple[float, float] | None]:
    """The centre of each point's label, None where there is no room.

    First come, first served: put the labels that matter first. A label keeps clear of all points (``radius``), of the
    labels before it, of ``taken`` boxes and of the bounds (left, top, right, bottom); a line from a point to a label
    further off (``reach``, from the point's edge) crosses no label. It lies over ``shunned`` boxes only
    where it would be far off else.
    """
    grid = _Grid(points, radius)
    boxes = list(taken)
    lines: list[tuple[float, float, float, float]] = []
    centres: list[tuple[float, float] | None] = []
    for point, size in zip(points, sizes, strict=True):
        for centre, far in _candidates(point, size, reach, bounds, shunned, grid):
            box = _box(centre, size)
            line = (*point, *_nearest(point, box))
            if not any(_overlap(box, other) for other in boxes) and grid.free(box):
                if not any(_crosses(other, box) for other in lines) and not (far and any(_crosses(line, other) for other in boxes)):
                    boxes.append(box)
                    lines += [line] if far else []
                    centres.append(centre)
                    break
        else:
            centres.append(None)
    return centres


class _Grid:
    """Points sorted into squares, so that a label asks its neighbours only."""

    def __init__(self, points: Sequence[tuple[float, float]], radius: float) -> None:
        self.radius, self.cells = radius, {}
        for x, y in points:
            self.cells.setdefault((x // 5, y // 5), []).append((x, y))

    def free(self, box: _Box, radius: float | None = None, but: tuple[float, float] | None = None) -> bool:
        """Whether no point is nearer to the box than ``radius``, ``but`` one."""
        radius = self.radius if radius is None else radius
        left, top, right, bottom = box[0] - radius, box[1] - radius, box[2] + radius, box[3] + radius
        return not any(
            left < x < right and top < y < bottom and (x, y) != but
            for i in range(int(left // 5), int(right // 5) + 1)
            for j in range(int(top // 5), int(bottom // 5) + 1)
            for x, y in self.cells.get((i, j), ())
        )


def _candidates(
    point: tuple[float, float], size: tuple[float, float], reach: Sequence[float], bounds: _Box, shunned: Sequence[_Box], grid: "_Grid"
) -> list[tuple[tuple[float, float], bool]]:
    """Where a label may stand, the best first, and whether it is far enough to need a line: nearer is better, and a place on what is
    shunned, or so near another point that it seems to name that one, is worth one that is a ring and a half further off."""
    found = []
    for ring, gap in enumerate(reach):
        for direction in _DIRECTIONS:
            dx, dy = cos(direction * pi / 4), sin(direction * pi / 4)
            x = point[0] + dx * (grid.radius + gap) + (0 if abs(dx) < 0.1 else size[0] / 2 * (1 if dx > 0 else -1))
            y = point[1] + dy * (grid.radius + gap) + (0 if abs(dy) < 0.1 else size[1] / 2 * (1 if dy > 0 else -1))
            box = _box((x, y), size)
            if _inside(box, bounds):
                worse = any(_overlap(box, other) for other in shunned) or not grid.free(box, 2 * grid.radius, point)
                found.append((ring + 1.5 * worse, (x, y), ring > 0))
    return [(centre, far) for _, centre, far in sorted(found, key=lambda place: place[0])]


def _box(centre: tuple[float, float], size: tuple[float, float]) -> _Box:
    return centre[0] - size[0] / 2, centre[1] - size[1] / 2, centre[0] + size[0] / 2, centre[1] + size[1] / 2


def _nearest(point: tuple[float, float], box: _Box) -> tuple[float, float]:
    """The place of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _inside(box: _Box, bounds: _Box) -> bool:
    return box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(line: tuple[float, float, float, float], box: _Box) -> bool:
    """Whether a line runs through a box; looked at in twenty places."""
    x0, y0, x1, y1 = line
    places = ((x0 + (x1 - x0) * k / 20, y0 + (y1 - y0) * k / 20) for k in range(20))
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in places)
