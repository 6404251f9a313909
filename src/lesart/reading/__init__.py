"""The reading room: one page in which the articles are read with every hit marked and every number traced to its sentences."""

from .page import render_page, write_page
from .room import collect_folder, collect_study

__all__ = ["collect_folder", "collect_study", "render_page", "write_page"]
