"""The engine: the same codes however a corpus is cut and whoever codes it; nothing lost, nothing done twice, one fault for one article."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from tiny_study import ARTICLES, make_lexicons

from lesart import engine, records
from lesart.articles import read_corpus, read_records
from lesart.engine import REPORT, Coder, Here, code_records, cut_pieces, use_cluster
from lesart.errors import LesartError
from lesart.lexicon import read_lexicons
from lesart.parts import Parts
from lesart.stance import read_model
from lesart.study import code_articles
from lesart.tagging import tag_articles

POISON = "Giftig"


@dataclass(frozen=True)
class SpyingCoder(Coder):
    """Says in a file how many records it was given."""

    log: str = ""

    def code(self, records):
        with open(self.log, "a", encoding="utf-8") as file:
            file.write(f"{len(records)}\n")
        return super().code(records)


@dataclass(frozen=True)
class DyingCoder(Coder):
    """Takes its process down: the first ``n_times`` that it has a record that holds the poison (each leaves a file behind)."""

    folder: str = ""
    n_times: int = 1

    def code(self, records):
        if any(POISON in record["text"] for record in records):
            n_died = len(list(Path(self.folder).iterdir()))
            if n_died < self.n_times:
                (Path(self.folder) / f"{n_died}-{os.getpid()}-{time.monotonic_ns()}").touch()
                os._exit(1)
        return super().code(records)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return make_lexicons(tmp_path_factory.mktemp("lexicons") / "lexicons")


def make_coder(tiny, kind=Coder, **options):
    return kind(read_lexicons(tiny), read_model(tiny / "stance_model.yaml"), **options)


def make_table(file, n=23, **changed):
    """Both languages in turn, ids that stand twice far from one another, an empty text and one that is neither language."""
    texts = [f"{title}\n\n{body}" for title, _, body in ARTICLES.values()]
    table = pd.DataFrame({"id": [f"a{number % 17}" for number in range(n)], "text": [texts[number % 4] for number in range(n)]})
    if n > 9:
        table.loc[5, "text"], table.loc[9, "text"] = "", "Meta: Superintelligenz"
    for number, text in changed.items():
        table.loc[int(number[1:]), "text"] = text
    table.to_parquet(file)
    return file


def code(file, coder, parts=None, n_articles=5, workers=None):
    tables = code_records(read_records(file, progress=False), workers or Here(coder), parts=parts, n_articles=n_articles)
    return pd.concat(tables, ignore_index=True)


def read_hits(folder):
    return pd.concat([table for file in sorted(folder.glob("hits-*.parquet")) if len(table := pd.read_parquet(file))], ignore_index=True)


def test_codes_and_hits_are_those_of_the_whole_corpus_coded_together(tmp_path, tiny):
    coder, file = make_coder(tiny), make_table(tmp_path / "t.parquet")
    articles = read_corpus(file, progress=False)
    hits = tag_articles(articles, coder.lexicons, progress=False)
    whole = code_articles(articles, hits, coder.model, coder.lexicons[1].categories).assign(**articles[list(REPORT)])
    found = code(file, coder, Parts(tmp_path / "parts", tmp_path / "hits"))
    pd.testing.assert_frame_equal(found, whole)
    pd.testing.assert_frame_equal(read_hits(tmp_path / "hits"), hits.reset_index(drop=True))
    assert found["article"].iloc[[0, 16, 17, 22]].tolist() == ["a0", "a16", "a0~2", "a5~2"]
    assert found["problem"].iloc[[5, 9]].str[:12].tolist() == ["no text", "language unk"]


@pytest.mark.parametrize("n_articles", [1, 2, 7, 22, 23, 1000])
def test_codes_are_the_same_in_pieces_of_any_size(tmp_path, tiny, n_articles):
    coder, file = make_coder(tiny), make_table(tmp_path / "t.parquet")
    one, other = code(file, coder).to_csv(), code(file, coder, n_articles=n_articles).to_csv()
    assert one == other


def test_pieces_are_cut_at_characters_too(monkeypatch):
    monkeypatch.setattr(engine, "_CHARACTERS", 10)
    records = [{"text": "x" * n, "article": str(n), "angle": "y"} for n in (4, 6, 20, 1)]
    assert [[record["article"] for record in piece] for piece in cut_pieces(records)] == [["4", "6"], ["20"], ["1"]]
    assert list(next(cut_pieces(records))[0]) == ["article", "text"]


def test_a_corpus_without_articles_has_codes_without_rows(tiny):
    (table,) = code_records([], Here(make_coder(tiny)))
    assert table.columns.tolist()[-6:] == ["sport", "money", "law", *REPORT]
    assert table.empty


def test_an_interrupted_run_goes_on_where_it_was(tmp_path, tiny):
    file, log = make_table(tmp_path / "t.parquet"), tmp_path / "log"
    coder = make_coder(tiny, SpyingCoder, log=str(log))
    whole = code(file, make_coder(tiny))
    parts = Parts(tmp_path / "parts", tmp_path / "hits")
    tables = code_records(read_records(file, progress=False), Here(coder), parts=parts, n_articles=5)
    next(tables), next(tables)
    tables.close()
    assert log.read_text().split() == ["5", "5"]
    pd.testing.assert_frame_equal(code(file, coder, parts), whole)
    assert log.read_text().split() == ["5", "5", "5", "5", "3"]


@pytest.mark.parametrize("what", ["lexicon", "text", "hits gone", "part cut", "part damaged", "language"])
def test_what_is_made_of_something_else_is_done_again(tmp_path, tiny, what):
    file, log = make_table(tmp_path / "t.parquet"), tmp_path / "log"
    coder = make_coder(tiny, SpyingCoder, log=str(log))
    parts = Parts(tmp_path / "parts", tmp_path / "hits")
    code(file, coder, parts)
    log.unlink()
    if what == "lexicon":
        lexicons = [coder.lexicons[0].without(pattern="Erfolg*"), coder.lexicons[1]]
        coder = SpyingCoder(lexicons, coder.model, log=str(log))
    elif what == "language":
        coder = make_coder(tiny, SpyingCoder, language="de", log=str(log))
    elif what == "text":
        make_table(file, n12="The success is here, and the match was not what it was, said she of the price.")
    elif what == "hits gone":
        (tmp_path / "hits" / "hits-00003.parquet").unlink()
    else:
        part = tmp_path / "parts" / "codes-00000.parquet"
        content = part.read_bytes()
        part.write_bytes(content[:-20] if what == "part cut" else content[:4] + bytes(200) + content[204:])
    found = code(file, coder, parts)
    assert log.read_text().split() == (["5"] if what in ("text", "hits gone", "part cut", "part damaged") else ["5", "5", "5", "5", "3"])
    pd.testing.assert_frame_equal(found, code(file, Coder(coder.lexicons, coder.model, coder.language)))


def test_hits_of_an_earlier_larger_corpus_go_and_other_files_stay(tmp_path, tiny):
    coder, parts = make_coder(tiny), Parts(tmp_path / "parts", tmp_path / "hits")
    code(make_table(tmp_path / "t.parquet"), coder, parts)
    pd.DataFrame({"mine": [1]}).to_parquet(tmp_path / "hits" / "hits-00099.parquet")
    code(make_table(tmp_path / "t.parquet", n=11), coder, parts)
    assert sorted(file.name for file in (tmp_path / "hits").iterdir()) == [f"hits-{n:05d}.parquet" for n in (0, 1, 2, 99)]
    parts.remove()
    assert not (tmp_path / "parts").exists()


def test_an_article_on_which_coding_fails_is_listed_and_the_others_are_coded(tmp_path, tiny, monkeypatch):
    coder = make_coder(tiny)
    whole = code(make_table(tmp_path / "t.parquet"), coder)
    file = make_table(tmp_path / "t.parquet", n3=f"{POISON} ist der Erfolg, und das Spiel ist es auch.")
    clean = records.clean_text

    def choke(text, *arguments, **options):
        if POISON in text:
            raise RecursionError("too\ndeep")
        return clean(text, *arguments, **options)

    monkeypatch.setattr(records, "clean_text", choke)
    found = code(file, coder)
    assert found.loc[3, ["article", "stance", "sure", "words", "problem"]].tolist() == ["a3", "", 0, 0, "coding failed (RecursionError: too deep)"]
    pd.testing.assert_frame_equal(found.drop(3), whole.drop(3))


def test_a_text_far_too_large_is_listed_and_the_others_are_coded(tmp_path, tiny, monkeypatch):
    monkeypatch.setattr("lesart.articles.MOST_CHARACTERS", 500)
    found = code(make_table(tmp_path / "t.parquet", n3="Der Erfolg ist da. " * 40), make_coder(tiny))
    assert found["problem"][3] == "more than 500 characters: not one article; split it"
    assert (found["stance"] == "").sum() == 3


def test_a_fault_of_a_lexicon_is_no_articles_fault(tmp_path, tiny):
    coder = make_coder(tiny)
    twice = Coder([*coder.lexicons, coder.lexicons[0]], coder.model)
    with pytest.raises(LesartError, match="two lexicons are named 'stance'"):
        code(make_table(tmp_path / "t.parquet"), twice)


def test_parts_that_cannot_be_written_say_so(tmp_path, tiny):
    (tmp_path / "file").touch()
    with pytest.raises(LesartError, match=r"file.codes-00000\.parquet: cannot be written"):
        code(make_table(tmp_path / "t.parquet"), make_coder(tiny), Parts(tmp_path / "file"))


def test_without_dask_the_message_says_what_to_install(tiny, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "dask", None)
    with pytest.raises(LesartError, match=r"pip install 'lesart\[scale\]'"), use_cluster(make_coder(tiny), n_workers=2):
        pass


def test_no_scheduler_there_is_said_in_one_line(tiny, monkeypatch):
    pytest.importorskip("distributed", reason="needs lesart[scale]")
    monkeypatch.setattr(engine, "_PATIENCE", 1)
    with pytest.raises(LesartError, match=r"tcp://127\.0\.0\.1:9: no cluster there"), use_cluster(make_coder(tiny), scheduler="tcp://127.0.0.1:9"):
        pass


def test_two_workers_give_the_same_and_lose_nothing_when_one_dies(tmp_path, tiny):
    """One after the other on one cluster, for starting it takes seconds: a worker that dies once; an article that ends all."""
    pytest.importorskip("distributed", reason="needs lesart[scale]")
    file = make_table(tmp_path / "t.parquet", n12=f"{POISON} ist der Erfolg, und das Spiel ist es auch, sagte sie.")
    whole = code(file, make_coder(tiny))
    (tmp_path / "once").mkdir()
    (tmp_path / "always").mkdir()
    with use_cluster(make_coder(tiny, DyingCoder, folder=str(tmp_path / "once")), n_workers=2) as workers:
        found = code(file, None, Parts(tmp_path / "parts", tmp_path / "hits"), workers=workers)
        pd.testing.assert_frame_equal(found, whole)
        assert len(list((tmp_path / "once").iterdir())) == 1
        assert len(read_hits(tmp_path / "hits")) > 20
        workers._client.cluster.scheduler.allowed_failures = 0  # fewer deaths, for a new worker takes seconds
        deadly = engine.OnDask(make_coder(tiny, DyingCoder, folder=str(tmp_path / "always"), n_times=1_000), workers._client)
        found = code(make_table(tmp_path / "t.parquet", n=3, n1=f"{POISON} ist der Erfolg."), None, n_articles=1, workers=deadly)
    assert found["problem"].str.startswith("coding ended every worker that had it").tolist() == [False, True, False]
    pd.testing.assert_frame_equal(found.drop(1), whole.loc[[0, 2]])
