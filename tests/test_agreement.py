"""Agreement on cases that a person can add up, and against Krippendorff's own examples."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from lesart.agreement import (
    abstain,
    calibrate,
    choose_margins,
    compare_coders,
    compare_topic_alphas,
    compare_topics,
    confuse_stances,
    join_sheets,
    judge_coder,
    measure_alpha,
    read_sheet,
    report_agreement,
    score_stances,
)
from lesart.cli import cli
from lesart.errors import CorpusError

P, C, R = "promotional", "critical", "reportorial"


def make_sheet(rows, coder=""):
    """A sheet of (article, stance, labor), the rest of the attention being finance."""
    table = pd.DataFrame(rows, columns=["article", "stance", "labor"])
    return table.assign(coder=coder, sure=2, finance=100 - table["labor"])


PEOPLE = pd.concat(
    [make_sheet([("de-a", P, 10), ("de-b", C, 50), ("en-a", R, 30), ("en-b", R, 90)], "eva"),
     make_sheet([("de-a", P, 20), ("de-b", C, 50), ("en-a", R, 30), ("en-b", R, 90)], "jan")], ignore_index=True
)  # fmt: skip
# The lexicon takes one English report for criticism, and is 10 points off on the labor of each article.
MACHINE = make_sheet([("de-a", P, 25), ("de-b", C, 60), ("en-a", R, 40), ("en-b", C, 100)]).assign(
    language=["de", "de", "en", "en"], margin=[0.9, 0.8, 0.5, 0.1], sure=[3, 3, 2, 1]
)


@pytest.fixture
def codes():
    return join_sheets({"people": PEOPLE, "codes": MACHINE})


def units(*rows):
    """Codes from one text per coder: a value per article, a point where there is none."""
    cells = [(f"u{k:02d}", f"c{j}", value) for j, row in enumerate(rows) for k, value in enumerate(row.split()) if value != "."]
    return pd.DataFrame(cells, columns=["article", "coder", "stance"]).assign(number=lambda table: table["stance"].astype(float))


# Krippendorff (2011), Computing Krippendorff's alpha-reliability, examples A and C.
TWO_BY_TEN = units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
FOUR_BY_TWELVE = units(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(
    ("codes", "column", "level", "alpha"),
    [(TWO_BY_TEN, "stance", "nominal", 0.095), (FOUR_BY_TWELVE, "stance", "nominal", 0.743), (FOUR_BY_TWELVE, "number", "interval", 0.849)],
)
def test_alpha_is_that_of_krippendorffs_examples(codes, column, level, alpha):
    assert measure_alpha(codes, column, level) == pytest.approx(alpha, abs=0.0005)


def alpha_by_hand(codes, column, difference):
    """One minus observed over expected difference, over all pairs of values (Krippendorff 2019, ch. 12)."""
    by_article = [own.tolist() for _, own in codes.groupby("article")[column] if len(own) > 1]
    values = [value for own in by_article for value in own]
    observed = sum(difference(a, b) / (len(own) - 1) for own in by_article for a, b in permutations(own, 2)) / len(values)
    return 1 - observed / (sum(difference(a, b) for a, b in permutations(values, 2)) / len(values) / (len(values) - 1))


@pytest.mark.parametrize("seed", range(5))
def test_alpha_equals_the_formula_written_out(seed):
    random = np.random.default_rng(seed)
    codes = pd.DataFrame({"article": np.repeat([f"a{k}" for k in range(12)], 3), "coder": ["x", "y", "z"] * 12})
    codes["stance"] = random.choice([P, C, R], 36)
    codes["labor"] = random.integers(0, 101, 36).astype(float)
    codes = codes[random.random(36) < 0.8]
    assert measure_alpha(codes) == pytest.approx(alpha_by_hand(codes, "stance", lambda a, b: a != b))
    assert measure_alpha(codes, "labor", "interval") == pytest.approx(alpha_by_hand(codes, "labor", lambda a, b: (a - b) ** 2))


@pytest.mark.parametrize("coder", ["eva", "jan"])
def test_alpha_of_identical_coders_is_one_in_both_languages(coder):
    sheet = MACHINE.assign(coder=coder)
    table = compare_coders(join_sheets({"one": sheet.drop(columns="margin"), "two": sheet.assign(coder="twin").drop(columns="margin")}))
    assert table["language"].tolist() == ["both", "de", "en"]
    assert (table[["alpha", "same"]] == 1).all(axis=None)


def test_alpha_is_unknown_where_nothing_differs_or_one_coded_alone():
    same = PEOPLE.assign(stance=C)
    assert np.isnan(measure_alpha(same))
    assert np.isnan(measure_alpha(PEOPLE[PEOPLE["coder"] == "eva"]))


def test_compare_coders_has_people_then_the_lexicon_with_all_with_each_and_with_what_they_say_together(codes):
    table = compare_coders(codes)
    both = table[table["language"] == "both"]
    assert both["coders"].tolist() == ["eva, jan", "lexicon with eva, jan", "lexicon with eva", "lexicon with jan", "lexicon with together"]
    assert both["same"].tolist() == [1, 0.75, 0.75, 0.75, 0.75]
    assert set(table["level"]) == {"nominal"}
    # Two coders, four articles, values P 2, C 3, R 3; one article differs: 1 - 7 * 2 / (2*3 + 2*3 + 3*3) / 2.
    assert both["alpha"].iloc[2] == pytest.approx(1 - 7 * 2 / (2 * (2 * 3 + 2 * 3 + 3 * 3)))


def test_compare_coders_interval_is_the_same_on_every_run_and_narrower_with_more_articles():
    def interval(times):
        rows = [(f"a{k}", coder, stance) for k in range(times) for coder, stance in (("x", [P, C, R][k % 3]), ("y", [P, C, C][k % 3]))]
        table = pd.DataFrame(rows, columns=["article", "coder", "stance"]).assign(sure=1, language="de")
        return compare_coders(join_sheets({"one": table})).iloc[0]

    few, many = interval(12), interval(120)
    assert few["low"] < few["alpha"] < few["high"]
    assert many["high"] - many["low"] < (few["high"] - few["low"]) / 2
    pd.testing.assert_series_equal(few, interval(12))


def test_judge_coder_puts_the_lexicon_beside_what_the_people_say_together(codes):
    assert judge_coder(codes)[["article", "language", "stance", "coded", "sure"]].values.tolist() == [
        ["de-a", "de", P, P, 3],
        ["de-b", "de", C, C, 3],
        ["en-a", "en", R, R, 2],
        ["en-b", "en", C, R, 1],
    ]


def test_confusion_counts_each_article_once_per_language(codes):
    table = confuse_stances(judge_coder(codes)).set_index(["language", "coded"])
    assert table.loc[("en", R)].tolist() == [0, 1, 1]
    assert table.loc["both"].to_numpy().tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 1]]
    assert table.loc["de"].to_numpy().sum() == 2


def test_scores_are_precision_recall_and_f1_of_each_stance(codes):
    table = score_stances(judge_coder(codes)).set_index(["language", "stance"])
    assert table.loc[("both", C), ["articles", "precision", "recall"]].tolist() == [1, 0.5, 1]
    assert table.loc[("both", R), "f1"] == pytest.approx(2 / 3)
    assert table.loc[("both", "macro"), "f1"] == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert np.isnan(table.loc[("de", R), "f1"])  # nobody gave it there
    assert table.loc[("de", "macro"), "f1"] == 1


def test_topics_are_compared_with_each_coder_and_their_mean(codes):
    table = compare_topics(codes).set_index(["language", "against", "topic"])
    assert table.loc[("both", "eva", "labor"), "mae_points"] == pytest.approx((15 + 10 + 10 + 10) / 4)
    assert table.loc[("both", "jan", "labor"), "mae_points"] == pytest.approx((5 + 10 + 10 + 10) / 4)
    assert table.loc[("both", "together", "labor"), "mae_points"] == pytest.approx(10)
    assert table.loc[("both", "together", "all"), "mae_points"] == pytest.approx(10)
    assert table.loc[("en", "together", "labor"), "r"] == pytest.approx(1)
    assert table["articles"].groupby("language").first().to_dict() == {"both": 4, "de": 2, "en": 2}


def test_topics_without_variation_have_no_correlation():
    flat = join_sheets({"people": PEOPLE.assign(labor=50, finance=50), "codes": MACHINE})
    assert compare_topics(flat)["r"].isna().all()


def test_topic_alphas_state_the_level_and_are_one_for_coders_who_agree():
    table = compare_topic_alphas(join_sheets({"people": PEOPLE.assign(labor=PEOPLE["labor"].replace(20, 10), finance=100 - PEOPLE["labor"].replace(20, 10)), "codes": MACHINE}))
    assert set(table["level"]) == {"interval"}
    assert table["alpha_coders"].tolist() == pytest.approx([1] * 6)
    assert (table["alpha_with"] < 1).all()


def test_abstaining_leaves_the_least_sure_out_first(codes):
    table = abstain(judge_coder(codes), (1.0, 0.75, 0.5)).set_index(["language", "share_coded"])
    assert table.loc["both", "articles"].tolist() == [4, 3, 2]
    assert table.loc["both", "agreement"].tolist() == [0.75, 1, 1]
    assert table.loc["both", "least_margin"].tolist() == [0.1, 0.5, 0.8]


def test_calibration_says_how_often_each_mark_is_right(codes):
    table = calibrate(judge_coder(codes)).set_index(["language", "sure"])
    assert table.loc["both", ["articles", "right"]].to_numpy().tolist() == [[1, 0], [1, 1], [2, 2]]
    assert table.loc["both", "promised"].tolist()[1:] == [0.80, 0.95]
    # Wilson for 2 of 2: 2 / (2 + 1.96²).
    assert table.loc[("both", 3), "low"] == pytest.approx(2 / (2 + 1.96**2), abs=1e-4)


def make_judged(right_by_margin):
    """Judgements from margin → how many are right and how many wrong."""
    rows = [(margin, C, C if k < right else R) for margin, (right, wrong) in right_by_margin.items() for k in range(right + wrong)]
    return pd.DataFrame(rows, columns=["margin", "stance", "coded"])


def test_margins_are_chosen_where_the_promised_share_is_right():
    # A logistic curve through half at 0, 4 of 5 at 0.4: the logits 0 and log 4, so 19 of 20 at 0.4 log 19 / log 4 = 0.85.
    assert choose_margins(make_judged({0.0: (500, 500), 0.4: (800, 200)})) == (0.4, 0.85)


@pytest.mark.parametrize(
    ("judged", "message"),
    [({0.5: (9, 0)}, "articles that are right and articles that are wrong"), ({0.1: (9, 1), 0.9: (5, 5)}, "not more often right")],
    ids=["nothing wrong", "margin says nothing"],
)
def test_margins_that_cannot_be_chosen_are_refused(judged, message):
    with pytest.raises(ValueError, match=message):
        choose_margins(make_judged(judged))


def test_join_names_sheets_without_a_coder_and_takes_languages_from_the_lexicons(codes):
    assert codes["coder"].unique().tolist() == ["eva", "jan", "lexicon"]
    assert codes.loc[codes["coder"] == "eva", "language"].tolist() == ["de", "de", "en", "en"]
    assert codes.groupby("coder")["reference"].first().to_dict() == {"eva": True, "jan": True, "lexicon": False}
    student = join_sheets({"people": PEOPLE, "student": make_sheet([("de-a", C, 5)])})
    assert student["coder"].unique().tolist() == ["eva", "jan", "student"]
    assert set(student["language"]) == {""}
    assert compare_coders(student)["language"].unique().tolist() == ["both"]


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"people": PEOPLE, "more": PEOPLE[:1]}, "de-a: coded twice by 'eva'; give each coder a name of their own"),
        ({"people": PEOPLE, "other": make_sheet([("fr-a", C, 5)])}, "no article that eva, jan coded is in another sheet"),
        ({"people": PEOPLE.assign(labor="much")}, "topic 'labor': not all its shares are numbers"),
    ],
    ids=["twice", "nothing in common", "no numbers"],
)
def test_join_refuses_sheets_that_cannot_be_compared(sheets, message):
    with pytest.raises(CorpusError, match=message):
        join_sheets(sheets)


def test_read_sheet_leaves_out_what_the_lexicon_could_not_code_and_refuses_it_of_people(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("article,language,stance,sure,margin,labor\na,de,critical,3,0.9,100\nb,unknown,,0,0,0\n", encoding="utf-8")
    assert read_sheet(path)["article"].tolist() == ["a"]
    path.write_text("article,stance\na,critical\nb,neutral\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="allowed are promotional, critical, reportorial"):
        read_sheet(path)


def test_report_has_every_part_for_the_lexicon_and_less_for_people_without_margin(codes):
    assert len(report_agreement(codes)) == 8
    assert [title for title, _ in report_agreement(join_sheets({"people": PEOPLE}))] == [report_agreement(codes)[0][0]]


def test_agree_prints_all_of_it(tmp_path):
    PEOPLE.to_csv(tmp_path / "people.csv", index=False)
    MACHINE.drop(columns="coder").to_csv(tmp_path / "machine.csv", index=False)
    result = CliRunner().invoke(cli, ["agree", str(tmp_path / "people.csv"), str(tmp_path / "machine.csv")])
    assert result.exit_code == 0, result.output
    for told in ("Krippendorff's alpha (nominal)", "lexicon with together", "mae_points en", "share_coded", "promised", "Krippendorff's alpha (interval)"):
        assert told in result.output
    assert "NaN" not in result.output
