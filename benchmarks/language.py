"""Measures how languages are told: ``python benchmarks/language.py``, or with tables of articles to measure on (``FILE …``).

Against langdetect on the same characters: on what share of the texts longer than 30 words both give the same answer (de, en
or neither), and how many articles a second either tells, in process time on one core. Without files, on a made corpus. Then, always,
what is taken for German or English although it is neither (``STRANGERS``, below) or half of each.
"""

import argparse
import time
from pathlib import Path

import pandas as pd
from langdetect import DetectorFactory, LangDetectException, detect_langs

from lesart.articles import read_records
from lesart.language import UNKNOWN, detect_languages
from lesart.sentences import LANGUAGES

from make_corpus import ROOT, make_corpus

LEAST_WORDS = 30
LOOK_AT = 3_000
# Written for this measurement; each says that a firm has bought half of another, that wages stay as they are, and so on.
STRANGERS = {
    "Dutch": "De directie van het bedrijf heeft dinsdag in Den Haag gezegd dat de overname van de helft van de aandelen nog niet is bevestigd. "
    "De lonen van de werknemers blijven zoals ze zijn, maar de vakbond was er niet blij mee, want die wil nu alles op papier zien. "
    "Of dat in de zomer nog kan, is de vraag; de minister wilde er niets over zeggen.",
    "Afrikaans": "Die maatskappy het Dinsdag gesê dat die helfte van die aandele in die firma nog nie gekoop is nie. Die lone van die werkers "
    "bly soos hulle is, maar die vakbond was nie daarmee tevrede nie en wil alles op papier sien. Die minister wou niks daaroor sê nie.",
    "Luxembourgish": "D'Direktioun vun der Firma huet en Dënschdeg zu Lëtzebuerg gesot, datt d'Iwwernam vun der Hallschent vun den Aktien nach net "
    "bestätegt ass. D'Léin vun den Aarbechter bleiwen, wéi se sinn, mee d'Gewerkschaft war net frou doriwwer a wëllt elo alles um Pabeier gesinn.",
    "Frisian": "De direksje fan it bedriuw hat tiisdei yn Ljouwert sein dat de oername fan de helte fan de oandielen noch net wis is. De leanen fan "
    "de arbeiders bliuwe sa't se binne, mar de fakbûn wie dêr net bliid mei, want dy wol no alles op papier sjen.",
    "Danish": "Ledelsen i selskabet sagde tirsdag i København, at overtagelsen af halvdelen af aktierne endnu ikke er bekræftet. Lønnen til de "
    "ansatte bliver, som den er, men fagforeningen var ikke glad for det og vil nu se det hele på skrift. Ministeren ville ikke sige noget om det.",
    "Swedish": "Ledningen för bolaget sade på tisdagen i Stockholm att köpet av hälften av aktierna ännu inte är bekräftat. Lönerna för de anställda "
    "blir som de är, men facket var inte nöjt med det och vill nu se allt på papper. Ministern ville inte säga något om saken.",
    "Norwegian": "Ledelsen i selskapet sa tirsdag i Oslo at kjøpet av halvparten av aksjene ennå ikke er bekreftet. Lønnen til de ansatte blir som "
    "den er, men fagforeningen var ikke glad for det og vil nå se alt på papiret. Statsråden ville ikke si noe om det.",
    "French": "La direction du groupe a déclaré mardi à Paris que le rachat de la moitié du capital n'était pas encore confirmé. Les salaires des "
    "employés restent ce qu'ils sont, mais le syndicat n'en est pas content et veut maintenant tout voir par écrit. Le ministre n'a rien dit.",
    "Italian": "La direzione del gruppo ha detto martedì a Roma che l'acquisto della metà delle azioni non è ancora confermato. Gli stipendi dei "
    "dipendenti restano come sono, ma il sindacato non è contento e adesso vuole vedere tutto per iscritto. Il ministro non ha detto niente.",
    "Spanish": "La dirección del grupo dijo el martes en Madrid que la compra de la mitad de las acciones todavía no está confirmada. Los salarios "
    "de los empleados se quedan como están, pero el sindicato no está contento y ahora quiere verlo todo por escrito. El ministro no dijo nada.",
    "Portuguese": "A direção do grupo disse na terça-feira em Lisboa que a compra de metade das ações ainda não está confirmada. Os salários dos "
    "empregados ficam como estão, mas o sindicato não está contente e agora quer ver tudo por escrito. O ministro não disse nada.",
    "Polish": "Zarząd spółki powiedział we wtorek w Warszawie, że zakup połowy akcji nie został jeszcze potwierdzony. Płace pracowników pozostają "
    "takie, jakie są, ale związek zawodowy nie jest zadowolony i chce teraz zobaczyć wszystko na papierze. Minister nic o tym nie powiedział.",
    "Turkish": "Şirket yönetimi salı günü Ankara'da hisselerin yarısının satın alınmasının henüz onaylanmadığını söyledi. Çalışanların ücretleri "
    "olduğu gibi kalıyor, ancak sendika bundan memnun değil ve şimdi her şeyi yazılı görmek istiyor. Bakan bu konuda bir şey söylemedi.",
    "Latin": "Domini societatis die Martis Romae dixerunt dimidiam partem nondum emptam esse. Mercedes operariorum manent ut sunt, sed collegium "
    "operariorum id non probat et nunc omnia in charta videre vult. Quid minister de hac re sentiat, nemo adhuc scit, nam nihil dixit.",
}


def ask_langdetect(text: str) -> str:
    DetectorFactory.seed = 0
    try:
        likeliest = detect_langs(text[:LOOK_AT])[0].lang
    except LangDetectException:
        return UNKNOWN
    return likeliest if likeliest in LANGUAGES else UNKNOWN


def measure(name: str, texts: list[str]) -> None:
    """Prints a line of a table: texts, how many are long, the share with the same answer, articles a second of both."""
    detect_languages(["loads langdetect"]), ask_langdetect("loads its profiles")
    begin = time.process_time()
    ours = detect_languages(texts)
    took = time.process_time() - begin
    begin = time.process_time()
    theirs = [ask_langdetect(text) for text in texts]
    their = time.process_time() - begin
    pairs = [pair for pair, text in zip(zip(ours["language"], theirs, strict=True), texts, strict=True) if len(text.split()) > LEAST_WORDS]
    same = sum(a == b for a, b in pairs)
    asked = (ours["probability"] < 1).mean()
    share = f"{same / len(pairs):.4f}" if pairs else "–"
    print(f"| {name} | {len(texts):,} | {len(pairs):,} | {share} | {asked:.3f} | {len(texts) / took:,.0f} | {len(texts) / their:,.0f} |", flush=True)


def list_mixed(corpus: pd.DataFrame) -> list[str]:
    """Texts of which half is German and half English, in turns of a paragraph."""
    sides = [corpus.loc[corpus["language"] == language, "text"].str.split("\n\n") for language in LANGUAGES]
    return ["\n\n".join(part for pair in zip(de, en, strict=False) for part in pair) for de, en in zip(*sides, strict=False)]


def describe_languages(files: list[Path], n_articles: int = 1000, source: Path = ROOT / "corpus" / "articles") -> None:
    """Prints the section of RESULTS.md on languages."""
    corpus = make_corpus(n_articles, source)
    print("| texts | n | longer than 30 words | same answer | not by function words alone | articles/s | langdetect's |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    measure("made corpus", corpus["text"].tolist())
    for file in files:
        measure(file.name, [str(record["text"]) for record in read_records(file, progress=False)])
    taken = [name for name, found in zip(STRANGERS, detect_languages(STRANGERS.values())["language"], strict=True) if found != UNKNOWN]
    print(f"\nTaken for German or English of {len(STRANGERS)} texts that are neither: {', '.join(taken) or 'none'}.")
    mixed = detect_languages(list_mixed(corpus))["language"]
    print(f"Of {len(mixed):,} texts half German, half English: {(mixed != UNKNOWN).sum()} taken for one.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="a table (.csv, .parquet), a file or a folder of articles")
    parser.add_argument("--articles", type=int, default=1000, help="how many articles the made corpus has")
    options = parser.parse_args()
    describe_languages(options.files, options.articles)


if __name__ == "__main__":
    main()
