"""How the lexicons do on real texts that are not ours to ship: labelled sentences, opinion texts, parallel news.

Nothing is fitted to these texts but the norms, which come from the parallel news. Whoever holds the sets runs:

    python benchmarks/real_press.py --checkthat de-train.tsv --checkthat en-train.tsv … \\
        --parallel ntrex.de.txt ntrex.en.txt ntrex.documents.txt --microtexts microtexts/ --pages pages/

CheckThat! 2025 task 1 (sentences, SUBJ or OBJ), NTREX-128 (Federmann, Kocmi and Xin 2022), Argumentative Microtexts
(Peldszus and Stede 2016).

``--pages`` takes folders with saved web pages: 47 German and 30 English ones of papers, magazines, companies, parties and blogs
that lie among the tests of two libraries (htmldate 0.9.0, trafilatura 0.9.0 and 1.6.1, newspaper4k 0.9.6: ``pip download
--no-deps --no-binary :all: trafilatura==0.9.0``, unpacked).

``parallel_codes.csv`` and ``page_codes.csv`` have the stances that readers, language models as those of the coded articles are, gave
these texts by the codebook: two for each text, blind, each in an order of its own, the two sides of the parallel news apart.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import click
import pandas as pd
from sklearn.metrics import roc_auc_score

from lesart.agreement import measure_alpha
from lesart.articles import settle_articles
from lesart.codes import merge_codes, read_codes
from lesart.lexicon import read_lexicons
from lesart.sources.web_page import read_page
from lesart.stance import STANCES, stances
from lesart.tagging import tag_articles
from lesart.topics import TOPICS, pivot_weights, topic_weights
from lesart.words import count_words

# A topic is compared between the sides only where it occurs in so many documents.
_LEAST_DOCUMENTS = 20
_FOLDER = Path(__file__).parent


@click.command()
@click.option("--checkthat", multiple=True, type=click.Path(exists=True, path_type=Path), help="TSV files named de-… or en-….")
@click.option("--parallel", nargs=3, type=click.Path(exists=True, path_type=Path), help="German lines, English lines, documents.")
@click.option("--microtexts", type=click.Path(exists=True, path_type=Path), help="Folder with de/ and en/.")
@click.option("--pages", multiple=True, type=click.Path(exists=True, path_type=Path), help="Folders with saved web pages.")
@click.option("--table", type=click.Path(path_type=Path), help="Also write the parallel news as a table for 'lesart lexicon norms'.")
def main(checkthat: tuple[Path, ...], parallel: tuple[Path, Path, Path], microtexts: Path | None, pages: tuple[Path, ...], table: Path | None) -> None:
    """Print the figures that the README reports of real texts."""
    news = read_parallel(*parallel) if parallel else None
    if table and news is not None:
        news[["article", "text", "language"]].to_csv(table, index=False)
    if checkthat:
        report_sentences(read_checkthat(checkthat))
    if news is not None:
        news = news.assign(**tag(news))
        report_sides("parallel news", news)
        print("  reportorial:", by_language(news, lambda side: (side["stance"] == "reportorial").mean()))
        report_readers(news)
        report_topics(news)
    if microtexts:
        opinions = read_microtexts(microtexts)
        opinions = opinions.assign(**tag(opinions))
        report_sides("microtexts", opinions)
        if news is not None:
            both = pd.concat([opinions.assign(opinion=True), news.assign(opinion=False)])
            print("  AUC against parallel news:", by_language(both, lambda side: roc_auc_score(side["opinion"], 1 - side["reportorial"])))
    if pages:
        report_pages(pages)


def tag(texts: pd.DataFrame) -> dict[str, list]:
    """Stance of each text and the probabilities of the three."""
    told = stances(tag_articles(texts, read_lexicons(), progress=False), texts)
    return {column: told[column].tolist() for column in ("stance", *STANCES)}


def by_language(texts: pd.DataFrame, measure: Callable[[pd.DataFrame], float]) -> str:
    return ", ".join(f"{language} {measure(side):.3f} (n = {side['article'].nunique()})" for language, side in texts.groupby("language"))


def report_sentences(sentences: pd.DataFrame) -> None:
    sentences = sentences.assign(**tag(sentences))
    print("CheckThat, AUC of not reportorial for SUBJ:", by_language(sentences, lambda side: roc_auc_score(side["label"] == "SUBJ", 1 - side["reportorial"])))


def report_sides(name: str, texts: pd.DataFrame) -> None:
    sides = texts.pivot(index="document", columns="language", values="stance")
    print(f"{name}, same stance in both languages: {(sides['de'] == sides['en']).mean():.3f} of {len(sides)}")


def report_readers(news: pd.DataFrame) -> None:
    """The parallel news as read blind by the codebook: what the readers found, and how far the lexicon agrees with them."""
    codes = read_codes(_FOLDER / "parallel_codes.csv")
    codes = codes[codes["article"].isin(news["article"])]
    if codes.empty:
        return
    codes = codes.assign(language=codes["article"].str[-2:], document=codes["article"].str[:-3])
    reportorial = codes.groupby(["language", "coder"])["stance"].agg(lambda stances: (stances == "reportorial").mean())
    print("  readers, reportorial:", ", ".join(f"{language} {share:.3f}" for (language, _), share in reportorial.items()))
    sides = [codes[codes["language"] == language].pivot(index="document", columns="coder", values="stance") for language in ("de", "en")]
    pairs = [(sides[0][one] == sides[1][other]).mean() for one in sides[0] for other in sides[1]]
    print("  readers, same stance in both languages:", ", ".join(f"{share:.3f}" for share in pairs))
    report_agreement(news, codes)


def report_agreement(texts: pd.DataFrame, codes: pd.DataFrame) -> None:
    """How far the readers agree with one another, and the lexicon with what they say together."""
    print("  readers among themselves, alpha:", by_language(codes, measure_alpha))
    coded = texts.merge(merge_codes(codes)["stance"].rename("coded").reset_index(), on="article")
    print("  lexicon with the readers as one, alpha:", by_language(coded, _alpha_of_two))
    print("  ... same stance:", by_language(coded, lambda side: (side["stance"] == side["coded"]).mean()))
    evaluates = coded["coded"] != "reportorial"
    print("  AUC of not reportorial for evaluating:", by_language(coded.assign(it=evaluates), lambda side: roc_auc_score(side["it"], 1 - side["reportorial"])))
    pointed = coded[evaluates].assign(it=coded["coded"] == "promotional", share=lambda side: side["promotional"] / (side["promotional"] + side["critical"]))
    print("  AUC of for rather than against, where they evaluate:", by_language(pointed, lambda side: roc_auc_score(side["it"], side["share"])))


def _alpha_of_two(coded: pd.DataFrame) -> float:
    two = pd.concat([coded[["article", name]].rename(columns={name: "stance"}).assign(coder=name) for name in ("stance", "coded")])
    return measure_alpha(two)


def report_pages(folders: tuple[Path, ...]) -> None:
    """Saved pages that readers coded, taken out of their pages as ``lesart add`` takes them."""
    codes = read_codes(_FOLDER / "page_codes.csv")
    files = {file.name: file for folder in folders for file in sorted(folder.rglob("*")) if file.name in set(codes["article"])}
    if not files:
        print("pages: none of those that were coded")
        return
    found = {name: read_page(file.read_bytes()) for name, file in sorted(files.items())}
    articles = settle_articles({"article": name, **page.record} for name, page in found.items() if not page.problem)
    articles = articles[articles["language"] != "unknown"].reset_index(drop=True)
    print(f"pages: {len(articles)} of {codes['article'].nunique()} read as articles")
    codes = codes[codes["article"].isin(articles["article"])].merge(articles[["article", "language"]], on="article")
    report_agreement(articles.assign(**tag(articles)), codes)


def report_topics(news: pd.DataFrame) -> None:
    weights = pivot_weights(topic_weights(tag_articles(news, read_lexicons()), news, list(TOPICS), intervals=False))
    weights = weights.assign(document=news["document"].to_numpy(), language=news["language"].to_numpy())
    for topic in TOPICS:
        sides = weights.pivot(index="document", columns="language", values=topic)
        n = int((sides > 0).any(axis=1).sum())
        mean = sides.to_numpy().mean()
        if n >= _LEAST_DOCUMENTS:
            difference = 100 * (sides["de"].mean() - sides["en"].mean()) / mean
            print(f"  {topic}: r {sides['de'].corr(sides['en']):.3f}, de minus en {difference:+.0f} % of the mean, {n} documents")


def read_parallel(german: Path, english: Path, documents: Path) -> pd.DataFrame:
    """A row per document and language."""
    names = documents.read_text(encoding="utf-8").splitlines()
    sides = []
    for language, path in (("de", german), ("en", english)):
        lines = pd.DataFrame({"document": names, "text": path.read_text(encoding="utf-8").splitlines()})
        sides.append(lines.groupby("document", sort=False)["text"].agg(" ".join).reset_index().assign(language=language))
    return complete(pd.concat(sides, ignore_index=True))


def read_checkthat(files: tuple[Path, ...]) -> pd.DataFrame:
    tables = [pd.read_csv(file, sep="\t", quoting=csv.QUOTE_NONE).assign(language=file.name[:2]) for file in files]
    sentences = pd.concat(tables, ignore_index=True)
    return complete(sentences.assign(text=sentences["sentence"].str.strip('"'), document=range(len(sentences))))


def read_microtexts(folder: Path) -> pd.DataFrame:
    rows = [
        {"document": file.stem, "language": language, "text": " ".join(file.read_text(encoding="utf-8-sig").split())}
        for language in ("de", "en")
        for file in sorted((folder / language).glob("*.txt"))
    ]
    return complete(pd.DataFrame(rows))


def complete(texts: pd.DataFrame) -> pd.DataFrame:
    """The columns that tagging needs."""
    names = [f"{document}|{language}" for document, language in zip(texts["document"], texts["language"], strict=True)]
    return texts.assign(article=names, title="", words=count_words(texts["text"].tolist()))


if __name__ == "__main__":
    main()
