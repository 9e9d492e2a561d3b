"""Every figure of the former town's report of 2023, computed from the demo's rows."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

from kheo.config.demo import indicators
from kheo.config.demo.units import Units
from kheo.core.rules.numbers import half_up
from kheo.indicators.queries import boards, definitions
from kheo.indicators.queries.figures import Lens


def test_it_works(db):
    story = SimpleNamespace(units=Units.load())
    indicators.tell(story)
    period = definitions.period("2023")
    reader, town = Lens([period]), story.units.keys["town"].pk

    def shown(code: str) -> tuple[Decimal, Decimal | None, Decimal | None]:
        made = reader.figure(reader.by_code[code], town, period)
        return half_up(made.value, made.definition.decimals), made.numerator, made.denominator

    assert shown("khai_truong_doi_song_van_hoa") == (100, 43, 43)
    assert shown("don_vi_van_hoa") == (Decimal("95.3"), 41, 43)
    assert shown("gia_dinh_van_hoa")[0] == 85
    assert shown("gia_dinh_the_thao")[0] == 45
    assert shown("tdtt_thuong_xuyen")[0] == Decimal("56.4")
    assert [shown(c)[0] for c in ("khu_pho_van_minh_do_thi", "co_quan_van_minh_do_thi", "tuyen_duong_van_minh_do_thi")] == [18, 25, 7]
    growth = reader.figure(reader.by_code["tang_truong_binh_quan"], town, period)
    assert Decimal("15.3") < growth.value < Decimal("15.35")
    made = [boards.board(plan, reader).tally for plan in boards.of_unit(period, town)]
    assert [(t.good, t.total) for t in made] == [(13, 14), (19, 23)]
    before = reader.earlier(period, 1)
    assert reader.figure(reader.by_code["don_vi_van_hoa"], town, before).numerator == 40
