"""What saved pages say of themselves: address, date, outlet and text in JSON-LD and in meta tags, faults and all."""

import json

import pytest
from made_pages import PROSE, small_page

from lesart.sources.sniffing import HEAD, tell_kind
from lesart.sources.web_page import read_page


def find(source, **options):
    return read_page(source.encode() if isinstance(source, str) else source, **options)


def ld(**node):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "Klick für Klick"} | node)}</script>'


FULL = " ".join(PROSE["de"]) + "\nNoch ein Absatz, den die Seite nicht zeigt, weil er Geld kosten soll, und der doch in ihr steht, Wort für Wort, bis ganz zum Ende."


@pytest.mark.parametrize(
    ("truncated", "source"),
    [
        (False, small_page(head=ld())),
        (False, small_page(head=ld(isAccessibleForFree=True), body="<div class='paywall'></div>")),
        (False, small_page(head=ld(isAccessibleForFree="False"))),  # a subscriber saved it
        (True, small_page(head=ld(isAccessibleForFree="False"), body="<div class='x paywall'></div>")),
        (True, small_page(head=ld(isAccessibleForFree=False), body="<p>Im Herbst aber wird die Firma, wie es heißt, ihre</p>")),
        (True, small_page(head=ld(isAccessibleForFree=False), body="<p>Im Herbst aber wird die Firma sich erklären müssen …</p>")),
        (True, small_page(body="<p>Jetzt mit Musterblatt+ weiterlesen</p>")),
        (True, small_page(head='<link rel="canonical" href="https://m.test/klick"><link rel="next" href="/klick/seite-2">')),
        (False, small_page(head='<link rel="canonical" href="https://m.test/klick"><link rel="next" href="/anderes">')),
    ],
)
def test_page_is_truncated_where_it_breaks_off(truncated, source):
    found = find(source)
    assert found.problem == ""
    assert found.record["truncated"] == truncated


def test_page_takes_the_whole_text_from_json_ld_only_where_it_shows_much_less():
    assert find(small_page(head=ld(articleBody=FULL))).record["text"].endswith("bis ganz zum Ende.")
    assert "bis ganz zum Ende" not in find(small_page(head=ld(articleBody="Die Firma Nordlicht bezahlt"))).record["text"]
    assert find(small_page(None, head=ld(articleBody=f"<p>{FULL}</p>&lt;b&gt;Ja.&lt;/b&gt;"))).record["text"].endswith("\nJa.")


@pytest.mark.parametrize(
    ("head", "known", "url"),
    [
        ('<link rel="canonical" href="https://www.m.test/klick">', "", "https://www.m.test/klick"),
        ('<link rel="canonical" href="https://www.m.test/klick">', "https://m.test/klick?utm=1", "https://www.m.test/klick"),
        ('<link rel="canonical" href="/klick">', "https://m.test/klick?utm=1", "https://m.test/klick"),
        ('<link rel="canonical" href="https://original.test/klick">', "https://m.test/klick", "https://m.test/klick"),
        ('<meta property="og:url" content="https://m.test/klick">', "", "https://m.test/klick"),
        ('<link rel="canonical" href="javascript:alert(1)">', "", None),
        ('<link rel="canonical" href="http://[x">', "", None),
        ("", "file:///etc/passwd", None),
    ],
)
def test_page_has_an_address_of_the_web_or_none(head, known, url):
    assert find(small_page(head=head), url=known).record.get("url") == url


@pytest.mark.parametrize(
    "note", ["<!-- saved from url=(0027)https://m.test/klick?von=start -->", "<!--\n Page saved with SingleFile \n url: https://m.test/klick?von=start \n saved date: Fri Jun 13 2025\n-->"]
)
def test_page_saved_by_a_browser_knows_its_address(note):
    assert find(note + small_page()).record["url"] == "https://m.test/klick?von=start"
    assert tell_kind((note + small_page()).encode()[:HEAD]) == "html"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Klick für Klick","author":["Ida Beispiel",{"name":"Max Muster"}],}',
        '<!--\n[{"@type":"Organization"},{"@type":["ReportageNewsArticle"],"headline":"Klick f&uuml;r Klick","author":[{"name":"Ida Beispiel"},{"name":"Max Muster"}]}]\n-->',
        '{"@graph":[{"@graph":[{"@type":"NewsArticle","headline":"Klick\nfür Klick","author":{"name":["Ida"]},"url":"https://x.test"},{"@type":"NewsArticle","headline":"Klick für Klick","author":"Ida Beispiel; Max Muster"}]}]}',
    ],
)
def test_page_reads_json_ld_with_its_usual_faults(script):
    found = find(small_page(head=f'<script type="application/ld+json">{script}</script>'))
    assert found.record["title"] == "Klick für Klick"
    if "@graph" not in script:
        assert found.record["author"] == "Ida Beispiel; Max Muster"


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '{"@type": 7, "headline": {"a": []}}', '"x"', "null", '{"@graph": {"@graph": 3}}'])
def test_page_with_broken_json_ld_is_read_all_the_same(script):
    assert find(small_page(head=f'<script type="application/ld+json">{script}</script>')).record["title"] == "Klick für Klick"


def test_page_keeps_a_day_as_the_outlet_counts_it_and_odd_dates_as_they_stand():
    assert find(small_page(head=ld(datePublished="2025-06-13T23:30:00-04:00"))).record["date"] == "2025-06-13"
    assert find(small_page(head=ld(datePublished="im Juni"))).record["date"] == "im Juni"
    assert "date" not in find(small_page(body="<p>© 2019 Musterblatt</p>")).record
