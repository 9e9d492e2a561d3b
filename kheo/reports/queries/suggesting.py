"""The first words of sections that no outline can know: which indicators there are, what is left undone.

Written once when a report begins, with tokens; from then on the words belong to the writers.
"""

from __future__ import annotations

from collections.abc import Callable

from kheo.reports.queries.compiling import Compiled
from kheo.reports.rules.figures import KNOWN, Figure
from kheo.reports.sources import targets

NOTHING = "Trong {{ ky.ten }} chưa có số liệu chính thức của các chỉ tiêu kinh tế - xã hội, văn hóa."
NO_WEAKNESS = "Số liệu theo dõi trong {{ ky.ten }} không cho thấy tồn tại, hạn chế cần báo cáo."


def words(code: str, found: Compiled) -> str:
    """Text for a section of that code; empty when there is nothing to say."""
    maker = MAKERS.get(code)
    return maker(found) if maker else ""


def suggests(code: str) -> bool:
    """Whether sections of that code get their first words here."""
    return code in MAKERS


def _known(found: Compiled, token: str) -> Figure | None:
    figure = found.figures.get(token)
    return figure if figure is not None and figure.state == KNOWN and (figure.kind == "text" or figure.value is not None) else None


PROGRESS = "Đến hết {{ ky.ten }}, các chỉ tiêu của kế hoạch năm đã có số liệu đạt tiến độ như bảng dưới đây."


def _plans(found: Compiled) -> str:
    if not found.scope.whole_year:
        return PROGRESS if targets.plan_table(found.scope, found.figures) else ""
    lines = []
    for name, plan in targets.named(found.scope):
        figure = _known(found, f"chi_tieu_dat.{name}")
        if figure is None:
            continue
        token = figure.token
        lines.append(f"Thực hiện {plan.name[:1].upper()}{plan.name[1:]}: có {{{{ {token}.ty_so }}}} chỉ tiêu đạt và vượt kế hoạch, đạt {{{{ {token} }}}}.")
        if found.figures[f"{token}_chua_dat"].text != "không có":
            lines.append(f"Chỉ tiêu chưa đạt: {{{{ {token}_chua_dat }}}}.")
        if found.figures[f"{token}_chua_du_so_lieu"].text != "không có":
            lines.append(f"Chỉ tiêu chưa đủ số liệu: {{{{ {token}_chua_du_so_lieu }}}}.")
    return "\n".join(lines)


def _indicators(found: Compiled) -> str:
    groups: dict[str, list[str]] = {}
    versions = targets.versions(found.scope)
    for indicator in targets.known(found.scope):
        version = versions.get(indicator.pk)
        if version is not None and version.source_code.startswith("practices."):
            continue  # told in the part on the movement
        figure = _known(found, f"chi_tieu.{indicator.code}")
        if figure is not None:
            groups.setdefault(indicator.group or "Chỉ số khác", []).append(_line(figure, found))
    if not groups:
        return NOTHING
    lines = []
    for n, (group, told) in enumerate(groups.items()):
        lines += [f"{'abcdeghiklmnopqrstuvxy'[n % 22]}) {group}", *told]
    return "\n".join(lines)


def _line(figure: Figure, found: Compiled) -> str:
    token = figure.token
    unit = f" {figure.unit}" if figure.unit else ""
    share = f" ({{{{ {token}.ty_so }}}})" if figure.denominator is not None else ""
    change = f", {{{{ {token}.so_voi_ky_truoc }}}} so với {{{{ ky.truoc }}}}" if figure.previous is not None else ""
    if not found.scope.whole_year and figure.plan is not None and figure.kind != "percent":
        change += f", {{{{ {token}.so_voi_ke_hoach }}}} năm"
    return f"- {figure.label}: {{{{ {token} }}}}{unit}{share}{change}."


def _procedures(found: Compiled) -> str:
    if _known(found, "thu_tuc.tiep_nhan") is None:
        return ""
    lines = [
        "Trong {{ ky.ten }} tiếp nhận {{ thu_tuc.tiep_nhan }} hồ sơ thủ tục hành chính (kể cả {{ thu_tuc.ky_truoc_chuyen }} hồ sơ từ kỳ trước chuyển qua), trong đó "
        "{{ thu_tuc.truc_tuyen }} hồ sơ nộp trực tuyến; đã giải quyết {{ thu_tuc.da_giai_quyet }} hồ sơ, trước hạn và đúng hạn đạt {{ thu_tuc.dung_han }} "
        "({{ thu_tuc.dung_han.ty_so }}); quá hạn: {{ thu_tuc.qua_han }} hồ sơ.",
    ]
    if _known(found, "truy_cap.luot_xem") is not None:
        lines.append("Trang thông tin điện tử có {{ truy_cap.luot_xem }} lượt xem trong kỳ.")
    return "\n".join(lines)


def _weaknesses(found: Compiled) -> str:
    lines = []
    for name, plan in targets.named(found.scope):
        if found.figures[f"chi_tieu_dat.{name}_chua_dat"].text != "không có":
            lines.append(f"Một số chỉ tiêu của {plan.name[:1].upper()}{plan.name[1:]} chưa đạt: {{{{ chi_tieu_dat.{name}_chua_dat }}}}.")
    told, mended = _known(found, "kiem_tra.kien_nghi"), _known(found, "kiem_tra.da_khac_phuc")
    if told and mended and told.value and mended.value is not None and mended.value < told.value:
        lines.append("Qua kiểm tra, giám sát có {{ kiem_tra.kien_nghi }} nội dung kiến nghị; số nội dung đã khắc phục: {{ kiem_tra.da_khac_phuc }}.")
    registered, effective = _known(found, "mo_hinh.dang_ky"), _known(found, "mo_hinh.hieu_qua")
    if registered and effective and registered.value and effective.value is not None and effective.value < registered.value:
        lines.append("Trong {{ mo_hinh.dang_ky }} mô hình, điển hình đăng ký, có {{ mo_hinh.hieu_qua }} mô hình, điển hình hoạt động có hiệu quả; số còn lại cần tiếp tục hướng dẫn, củng cố.")
    return "\n".join(lines) or NO_WEAKNESS


MAKERS: dict[str, Callable[[Compiled], str]] = {
    "chi-tieu-giao": _plans, "ket-qua-linh-vuc": _indicators, "thu-tuc-hanh-chinh": _procedures, "ton-tai": _weaknesses,
}
