"""The gate: agreement with the coders, pinned. ``python tests/gate.py`` shows it, ``--pin`` writes ``tests/gate.json``.

Teaching, development and everyday articles are judged by models fitted without their angle, event or tenth, the press by the
shipped model, on the hits of its sealed sheets, so that the figures are the same with and without the texts.
``held_out``, where there is one, is never read. Pinning a figure lower needs ``--lower "reason"``, which is written into
the file.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

import pandas as pd

from lesart.agreement import LEXICON, TOGETHER, compare_topics, join_sheets, judge_coder, measure_alpha, score_stances
from lesart.codes import read_codes
from lesart.fitting import leave_out, read_coded
from lesart.lexicon import read_lexicons
from lesart.sealing import read_sheets
from lesart.stance import read_model
from lesart.study import code_articles
from lesart.tagging import tag_articles
from lesart.topics import TOPICS

ROOT = Path(__file__).resolve().parents[1]
PINNED = Path(__file__).with_name("gate.json")
# A figure may fall by so much before the gate is shut: what one word in one article may do.
SLACK = 0.005
# Too few for a figure per language, stance and topic: of the press only what all five articles say together.
PRESS_FIGURES = ("both stance agreement", "both all r", "both all mae")
SETS = {
    "teaching": ("corpus/articles/*.md", "corpus/codes.csv"),
    "development": ("corpus/other_events/development/*.md", "corpus/other_events/development_codes.csv"),
    "everyday": ("corpus/other_events/everyday/*.md", "corpus/other_events/everyday_codes.csv"),
    "press": ("corpus/press/*.json", "corpus/press/codes.csv"),
}


def measure() -> dict[str, float]:
    """All figures, by name: "set language stance-or-topic measure"; errors (mae, in points) are better when lower."""
    lexicons, model = read_lexicons(ROOT / "lexicons"), read_model(ROOT / "lexicons" / "stance_model.yaml")
    articles, merged = read_coded(ROOT / "corpus")
    hits = tag_articles(articles, lexicons, progress=False)
    groups = articles.set_index("article")["group"]
    left_out = leave_out(hits, articles, merged["stance"], groups, model).set_index("article").loc[articles["article"]]
    sheet = code_articles(articles, hits, model, list(TOPICS)).assign(**{name: left_out[name].to_numpy() for name in ("stance", "margin", "sure")})
    press, _, press_hits = read_sheets(ROOT / "corpus" / "press")
    sheets = {"press": code_articles(press, press_hits, model, list(TOPICS))}
    for name, group in (("teaching", "angle"), ("development", "event"), ("everyday", "everyday")):
        sheets[name] = sheet[(articles["set"] == group).to_numpy()]
    return {f"{name} {figure}": value for name in SETS for figure, value in _measure_set(name, sheets[name]).items()}


def _measure_set(name: str, sheet: pd.DataFrame) -> dict[str, float]:
    codes = join_sheets({name: read_codes(ROOT / SETS[name][1]), LEXICON: sheet})
    judged = judge_coder(codes)
    figures = {}
    for language, part in [("both", judged), *judged.groupby("language")]:
        own = codes[codes["article"].isin(part["article"])]
        figures[f"{language} stance agreement"] = (part["stance"] == part["coded"]).mean()
        figures[f"{language} stance alpha"] = measure_alpha(own)
        pair = pd.concat([part.assign(coder=LEXICON), part.assign(coder=TOGETHER, stance=part["coded"])])
        figures[f"{language} stance alpha-{TOGETHER}"] = measure_alpha(pair)  # sterner: the coders' own agreement does not count
        figures |= {f"{language} {row.stance} f1": row.f1 for row in score_stances(part).itertuples() if row.language == "both"}
    topics = compare_topics(codes) if not name.startswith("everyday") else pd.DataFrame(columns=["against"])  # coded for stance alone
    for row in topics[topics["against"] == TOGETHER].itertuples():
        figures |= {f"{row.language} {row.topic} r": row.r, f"{row.language} {row.topic} mae": row.mae_points}
    kept = PRESS_FIGURES if name == "press" else figures
    return {figure: round(float(figures[figure]), 4) for figure in kept}


def fingerprint() -> dict[str, str]:
    """SHA-256 of the coded articles and their codes, per set; of the press, the digests of the texts instead of them."""
    digests = {}
    for name, (articles, codes) in SETS.items():
        if name == "press":
            known, _, _ = read_sheets(ROOT / "corpus" / "press")
            parts = [digest.encode() for digest in sorted(known["sha256"])]
        else:
            parts = [file.name.encode() + b"\n" + file.read_bytes() for file in sorted(ROOT.glob(articles))]
        parts.append((ROOT / codes).read_bytes())
        digests[name] = sha256(b"\n".join(part.replace(b"\r\n", b"\n") for part in parts)).hexdigest()
    return digests


def find_falls(now: dict[str, float], pinned: dict[str, float], slack: float = SLACK) -> list[str]:
    """A line per pinned figure that is worse now by more than the slack, or gone."""
    falls = []
    for name, old in pinned.items():
        new = now.get(name, float("nan"))
        worse = new - old if name.endswith(" mae") else old - new
        if not worse <= slack + 1e-9:
            falls.append(f"{name}: {new:g}, pinned {old:g}")
    return falls


def pin(now: dict[str, float], digests: dict[str, str], path: Path, reason: str = "") -> None:
    """Write the figures as the new floor. Raises ValueError where one is lower than pinned and no reason is given."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"figures": {}, "lowered": []}
    falls = find_falls(now, old["figures"], slack=0)
    if falls and not reason.strip():
        raise ValueError("pinning lower needs --lower \"reason\"; lower are:\n" + "\n".join(falls))
    lowered = old["lowered"] + ([{"reason": reason.strip(), "figures": falls}] if falls else [])
    content = {"articles": digests, "lowered": lowered, "figures": now}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """The command; exit status 1 where a figure fell, or pinning was refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pin", action="store_true", help="write the figures of now as the floor")
    parser.add_argument("--lower", default="", metavar="REASON", help="why a lower floor is right; written into the file")
    options = parser.parse_args()
    now = measure()
    if options.pin:
        try:
            pin(now, fingerprint(), PINNED, options.lower)
        except ValueError as refused:
            print(refused, file=sys.stderr)
            return 1
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))["figures"]
    print("\n".join(f"{name}: {value:g} (pinned {pinned.get(name, float('nan')):g})" for name, value in now.items()))
    falls = find_falls(now, pinned)
    print("\n".join(["", "fell:", *falls]) if falls else "\nnothing fell")
    return int(bool(falls))


if __name__ == "__main__":
    sys.exit(main())
