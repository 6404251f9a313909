"""Every sample is recognised by its own reader alone, and its readers find every title."""

from samples_web import build

from lesart.sources import feed, mht, url_list, warc, web_page

READERS = (feed, mht, url_list, warc, web_page)


def test_samples_are_read_by_their_own_readers(tmp_path):
    expected = build(tmp_path)
    assert len(expected) == 10
    titles = []
    for file in sorted(tmp_path.iterdir()):
        content = file.read_bytes()
        [reader] = [reader for reader in READERS if reader.recognise(content[:4_096], file.name)]
        found = list(warc.read_path(file) if reader is warc else reader.read(content, file.name))
        assert [item.problem for item in found] == [""] * len(found)
        titles += [item.record["title"] for item in found]
    assert sorted(titles) == expected
