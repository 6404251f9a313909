"""The report of a study and slides of it: what was found, in sentences computed from its tables, each as one self-contained page.

``measuring.py`` gathers the tables, ``findings.py`` and ``checks.py`` put them into sentences, ``citing.py`` says how to cite, ``pages.py`` writes.
"""

from .measuring import Measured, measure_study
from .pages import render_report, render_slides, write_report

__all__ = ["Measured", "measure_study", "render_report", "render_slides", "write_report"]
