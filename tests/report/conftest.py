"""Reports of small studies, with their figures drawn once for all tests."""

import pytest
from tiny_study import make_study

from lesart.publishing import export_study
from lesart.report import measure_study
from lesart.study import load_study

CODES = "article,coder,stance,sure,sport,money,law\n" + "".join(
    f"{name},{coder},{stance},2,50,30,20\n"
    for name, stance in (("de-club", "promotional"), ("de-klage", "critical"), ("en-club", "promotional"), ("en-fee", "critical"))
    for coder in ("ann", "ben")
)


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    """The tiny study, with the codes of two coders and figures in both languages."""
    made = make_study(tmp_path_factory.mktemp("tiny"))
    (made / "corpus" / "codes.csv").write_text(CODES, encoding="utf-8")
    (made / "README.md").write_text("# Who <b>wins</b>?\n", encoding="utf-8")
    export_study(load_study(made), made / "figures", ("en", "de"))
    return made


@pytest.fixture(scope="package")
def measured(folder):
    return measure_study(load_study(folder), folder)
