"""Colours are told apart by colour-blind readers and in grey; the style leaves nothing behind."""

import matplotlib as mpl
import numpy as np
import pytest

from lesart.figures.style import LANGUAGE_MARKS, MORE_COLOURS, STANCE_COLOURS, TOPIC_COLOURS, in_style, ink_on, topic_colours
from lesart.sentences import LANGUAGES
from lesart.stance import STANCES
from lesart.topics import TOPICS

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])


def to_lab(colours: list[str], deficiency: str) -> np.ndarray:
    """CIELAB (D65) of colours as seen with a colour-vision deficiency."""
    rgb = np.array([mpl.colors.to_rgb(colour) for colour in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(DEFICIENCIES[deficiency]).T, 0, 1) @ TO_XYZ.T / [0.95047, 1.0, 1.08883]
    f = np.where(seen > (6 / 29) ** 3, np.cbrt(seen), seen / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def least_distance(points: np.ndarray) -> float:
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return float(distances[np.triu_indices(len(points), 1)].min())


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(
    ("colours", "least"),
    [(list(STANCE_COLOURS.values()), 35), (list(TOPIC_COLOURS.values()), 28), ([*TOPIC_COLOURS.values(), *MORE_COLOURS], 17)],
    ids=["stances", "topics", "palette"],
)
def test_colours_are_apart_however_seen(colours: list[str], least: float, deficiency: str) -> None:
    assert least_distance(to_lab(colours, deficiency)) > least


@pytest.mark.parametrize(("colours", "least"), [(list(STANCE_COLOURS.values()), 15), (list(TOPIC_COLOURS.values()), 7)])
def test_colours_are_apart_in_grey(colours: list[str], least: float) -> None:
    assert least_distance(to_lab(colours, "none")[:, :1]) > least


def test_every_stance_topic_and_language_has_its_mark() -> None:
    assert tuple(STANCE_COLOURS) == STANCES
    assert tuple(TOPIC_COLOURS) == TOPICS
    assert set(LANGUAGE_MARKS) == set(LANGUAGES)
    assert len(set(LANGUAGE_MARKS.values())) == len(LANGUAGES)


@pytest.mark.parametrize("n", [1, 5, 12, 30])
def test_own_topics_get_colours_in_order(n: int) -> None:
    topics = [f"t{k}" for k in range(n)]
    colours = topic_colours(topics)
    assert list(colours) == topics
    assert len(set(colours.values())) == n


def test_known_topics_keep_their_colour_among_others() -> None:
    colours = topic_colours(["weather", "labor", "sport"])
    assert colours["labor"] == TOPIC_COLOURS["labor"]
    assert TOPIC_COLOURS["labor"] not in (colours["weather"], colours["sport"])


@pytest.mark.parametrize(("ground", "ink"), [("#FFFFFF", "#1A1A1A"), ("#1F3F63", "white")])
def test_ink_reads_on_its_ground(ground: str, ink: str) -> None:
    assert ink_on(ground) == ink


def test_style_leaves_settings_as_they_were() -> None:
    before = dict(mpl.rcParams)
    with in_style():
        assert mpl.rcParams["svg.fonttype"] == "path"
        assert mpl.rcParams["font.family"] == ["DejaVu Sans"]
    assert dict(mpl.rcParams) == before
