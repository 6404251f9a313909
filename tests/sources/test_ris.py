"""RIS: reference data, never an article, and no entry lost."""

import pytest
from pieces_press import PIECES
from samples_others import ris

from lesart.errors import CorpusError
from lesart.sources.ris import read

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "content",
    [ris(), ris(charset="utf-8"), BOM + ris(charset="utf-8"), ris(last_closed=True), ris().replace(b"ER  -\r\n", b"ER  - \r\n"), ris().replace(b"\r\n", b"\n")],
    ids=["Latin-1", "UTF-8", "byte order mark", "closed", "blank after ER", "LF"],
)
def test_every_entry_is_listed_with_its_data(content):
    found = list(read(content, "x.ris"))
    assert [place.record["title"] for place in found] == [piece.title for piece in PIECES]
    assert [place.record["date"] for place in found] == [piece.iso for piece in PIECES]
    assert [place.record["abstract"] for place in found] == ["eins; zwei"] * 3
    assert found[0].record["author"] == "Ida Beispiel; Zweite, Vera"
    assert all("without a text" in place.problem and "text" not in place.record for place in found)


def test_an_empty_file_is_refused():
    with pytest.raises(CorpusError, match="^empty file"):
        list(read(b"", "x.ris"))
