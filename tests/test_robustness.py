"""What flips without an entry: toy articles whose weights and stances can be worked out by hand, and the slow way."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from lesart.lexicon import parse_lexicon
from lesart.robustness import COLUMNS, UNITS, check_by_tagging, leave_one_out, move_thresholds, summarise_flips
from lesart.stance import STANCES, Feature, StanceModel, stances
from lesart.tagging import tag_articles
from lesart.topics import SHARPEN, TOPIC_FACTORS

LEXICONS = [
    parse_lexicon("""
lexicon: stance
categories:
  praise: {success: {en: [success*], de: [Erfolg*]}, delight: {en: [splendid], de: [prächtig*]}}
  harm: {damage: {en: [damage*], de: [Schaden*]}}
"""),
    parse_lexicon("""
lexicon: topics
categories:
  labor: {pay: {en: [wage*, "minimum wage"], de: [Lohn*]}, floor: {en: [minimum], de: [Minimum]}}
  finance: {price: {en: [price*], de: [Preis*]}}
"""),
]
TOPICS = ["labor", "finance"]
ARTICLES = pd.DataFrame(
    {
        "article": ["de-a", "de-b", "en-a", "en-b"],
        "title": "",
        "text": [
            "Der Erfolg ist da. Der Lohn steigt. Das Minimum bleibt.",
            "Der Schaden ist groß. Der Preis fällt.",
            "A success. Prices rise. Prices fall.",
            "The damage, the success. The minimum wage stays.",
        ],
        "language": ["de", "de", "en", "en"],
        "words": 40,
    }
)
# Praise pushes promotional, harm critical; the norm of every mark is half a mark in a hundred words.
MODEL = StanceModel(
    (Feature("praise"), Feature("harm"), Feature("harm", "quoted")),
    {language: np.array([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]) for language in ("de", "en")},
    np.array([[1.0, -0.5, 0.0], [-0.5, 0.8, 0.6], [-0.5, -0.3, -0.6]]),
    np.zeros(3),
)


@pytest.fixture(scope="module")
def hits():
    return tag_articles(ARTICLES, LEXICONS, progress=False)


def leave(hits, unit, **options):
    return leave_one_out(hits, ARTICLES, unit, model=MODEL, topics=TOPICS, **options)


def test_leaving_a_concept_out_can_flip_a_sign_by_a_sum_a_person_can_do(hits):
    signs = leave(hits, "concept").query("conclusion == 'sign' and of == 'labor'").set_index("left_out")
    # German: labor 1 and 0; English: 0 and 1. Without pay en-b has no topic hit left, and the English mean is of en-a alone.
    assert signs.loc["labor: pay", ["before", "after", "value_before", "value_after", "flips"]].tolist() == ["even", "de", 0, 50, True]
    assert signs.loc["finance: price", "value_after"] == 0
    without_article = leave(hits, "article").query("conclusion == 'sign' and of == 'labor'").set_index("left_out")
    assert without_article.loc["de-b", ["after", "value_after", "flips"]].tolist() == ["de", 50, True]
    assert without_article.loc["en-a", ["after", "value_after", "flips"]].tolist() == ["en", -50, True]


@pytest.mark.parametrize("unit", ["category", "concept", "pattern"])
def test_leaving_out_gives_what_measuring_again_gives(hits, unit):
    """The slow way: drop rows, lower the norms by hand, and call ``stances`` for each unit."""
    table = leave(hits, unit).query("conclusion == 'stance'")
    own = hits[hits["lexicon"] == "stance"]
    names = own["category"].str.cat([own[part] for part in ("concept", "pattern")[: UNITS.index(unit)]], sep=": ") if unit != "category" else own["category"]
    assert sorted(names.unique()) == sorted(table["left_out"].unique())
    for name, part in table.groupby("left_out"):
        kept = own[names != name]
        norms = {}
        for language in ("de", "en"):
            ids = set(ARTICLES.loc[ARTICLES["language"] == language, "article"])
            counts = [[len(rows[(rows["category"] == f.family) & (rows["voice"] == f.voice) & rows["article"].isin(ids)]) for f in MODEL.features] for rows in (kept, own)]
            share = [a / b if b else 1 for a, b in zip(*counts, strict=True)]
            norms[language] = np.vstack([np.log1p(np.expm1(MODEL.norms[language][0]) * share), MODEL.norms[language][1]])
        slow = stances(kept, ARTICLES, replace(MODEL, norms=norms)).set_index("article")
        for row in part.itertuples():
            assert row.after == slow.loc[row.of, "stance"]
            assert row.value_after == pytest.approx(slow.loc[row.of, row.before], abs=1e-4)


def test_a_family_left_out_whole_is_neutral_and_does_not_touch_articles_by_its_absence(hits):
    table = leave(hits, "category").query("left_out == 'harm' and conclusion == 'stance'").set_index("of")
    # Without harm de-b has no mark: praise is at its norm's distance of -1 as before, harm pushes nothing.
    logits = np.array([-1.0, 0.5, 0.5]) + (-1) * np.array([0, 0.6, -0.6])
    shares = np.exp(logits) / np.exp(logits).sum()
    assert table.loc["de-b", "value_after"] == pytest.approx(shares[STANCES.index(table.loc["de-b", "before"])], abs=1e-4)


@pytest.mark.parametrize("unit", UNITS)
def test_leave_one_out_has_the_same_columns_for_every_unit_and_before_is_the_full_measure(hits, unit):
    table = leave(hits, unit)
    assert table.columns.tolist() == COLUMNS
    assert set(table["unit"]) == {unit}
    assert (table["flips"] == (table["before"] != table["after"])).all()
    if unit != "article":
        full = stances(hits, ARTICLES, MODEL).set_index("article")["stance"]
        own = table[table["conclusion"] == "stance"]
        assert own["before"].tolist() == full.loc[own["of"]].tolist()


def test_leaving_a_topic_out_says_nothing_of_its_own_sign(hits):
    table = leave(hits, "category").query("left_out == 'labor' and conclusion == 'sign'")
    assert table["of"].tolist() == ["finance"]


def test_only_the_units_asked_for_are_left_out(hits):
    pd.testing.assert_frame_equal(
        leave(hits, "concept", only=["praise: success"]), leave(hits, "concept").query("left_out == 'praise: success'").reset_index(drop=True)
    )


def test_one_language_has_no_sign_to_flip(hits):
    german = ARTICLES[ARTICLES["language"] == "de"].reset_index(drop=True)
    table = leave_one_out(hits, german, "concept", model=MODEL, topics=TOPICS)
    assert not table.loc[table["conclusion"] == "sign", "flips"].any()
    assert set(table.loc[table["conclusion"] == "order", "of"]) == {"de"}


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="allowed are category, concept, pattern, article"):
        leave_one_out(pd.DataFrame({"article": []}), ARTICLES, "word")


def test_tagging_again_uncovers_the_shorter_match_that_the_entry_hid(hits):
    # "minimum wage" hides "minimum": dropping pay leaves en-b without labor and tips the balance, a new tagging finds labor again.
    table = leave(hits, "concept", only=["labor: pay"])
    checked = check_by_tagging(table, hits, ARTICLES, LEXICONS, model=MODEL)
    assert checked[["left_out", "of", "after", "still_flips"]].values.tolist() == [["labor: pay", "labor", "de", False], ["labor: pay", "finance", "en", False]]
    sealed = ARTICLES.assign(text="")
    assert check_by_tagging(table, hits, sealed, LEXICONS, model=MODEL)["still_flips"].tolist() == [True, True]
    assert check_by_tagging(table[:0], hits, ARTICLES, LEXICONS, model=MODEL).columns.tolist() == [*COLUMNS, "still_flips"]


def test_moved_thresholds_are_those_of_the_formulas(hits):
    table = move_thresholds(hits, ARTICLES, model=MODEL, topics=TOPICS)
    assert set(table["unit"]) == {"threshold", "quotations"}
    words = table[(table["left_out"] == "120 words added, not 60") & (table["of"] == "de-a")].iloc[0]
    # One praise, in the lead, in 40 + 120 words; no harm: distances (log(1 + 1.5 * 100/160) - 0.5) / 0.5 and -1, -1.
    logits = MODEL.weights @ np.array([(np.log1p(1.5 * 100 / 160) - 0.5) / 0.5, -1, -1])
    assert words["value_after"] == pytest.approx((np.exp(logits) / np.exp(logits).sum())[STANCES.index(words["before"])], abs=1e-4)
    near = table[(table["left_out"] == "cut off at 2.5 spreads, not 4") & (table["of"] == "de-a")].iloc[0]
    one = MODEL.weights @ np.array([min((np.log1p(1.5 * 100 / 100) - 0.5) / 0.5, 2.5), -1, -1])
    assert near["value_after"] == pytest.approx((np.exp(one) / np.exp(one).sum())[STANCES.index(near["before"])], abs=1e-4)


def test_sharpening_is_undone_exactly():
    hits = pd.DataFrame({"article": ["de-a"] * 4 + ["en-a"], "sentence": [0, 1, 2, 3, 0], "part": "body", "lexicon": "topics", "voice": "narrator",
                         "category": ["labor", "labor", "labor", "finance", "finance"], "concept": "c", "pattern": "p", "negated": False})  # fmt: skip
    articles = ARTICLES[ARTICLES["article"].isin(["de-a", "en-a"])].reset_index(drop=True)
    table = move_thresholds(hits, articles, model=MODEL, topics=TOPICS).query("conclusion == 'sign' and of == 'labor'").set_index("left_out")
    labor, finance = 3 * TOPIC_FACTORS["labor"], 1 * TOPIC_FACTORS["finance"]
    assert table.loc[f"sharpened by 1, not {SHARPEN:g}", "value_after"] == pytest.approx(100 * labor / (labor + finance))
    assert table.loc["each topic counts the same", "value_after"] == pytest.approx(100 * 3**SHARPEN / (3**SHARPEN + 1))
    assert table.loc[f"sharpened by 1, not {SHARPEN:g}", "value_before"] == pytest.approx(100 * labor**SHARPEN / (labor**SHARPEN + finance**SHARPEN))


def test_quotations_can_be_left_out_or_counted_as_the_narrators(hits):
    spoken = hits.assign(voice=np.where(hits["category"] == "harm", "quoted", "narrator"))
    table = move_thresholds(spoken, ARTICLES, model=MODEL, topics=TOPICS).query("unit == 'quotations' and of == 'de-b'").set_index("left_out")
    assert table.loc["counted as the narrator's", "after"] == "critical"
    assert table.loc["left out", "after"] == "reportorial"


def test_summary_counts_flips_and_names_them(hits):
    table = summarise_flips(leave(hits, "article"))
    first = table.set_index("left_out").loc["de-b"]
    assert (first["stances"], first["signs"], first["which"]) == (0, 2, "labor, finance")
    assert first["most_points"] == pytest.approx(50)
