"""The seminar over real HTTP: coding at once, coming back, what a stranger may try, nothing shown before the reveal."""

import html
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from lesart.codes import read_codes
from lesart.stance import STANCES

from .conftest import TOKEN, TOPICS, Browser

N = 4


def test_three_coders_at_once_have_a_sheet_each(make_room, served):
    room = make_room()
    stances = {"Ada": "promotional", "Jürgen": "critical", "Mei 李": "reportorial"}
    with served(room) as address:

        def attend(name):
            with Browser(address) as browser:
                assert browser.join(name).status_code == 200
                for number in range(1, N + 1):
                    assert browser.code(number, stances[name], 3).status_code == 200
                assert "4 von 4 Artikeln codiert" in browser.get("/").text

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(attend, stances))
    codes = room.sheets.read_all()
    assert len(list(room.sheets.folder.iterdir())) == 3
    assert codes.groupby("coder")["article"].nunique().to_dict() == dict.fromkeys(stances, N)
    assert codes.drop_duplicates("coder").set_index("coder")["stance"].to_dict() == stances
    assert codes[list(TOPICS)].drop_duplicates().values.tolist() == [[60, 40, 0]]


def test_a_coder_goes_on_after_a_restart_with_her_cookie_or_from_another_device(make_room, served):
    with served(make_room()) as address, Browser(address) as browser:
        browser.join("Ada")
        browser.code(1)
        code, cookies = browser.return_code(), dict(browser.cookies)
    with served(make_room()) as address:
        with Browser(address) as browser:
            browser.cookies.update(cookies)
            assert "1 von 4" in browser.get("/").text
            assert re.search(r'value="60"', browser.get("/article/1").text)
            browser.code(1, "reportorial")
            browser.code(2)
        with Browser(address) as other:
            assert other.join("ada").status_code == 400
            assert other.join("ada", code="aaaaaaaa").status_code == 400
            assert "2 von 4" in other.join("ada", code=code.upper()).text
            other.code(3)
    codes = make_room().sheets.read("Ada")
    assert codes["stance"].tolist() == ["reportorial", "critical", "critical"]
    assert (len(codes), set(codes["coder"])) == (3, {"Ada"})


def test_only_her_own_cookie_writes_a_sheet(make_room, served):
    room = make_room()
    with served(room) as address, Browser(address) as ada, Browser(address) as eve:
        ada.join("Ada")
        ada.code(1)
        before = (room.sheets.folder / "ada.csv").read_bytes()
        assert eve.get("/article/1").status_code == 403
        eve.cookies.set("lesart_coder", "Ada")
        assert eve.get("/article/1").status_code == 403
        cookie = dict(ada.cookies)["lesart_coder"]
        eve.cookies.set("lesart_coder", cookie[:-1] + ("1" if cookie.endswith("0") else "0"))
        assert eve.get("/article/1").status_code == 403
        eve.cookies.clear()
        eve.join("Eve")
        eve.code(1, coder="Ada", article="de-club", sport=100)
        assert (room.sheets.folder / "ada.csv").read_bytes() == before
        assert set(room.sheets.read("Eve")["coder"]) == {"Eve"}


@pytest.mark.parametrize("name", ["", " ", "../../etc/passwd", "a/b", "<b>x</b>", "=1+1", "a" * 31, "x" * 5000, "lexicon", "Together", "a\nb;c", "🙂", '"a"'])
def test_hostile_names_leave_no_file(make_room, served, name):
    room = make_room()
    with served(room) as address, Browser(address) as browser:
        answer = browser.join(name)
        assert answer.status_code == 400
        assert "<b>x" not in answer.text
    assert not room.sheets.folder.exists() or not list(room.sheets.folder.iterdir())


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "<script>"}, {"stance": ""}, {"sure": "4"}, {"sport": "101"}, {"sport": "-60"}, {"sport": "6e1"}, {"sport": "٦٠"}, {"sport": "59"},
        {"sport": "60" * 4000}, {"sport": '"><script>alert(1)</script>'},
    ],
)  # fmt: skip
def test_a_wrong_code_is_not_kept_and_comes_back_escaped(make_room, served, fields):
    room = make_room()
    with served(room) as address, Browser(address) as browser:
        browser.join("Ada")
        answer = browser.code(1, **({"stance": "critical", "sure": "1", "sport": "60", "money": "40"} | fields))
        assert answer.status_code == 400
        assert "<script>alert" not in answer.text
        assert 'role="alert"' in answer.text
        assert room.sheets.read("Ada").empty


def test_a_post_without_its_token_a_large_one_and_a_foreign_host_are_refused(make_room, served):
    room = make_room()
    with served(room) as address, Browser(address) as browser:
        browser.join("Ada")
        good = {"stance": "critical", "sure": "1", "sport": "100"}
        assert browser.post("/article/1", data=good).status_code == 403
        assert browser.post("/article/1", data={**good, "_xsrf": "0" * 32}).status_code == 403
        assert browser.get("/", headers={"Host": "evil.example"}).status_code == 403
        for path in ("/article/0", "/article/5", "/article/9999", "/../secret", "/%2e%2e/secret", "/codes/ada.csv", "/article/1/x"):
            assert browser.get(path).status_code == 404
        assert browser.get("/?labels=%ff%fe&token=%ff").status_code == 200
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
            raw.sendall(b"POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n")
            assert not raw.recv(100).startswith(b"HTTP/1.1 2")
        assert "1 von 4" not in browser.get("/").text
    assert room.sheets.read("Ada").empty


def test_pages_send_headers_that_keep_scripts_of_others_out(make_room, served):
    with served(make_room()) as address, Browser(address) as browser:
        answer = browser.join("Ada")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        page = browser.get("/article/1")
        nonces = set(re.findall(r'nonce="([^"]+)"', page.text)) | set(re.findall(r"nonce-([^']+)'", page.headers["content-security-policy"]))
        assert len(nonces) == 1 and nonces.isdisjoint(re.findall("nonce-([^']+)'", policy))
        assert answer.headers["cache-control"] == "no-store"
        cookies = " ".join(browser.get("/").headers.get_list("set-cookie") + answer.history[0].headers.get_list("set-cookie"))
        assert "HttpOnly" in cookies and "SameSite" in cookies


def test_nothing_is_revealed_before_the_teacher_opens_it(make_room, served):
    room = make_room(n_coders=2)
    with served(room) as address, Browser(address) as ada, Browser(address) as teacher:
        ada.join("Ada")
        for number in range(1, N + 1):
            ada.code(number)
        pages = "".join(ada.get(path).text for path in ("/", *(f"/article/{n}" for n in range(1, N + 1))))
        shown = re.sub(r"<style.*?</style>|<script.*?</script>", "", pages, flags=re.DOTALL)
        hidden = ("de-club", "en-fee", "genre", "margin", "Abstand", "Lexikon", ">report<", TOKEN)
        assert [word for word in hidden if word in shown] == []
        assert ada.get("/reveal").status_code == ada.get("/teacher").status_code == 403
        assert ada.get("/teacher?token=guess").status_code == 403
        assert ada.send_form("/teacher", sure_to_open="yes").status_code == 403
        assert not room.is_open
        teacher.get(f"/teacher?token={TOKEN}")
        assert teacher.get("/reveal").status_code == 403
        assert teacher.send_form("/teacher", at="/teacher").status_code == 400
        assert not room.is_open
        told = teacher.send_form("/teacher", at="/teacher", sure_to_open="yes")
        assert (told.status_code, told.url.path) == (200, "/reveal")
        assert "Ein Triumph" in told.text and ada.get("/reveal").status_code == 200
        assert ada.code(1, "promotional").status_code == 409
        with Browser(address) as late:
            assert late.join("Late").status_code == 400
            assert late.get("/reveal").status_code == 403
    assert set(room.sheets.read("Ada")["stance"]) == {"critical"}


def test_all_expected_coders_finished_open_it_without_confirmation(make_room, served):
    room = make_room(n_coders=1, topics=())
    with served(room) as address, Browser(address) as ada, Browser(address) as teacher:
        ada.join("Ada")
        for number in range(1, N + 1):
            assert 'type="number"' not in ada.get(f"/article/{number}").text
            ada.code(number, sport=1)
        teacher.get(f"/teacher?token={TOKEN}")
        assert teacher.send_form("/teacher", at="/teacher").url.path == "/reveal"
    assert list(read_codes(room.sheets.folder / "ada.csv")) == ["article", "coder", "stance", "sure"]


@pytest.mark.parametrize(("labels", "words"), [("de", ["Haltung", "werbend", "Summe:"]), ("en", ["Stance", "promotional", "Sum:"])])
def test_labels_switch_and_stay(make_room, served, labels, words):
    with served(make_room(), labels="en" if labels == "de" else "de") as address, Browser(address) as browser:
        browser.join("Ada")
        assert f'<html lang="{labels}">' in browser.get(f"/?labels={labels}").text
        page = html.unescape(browser.get("/article/1").text)
        assert f'<html lang="{labels}">' in page
        assert [word for word in words if word not in page] == []
        assert all(f'value="{stance}"' in page for stance in STANCES)


def test_every_field_has_a_label_and_the_articles_text_its_language(make_room, served):
    with served(make_room()) as address, Browser(address) as browser:
        browser.join("Ada")
        page = browser.get("/article/1").text
        for field in re.findall(r'<input type="number" id="([^"]+)"', page):
            assert f'<label for="{field}">' in page
        assert re.search(r'<article class="text" lang="(de|en)">', page)
        assert page.count("<h1") == 1 and 'name="viewport"' in page


def test_hostile_articles_are_text(make_room, served):
    room = make_room()
    room.articles.loc[:, "title"] = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    room.articles.loc[:, "text"] = "</article><script>alert(1)</script>\n\n" + room.articles["text"]
    with served(room) as address, Browser(address) as browser:
        browser.join("Ada")
        page = browser.get("/").text + browser.get("/article/1").text
    assert "<img" not in page and "<script>alert" not in page and "{{ 7*7 }}" in page


def test_a_damaged_sheet_is_an_error_for_its_coder_alone(make_room, served):
    room = make_room()
    with served(room) as address, Browser(address) as ada, Browser(address) as ben:
        ada.join("Ada")
        ben.join("Ben")
        (room.sheets.folder / "ada.csv").write_text("id,coder,stance\nx,Ada,angry\n", encoding="utf-8")
        assert ada.get("/").status_code == 500
        assert str(room.folder) not in ada.get("/").text
        assert ben.code(1).status_code == 200
