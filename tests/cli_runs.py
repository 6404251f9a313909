"""What the tests of the command line share: short texts, sheets of codes, a process of its own."""

import csv
import io
import subprocess
import sys

COLUMNS = ["article", "language", "stance", "sure", "promotional", "critical", "reportorial", "margin"]
GERMAN = "Die Löhne steigen nicht, und der Preis ist hoch, sagte sie am Montag.\n"
ENGLISH = "The wages will not rise, and the price is high, she said on Monday.\n"
UNCLEAR = "Meta: Superintelligenz\n"


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def spawn(*arguments, cwd, **options):
    command = [sys.executable, "-W", "error", "-c", "from lesart.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, timeout=60, check=False, **options)


def write_codes(folder, rows):
    write(folder, "corpus/codes.csv", "id,coder,stance,sure,sport,money,law\n" + "".join(f"{name},c1,{stance},3,50,30,20\n" for name, stance in rows))


def write_six_codes(folder):
    """Two articles of each stance, so that each can be left out."""
    write(folder, "corpus/articles/de-plain.md", f"---\nid: de-plain\n---\n{GERMAN}")
    write(folder, "corpus/articles/en-bad.md", "---\nid: en-bad\n---\nThe victims of it are here, and the damage is not small at all.\n")
    promotional, critical, reportorial = ["de-club", "en-club"], ["de-klage", "en-bad"], ["en-fee", "de-plain"]
    write_codes(folder, [(a, "promotional") for a in promotional] + [(a, "critical") for a in critical] + [(a, "reportorial") for a in reportorial])
