"""The stance model is fitted to some articles and judged on others, which it never saw."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tiny_study import make_study

from lesart import fitting
from lesart.errors import CorpusError
from lesart.fitting import fit_model, fit_study_model, leave_out, macro_f1, measure_gains, measure_norms, read_coded, renew_norms
from lesart.stance import SHRINK_WORDS, STANCES, Feature, StanceModel, measure_densities, read_model, stances

FAMILY = {"promotional": "praise", "critical": "harm", "reportorial": "reporting"}
FEATURES = tuple(Feature(FAMILY[stance]) for stance in STANCES)
NORM = np.array([[1.0, 1.0, 1.0], [0.5, 0.5, 0.5]])
MODEL = StanceModel(FEATURES, {"de": NORM, "en": NORM}, np.zeros((3, 3)), np.zeros(3), "toy")
WORDS = 100 - SHRINK_WORDS  # so that hits per 100 words are the number of hits


def make_hits(counts):
    """Narrator's hits from (article, family, how many)."""
    rows = [(article, family) for article, family, count in counts for _ in range(count)]
    hits = pd.DataFrame(rows, columns=["article", "category"], dtype=object)
    return hits.assign(lexicon="stance", concept="c", voice="narrator", negated=False, surface="x", part="body")


def make_toy(groups=("g", "h", "i")):
    """Articles that show their stance by four marks of its family and nothing else: hits, articles, codes, groups."""
    names = {f"{group}-{language}-{stance}": stance for group in groups for language in ("de", "en") for stance in STANCES}
    articles = pd.DataFrame({"article": list(names), "language": [name.split("-")[1] for name in names], "words": WORDS})
    codes = pd.Series(names)
    return make_hits((name, FAMILY[stance], 4) for name, stance in names.items()), articles, codes, pd.Series({name: name.split("-")[0] for name in names})


def test_fit_model_tells_apart_what_can_be_told_apart():
    hits, articles, codes, _ = make_toy()
    fitted = fit_model(hits, articles, codes, MODEL)
    assert stances(hits, articles, fitted)["stance"].tolist() == codes.tolist()
    assert (fitted.weights.argmax(axis=1) == [0, 1, 2]).all()
    assert fitted.weights.sum(axis=0) == pytest.approx(0, abs=1e-6)


def test_fit_model_keeps_norms_and_features_and_does_not_touch_the_old_model():
    hits, articles, codes, _ = make_toy()
    fitted = fit_model(hits, articles, codes, MODEL)
    assert (fitted.features, fitted.norms, fitted.made) == (MODEL.features, MODEL.norms, MODEL.made)
    assert not MODEL.weights.any()


def test_fit_model_orders_stances_as_the_codebook_not_by_name():
    hits, articles, codes, _ = make_toy()
    praised = make_hits([("x", "praise", 6)])
    fitted = fit_model(hits, articles, codes, MODEL)
    assert stances(praised, pd.DataFrame({"article": ["x"], "language": ["en"], "words": [WORDS]}), fitted)["stance"].tolist() == ["promotional"]


def test_fit_model_learns_for_and_against_from_what_evaluates_alone():
    """What reports are like says whether a text evaluates, and nothing of for and against."""
    hits, articles, codes, _ = make_toy()
    louder = pd.concat([hits, make_hits((name, "praise", 9) for name, stance in codes.items() if stance == "reportorial")], ignore_index=True)
    before, after = (fit_model(told, articles, codes, MODEL).weights for told in (hits, louder))
    assert after[0] - after[1] == pytest.approx(before[0] - before[1], abs=1e-6)
    assert abs(after[2] - before[2]).max() > 0.01


def test_fit_model_lets_small_words_say_less_of_evaluating_than_of_for_and_against():
    hits, articles, codes, _ = make_toy()
    small = hits.assign(category=hits["category"].replace("praise", "outlook"))
    model = replace(MODEL, features=(Feature("outlook"), *FEATURES[1:]))
    loud, quiet = fit_model(hits, articles, codes, MODEL).weights, fit_model(small, articles, codes, model).weights
    assert quiet[0, 0] - quiet[1, 0] == pytest.approx(loud[0, 0] - loud[1, 0], abs=1e-6)
    assert 0 > quiet[2, 0] > 0.6 * loud[2, 0]


def test_fit_model_asks_a_feature_only_the_questions_that_it_is_marked_for():
    """What is asked whether a text evaluates pushes for and against alike; what is asked for or against pushes no report."""
    hits, articles, codes, _ = make_toy()
    features = (Feature("praise", questions=("direction",)), Feature("harm", questions=("evaluating",)), Feature("reporting"))
    weights = fit_model(hits, articles, codes, replace(MODEL, features=features)).weights
    assert weights[2, 0] == 0 and weights[0, 0] == -weights[1, 0] > 0
    assert weights[0, 1] == weights[1, 1] > 0 > weights[2, 1]
    assert weights[0, 2] == pytest.approx(weights[1, 2], abs=1e-6) and weights[2, 2] > 0


def test_fit_model_counts_an_article_by_its_weight(monkeypatch):
    """Twice the weight is as the same article twice, and with half of it all the same: only what one weighs beside another counts."""
    hits, articles, codes, _ = make_toy()
    odd = hits[hits["article"] != "g-de-critical"]  # one article without its marks
    heavy = articles.assign(weight=np.where(articles["article"] == "g-de-critical", 2.0, 1.0))
    twice = pd.concat([articles, articles[articles["article"] == "g-de-critical"].assign(article="again")], ignore_index=True)
    light, double = (fit_model(odd, told, codes, MODEL).weights for told in (articles, heavy))
    assert double == pytest.approx(fit_model(odd, heavy.assign(weight=heavy["weight"] / 2), codes, MODEL).weights, abs=1e-9)
    assert abs(double - light).max() > 0.001
    # Weights are scaled to a mean of 1, so the penalty stands against 18 articles here and 19 there.
    for penalty in ("EVALUATING_C", "DIRECTION_C"):
        monkeypatch.setattr(fitting, penalty, getattr(fitting, penalty) * 18 / 19)
    repeated = fit_model(odd, twice, pd.concat([codes, pd.Series({"again": "critical"})]), MODEL).weights
    assert double == pytest.approx(repeated, abs=1e-5)


def test_fit_model_looks_at_coded_articles_only():
    hits, articles, codes, _ = make_toy()
    more = pd.concat([articles, pd.DataFrame({"article": ["new"], "language": ["de"], "words": [WORDS]})], ignore_index=True)
    other = pd.concat([hits, make_hits([("new", "praise", 9)])], ignore_index=True)
    assert fit_model(other, more, codes, MODEL).weights.tolist() == fit_model(hits, articles, codes, MODEL).weights.tolist()


def test_fit_model_twice_is_the_same_and_does_not_hang_on_the_order_of_hits():
    hits, articles, codes, _ = make_toy()
    first = fit_model(hits, articles, codes, MODEL)
    for again in (hits, hits[::-1].reset_index(drop=True)):
        second = fit_model(again, articles, codes, MODEL)
        assert first.weights.tobytes() == second.weights.tobytes()
        assert first.intercept.tobytes() == second.intercept.tobytes()


def test_fit_model_names_the_stances_that_no_article_has():
    hits, articles, codes, _ = make_toy()
    with pytest.raises(CorpusError, match=r"no coded article is critical, reportorial; .*promotional, critical, reportorial"):
        fit_model(hits, articles, codes[codes == "promotional"], MODEL)


def test_leave_out_never_shows_a_model_the_group_that_it_judges():
    hits, articles, codes, groups = make_toy()
    table = leave_out(hits, articles, codes, groups, MODEL)
    assert set(table["group"]) == {"g", "h", "i"}
    for group, told in table.groupby("group"):
        inside = articles["article"].isin(groups.index[groups == group])
        fitted = fit_model(hits, articles[~inside], codes, MODEL)
        said = stances(hits, articles[inside], fitted)
        pd.testing.assert_frame_equal(told[said.columns].reset_index(drop=True), said)


def test_leave_out_judges_with_nothing_learnt_from_the_codes_of_the_group():
    """Wrong codes in one group change what is said of the others, and nothing of what is said of it."""
    hits, articles, codes, groups = make_toy()
    turned = codes.copy()
    inside = groups.index[groups == "h"]
    turned[inside] = turned[inside].map({"promotional": "critical", "critical": "reportorial", "reportorial": "promotional"})
    said = ["article", "stance", *STANCES, "margin", "sure"]
    before, after = (leave_out(hits, articles, c, groups, MODEL).set_index("group") for c in (codes, turned))
    pd.testing.assert_frame_equal(before.loc["h", said], after.loc["h", said])
    assert not before.loc["g", said].equals(after.loc["g", said])


def test_leave_out_has_a_row_per_article_with_the_coders_stance():
    hits, articles, codes, groups = make_toy()
    table = leave_out(hits, articles, codes, groups, MODEL)
    assert table.columns.tolist() == ["article", "stance", *STANCES, "margin", "sure", "group", "coded"]
    assert sorted(table["article"]) == sorted(articles["article"])
    assert table["group"].is_monotonic_increasing
    assert table["coded"].tolist() == codes.loc[table["article"]].tolist()
    assert macro_f1(table) == 1


@pytest.mark.parametrize(
    ("coded", "said", "expected"),
    [
        ("pcr", "pcr", 1),
        ("pcr", "crp", 0),
        ("ppcc", "ppcc", 2 / 3),  # no reportorial article: its F1 is 0
        ("pcr", "pcc", (1 + 2 / 3 + 0) / 3),  # critical: precision 1/2, recall 1
        ("pcr", "pc", None),
    ],
)
def test_macro_f1_by_hand(coded, said, expected):
    names = {"p": "promotional", "c": "critical", "r": "reportorial"}
    if expected is None:  # not coded counts as missed
        table = pd.DataFrame({"coded": [names[c] for c in coded], "stance": [*(names[c] for c in said), ""]})
        assert macro_f1(table) == pytest.approx(2 / 3)
    else:
        assert macro_f1(pd.DataFrame({"coded": [names[c] for c in coded], "stance": [names[c] for c in said]})) == pytest.approx(expected)


def test_measure_gains_a_feature_that_tells_gains_and_one_without_marks_gains_nothing():
    hits, articles, codes, groups = make_toy()
    features = (*FEATURES, Feature("irony"))
    model = StanceModel(features, {language: np.hstack([NORM, [[0.0], [1.0]]]) for language in ("de", "en")}, np.zeros((3, 4)), np.zeros(3))
    gains = measure_gains(hits, articles, codes, groups, model)
    assert min(gains[:3]) > 0.01
    assert gains[3] == pytest.approx(0, abs=1e-6)


def test_measure_norms_by_hand():
    """The log of one more than the count is the density: German 0 and log 4, English log 2 twice; the spread is the mean of log 2 and 0."""
    articles = pd.DataFrame({"article": ["a", "b", "c", "d"], "language": ["de", "de", "en", "en"], "words": WORDS})
    hits = make_hits([("b", "praise", 3), ("c", "praise", 1), ("d", "praise", 1)])
    norms = measure_norms(hits, articles, (Feature("praise"), Feature("harm")))
    for language in ("de", "en"):
        assert norms[language] == pytest.approx(np.array([[np.log(2), 0], [np.log(2) / 2, 0.15]]))  # never seen: the least spread


def test_measure_norms_are_where_the_mean_article_is_at_zero():
    hits, articles, _, _ = make_toy()
    norms = measure_norms(hits, articles, FEATURES)
    densities = measure_densities(hits, articles, FEATURES)
    for language in ("de", "en"):
        assert norms[language][0] == pytest.approx(densities[(articles["language"] == language).to_numpy()].mean().to_numpy())


def write_codes(folder, stances_of):
    rows = [f"{article},c1,{stance},3,50,30,20\n" for article, stance in stances_of.items()]
    (folder / "corpus/codes.csv").write_text("id,coder,stance,sure,sport,money,law\n" + "".join(rows), encoding="utf-8")


CODES = {
    "de-club": "promotional", "de-klage": "critical", "en-club": "promotional", "en-fee": "reportorial", "de-more": "reportorial", "en-more": "critical",
}  # fmt: skip
MORE = {
    "de-more": "Laut der Stadt ist der Preis so, wie er war, sagte sie, und das Gericht ist es auch.\n",
    "en-more": "The victims of it are here, and the damage is not small at all.\n",
}


@pytest.fixture
def coded(tmp_path):
    """The tiny study with codes and an article that no coder read."""
    make_study(tmp_path, press=False)
    write_codes(tmp_path, {**CODES, "gone": "critical"})
    for name, text in {**MORE, "uncoded": "Der Preis ist hoch, und das ist für alle so, sagte sie.\n"}.items():
        (tmp_path / f"corpus/articles/{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_read_coded_leaves_out_what_has_no_codes_or_cannot_be_coded(coded):
    (coded / "corpus/articles/en-fee.md").write_text("---\nid: en-fee\n---\n", encoding="utf-8")
    articles, codes = read_coded(coded / "corpus")
    assert articles["article"].tolist() == articles["group"].tolist() == ["de-club", "de-klage", "de-more", "en-club", "en-more"]
    assert codes["stance"]["en-club"] == "promotional"


def test_read_coded_of_the_repository_groups_by_angle_and_event_and_leaves_held_out_closed(root):
    articles, codes = read_coded(root / "corpus")
    assert articles.groupby("set")["group"].nunique().to_dict() == {"angle": 6, "event": 131, "everyday": 10}
    assert set(articles[articles["set"] != "everyday"].groupby("group").size()) == {6}
    held_out = {file.stem for file in (root / "corpus/other_events/held_out").glob("*.md")}
    assert len(held_out) == 96 and not held_out & (set(articles["article"]) | set(codes.index))
    assert sorted(articles["article"]) == codes.index.tolist()


def test_read_coded_weighs_what_a_key_calls_hard_half_and_the_own_event_three_times(root, coded):
    articles, _ = read_coded(root / "corpus")
    weight = articles.set_index("article")["weight"]
    plain, hard = ["en-deal-b", "airline-de-b", "airport-route-en"], ["en-rivals-a", "airline-de-a", "actor-libel-trial-vane-en"]
    assert weight[plain].tolist() == [3, 1, 1] and weight[hard].tolist() == [1.5, 0.5, 0.5]
    (coded / "corpus/key.csv").write_text("id,stance,difficulty\nde-club,promotional, Hard\nen-club,promotional,plain\n", encoding="utf-8")
    assert read_coded(coded / "corpus")[0].set_index("article")["weight"].to_dict() == {
        "de-club": 1.5, "de-klage": 3, "de-more": 3, "en-club": 3, "en-fee": 3, "en-more": 3,
    }  # fmt: skip


def test_read_coded_refuses_a_key_that_cannot_be_read(coded):
    for row, fault in (("de-club,loud,hard", "key.csv:2: stance 'loud'"), ("de-club,critical,heavy", "key.csv:2: difficulty 'heavy'; allowed are plain and hard")):
        (coded / "corpus/key.csv").write_text(f"id,stance,difficulty\n{row}\n", encoding="utf-8")
        with pytest.raises(CorpusError, match=fault):
            read_coded(coded / "corpus")


def test_read_coded_draws_the_same_parts_of_everyday_press_whatever_the_order(root):
    articles, _ = read_coded(root / "corpus")
    everyday = articles.loc[articles["set"] == "everyday", "article"]
    drawn = fitting._draw_parts(everyday[::-1])
    assert drawn.sort_index().tolist() == articles.loc[everyday.index, "group"].tolist()
    assert set(drawn) == {f"everyday {part}" for part in range(1, 11)}


def test_fit_study_model_twice_writes_the_same_bytes(coded):
    tables = [fit_study_model(coded, coded / "lexicons", coded / name) for name in ("one.yaml", "two.yaml")]
    assert (coded / "one.yaml").read_bytes() == (coded / "two.yaml").read_bytes()
    pd.testing.assert_frame_equal(*tables)


def test_fit_study_model_again_does_not_move_the_weights(coded):
    """A fit starts from the norms alone, not from the weights that it finds."""
    fit_study_model(coded, coded / "lexicons")
    first = (coded / "lexicons/stance_model.yaml").read_bytes()
    fit_study_model(coded, coded / "lexicons")
    assert (coded / "lexicons/stance_model.yaml").read_bytes() == first


def test_fit_study_model_that_cannot_be_judged_is_not_written(coded):
    write_codes(coded, {name: stance for name, stance in CODES.items() if name != "en-more"})
    before = (coded / "lexicons/stance_model.yaml").read_bytes()
    with pytest.raises(CorpusError, match="without the group 'de-klage', no coded article is critical"):
        fit_study_model(coded, coded / "lexicons")
    assert (coded / "lexicons/stance_model.yaml").read_bytes() == before


def test_the_shipped_model_is_what_fitting_gives(root, tmp_path):
    fit_study_model(root, root / "lexicons", tmp_path / "model.yaml")
    ours, shipped = read_model(tmp_path / "model.yaml"), read_model(root / "lexicons/stance_model.yaml")
    assert ours.features == shipped.features
    assert ours.weights == pytest.approx(shipped.weights, abs=2e-3), "run 'lesart lexicon fit'"
    assert ours.intercept == pytest.approx(shipped.intercept, abs=2e-3), "run 'lesart lexicon fit'"


def test_renew_norms_writes_norms_and_keeps_features_and_weights(coded):
    before = read_model(coded / "lexicons/stance_model.yaml")
    articles = pd.DataFrame(
        {"article": ["a", "b", "c"], "title": "", "text": ["Ein Erfolg.", "A success.", "?"], "language": ["de", "en", "unknown"], "words": [40, 40, 1],
         "problem": ["", "", "language unknown"]}
    )  # fmt: skip
    renew_norms(articles, coded / "lexicons")
    after = read_model(coded / "lexicons/stance_model.yaml")
    assert (after.features, after.weights.tolist(), after.intercept.tolist()) == (before.features, before.weights.tolist(), before.intercept.tolist())
    assert after.norms["de"].tolist() == after.norms["en"].tolist() == [[0.9163, 0, 0], [0.15, 0.15, 0.15]]  # log(1 + 1.5): one mark in the lead
    assert after.made.startswith("norms from 1 German and 1 English articles")
