"""Open data of surveys: whole groups only, no words of anybody."""

from __future__ import annotations

from kheo.core import datasets, search


def test_it_works(scene):
    for degree in (5, 4, 4, 3, 5, 1):
        scene.answer(degree, words="Nên thêm ghế")
    rows = list(datasets.find("khao-sat").rows())
    assert len(rows) == 4 * 5 and {row[7] for row in rows} == {5}
    assert sum(row[5] for row in rows) == 4 * 5 and "ghế" not in str(rows)


def test_below_five_there_is_no_row(scene):
    for _n in range(4):
        scene.answer()
    assert list(datasets.find("khao-sat").rows()) == []


def test_the_search_knows_the_survey(scene):
    kind = search.KINDS["survey"]
    assert "Phường Bỉm Sơn" in kind.document(kind.public().get()).title
