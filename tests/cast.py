"""The fixed cast every test plays with: the town of Bỉm Sơn in 2023, its people and one movement.

Built with plain rows so that a test of one verb does not depend on the other verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kheo.accounts.models import Position, Role, User
from kheo.core.rules import text
from kheo.documents.models import Document
from kheo.movements.models import (
    CriteriaSet,
    Criterion,
    Cycle,
    CycleCriteria,
    Field,
    Milestone,
    Movement,
)
from kheo.organizations.models import (
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Succession,
)
from kheo.practices.models import Practice

REORGANIZED = date(2025, 7, 1)
WARDS = {
    "bac-son": ("Phường Bắc Sơn", "14809"),
    "ba-dinh": ("Phường Ba Đình", "14812"),
    "lam-son": ("Phường Lam Sơn", "14815"),
    "ngoc-trao": ("Phường Ngọc Trạo", "14818"),
    "dong-son": ("Phường Đông Sơn", "14821"),
    "phu-son": ("Phường Phú Sơn", "14823"),
    "xa-quang-trung": ("Xã Quang Trung", "14824"),
}


@dataclass
class Cast:
    """Everything a test may need, by plain names."""

    town: Organization
    wards: dict[str, Organization]
    bim_son: Organization
    quang_trung: Organization
    groups: dict[str, Organization]
    movement: Movement
    cycle: Cycle
    old_cycle: Cycle
    open_cycle: Cycle
    fields: dict[str, Field]
    criteria: dict[str, CriteriaSet]
    registrant: User
    officer: User
    evaluator: User
    evaluator2: User
    leader: User
    editor: User
    auditor: User
    admin: User
    outsider: User
    officer_elsewhere: User
    decision: Document
    extra: dict[str, Any] = field(default_factory=dict)


def kind(code: str, name: str, branch: str, *, area: bool = False) -> OrganizationKind:
    """The kind of that code, made once."""
    return OrganizationKind.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": name, "branch": branch, "is_area": area}
    )[0]


def unit(
    name: str, of: OrganizationKind, *, code: str = "", parent: Organization | None = None,
    start: date = date(1981, 12, 18), end: date | None = None, slug: str = "",
) -> Organization:
    """A unit with one version."""
    organization = Organization.objects.create(slug=slug or text.slugify(name))
    version(organization, name, of, code=code, parent=parent, start=start, end=end)
    return organization


def version(
    organization: Organization, name: str, of: OrganizationKind, *, code: str = "",
    parent: Organization | None = None, start: date, end: date | None = None,
) -> OrganizationVersion:
    """One more version of a unit."""
    short = name.split(" ", 1)[1] if name.split(" ", 1)[0] in {"Phường", "Xã"} else name
    return OrganizationVersion.objects.create(
        organization=organization, kind=of, name=name, short_name=short, code=code, parent=parent,
        valid_from=start, valid_to=end, folded=text.fold(name), sort_key=text.collation_key(name),
    )


def person(username: str, full_name: str, *held: tuple[str, Organization], works_at: Organization | None = None) -> User:
    """A person with positions in force since 2020. The password is the user name."""
    user = User.objects.create(username=username, full_name=full_name, email=f"{username}@example.vn")
    user.set_password(username)
    user.save()
    for role, organization in held:
        Position.objects.create(
            user=user, role=role, organization=organization, works_at=works_at, valid_from=date(2020, 1, 1)
        )
    return user


def document(number: str = "12-QĐ/ĐU", on: date = date(2023, 11, 20), **more: Any) -> Document:
    """A decision to cite."""
    return Document.objects.create(
        number=number, kind="Quyết định", title=more.pop("title", "Về việc công nhận mô hình “Dân vận khéo”"),
        issuer=more.pop("issuer", "Đảng ủy phường Bỉm Sơn"), signer="Người ký", signer_title="Bí thư",
        issued_on=on, **more,
    )


def criteria_set(movement: Movement, subject: str) -> CriteriaSet:
    """Five criteria worth 100 points, recognized from 80, exemplary from 90."""
    made = CriteriaSet.objects.create(
        movement=movement, subject=subject, name=f"Tiêu chí {subject}", pass_points=Decimal(80),
        exemplary_points=Decimal(90), valid_from=date(2022, 1, 1),
    )
    for order, (name, points) in enumerate(
        [("Chủ trương", 20), ("Mục tiêu", 20), ("Cách làm", 20), ("Kết quả", 25), ("Lan tỏa", 15)], start=1
    ):
        Criterion.objects.create(criteria_set=made, order=order, name=name, max_points=points)
    return made


def cycle(movement: Movement, year: int, *, sets: dict[str, CriteriaSet], lock_registration: date | None = None) -> Cycle:
    """A yearly cycle with a registration milestone and both criteria sets."""
    made = Cycle.objects.create(
        movement=movement, code=str(year), name=f"Năm {year}", starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
    )
    Milestone.objects.create(
        cycle=made, kind=Milestone.Kind.REGISTRATION, period_from=made.starts_on, period_to=made.ends_on,
        opens_on=date(year, 1, 1), closes_on=date(year, 12, 30), locks_on=lock_registration or date(year, 12, 31),
    )
    for subject, chosen in sets.items():
        CycleCriteria.objects.create(cycle=made, subject=subject, criteria_set=chosen)
    return made


def assemble() -> Cast:
    """Build the whole cast."""
    town_kind = kind("town", "Thị xã", "state", area=True)
    ward_kind = kind("ward", "Phường", "state", area=True)
    commune_kind = kind("commune", "Xã", "state", area=True)
    group_kind = kind("residential-group", "Khu phố", "community")
    body_kind = kind("front", "Ủy ban MTTQ", "front")
    town = unit("Thị xã Bỉm Sơn", town_kind, code="381", end=REORGANIZED, slug="thi-xa-bim-son")
    wards = {
        slug: unit(name, commune_kind if name.startswith("Xã") else ward_kind, code=code, parent=town, end=REORGANIZED, slug=slug)
        for slug, (name, code) in WARDS.items()
    }
    bim_son = unit("Phường Bỉm Sơn", ward_kind, code="14812", start=REORGANIZED, slug="phuong-bim-son")
    quang_trung = unit("Phường Quang Trung", ward_kind, code="14818", start=REORGANIZED, slug="phuong-quang-trung")
    basis = document("1686/NQ-UBTVQH15", date(2025, 6, 16), title="Sắp xếp đơn vị hành chính", issuer="Ủy ban Thường vụ Quốc hội")
    for old, new in [("ba-dinh", bim_son), ("dong-son", bim_son), ("lam-son", bim_son),
                     ("bac-son", quang_trung), ("ngoc-trao", quang_trung), ("phu-son", quang_trung), ("xa-quang-trung", quang_trung)]:
        Succession.objects.create(predecessor=wards[old], successor=new, kind="merge", on=REORGANIZED, basis=basis)
    for new in (bim_son, quang_trung):
        Succession.objects.create(predecessor=town, successor=new, kind="abolish", on=REORGANIZED, partial=True, basis=basis)
    groups = {
        f"{ward}-{n}": unit(f"Khu phố {n} ({WARDS[ward][0]})", group_kind, parent=wards[ward], slug=f"khu-pho-{n}-{ward}")
        for ward in ("ba-dinh", "bac-son") for n in (1, 2)
    }
    front = unit("Ủy ban MTTQ Việt Nam phường Bỉm Sơn", body_kind, parent=bim_son, start=REORGANIZED)
    movement = Movement.objects.create(slug="dan-van-kheo", name="Dân vận khéo", area=bim_son, function="Thường trực phong trào Dân vận khéo")
    fields = {
        code: Field.objects.create(movement=movement, code=code, name=name, name_en=name, short_name=short, order=n)
        for n, (code, name, short) in enumerate([
            ("economy", "Kinh tế", "KT"), ("culture-society", "Văn hóa - xã hội", "VH-XH"),
            ("defence-security", "Quốc phòng - an ninh", "QP-AN"), ("political-system", "Xây dựng hệ thống chính trị", "XDHTCT"),
        ], start=1)
    }
    sets = {subject: criteria_set(movement, subject) for subject in ("collective", "individual")}
    year = timezone.localdate().year
    far = date(2099, 12, 31)
    both = [bim_son, quang_trung]
    return Cast(
        town=town, wards=wards, bim_son=bim_son, quang_trung=quang_trung, groups=groups, movement=movement,
        old_cycle=cycle(movement, 2022, sets=sets), cycle=cycle(movement, 2023, sets=sets, lock_registration=far),
        open_cycle=cycle(movement, year, sets=sets, lock_registration=far), fields=fields, criteria=sets,
        registrant=person("dangky", "Đại diện Khu phố 1", (Role.REGISTRANT, groups["ba-dinh-1"]), works_at=groups["ba-dinh-1"]),
        officer=person("canbo", "Cán bộ tổng hợp", *((Role.RECEIVER, u) for u in both), works_at=front),
        evaluator=person("thamdinh", "Thẩm định viên Một", *((Role.EVALUATOR, u) for u in both), works_at=front),
        evaluator2=person("thamdinh2", "Thẩm định viên Hai", *((Role.EVALUATOR, u) for u in both), works_at=bim_son),
        leader=person("lanhdao", "Lãnh đạo duyệt", *((Role.LEADER, u) for u in both)),
        editor=person("bientap", "Biên tập viên", *((Role.EDITOR, u) for u in both)),
        auditor=person("kiemtoan", "Kiểm toán viên", *((Role.AUDITOR, u) for u in both)),
        admin=person("quantri", "Quản trị viên", *((Role.ADMIN, u) for u in both)),
        outsider=person("nguoingoai", "Người ngoài"),
        officer_elsewhere=person("canbokhac", "Cán bộ nơi khác", (Role.RECEIVER, unit("Phường Khác", ward_kind, code="99999", slug="phuong-khac"))),
        decision=document(),
    )


def practice(cast: Cast, *, title: str = "Khu dân cư không có hộ nghèo", state: str = "submitted", **more: Any) -> Practice:
    """A complete practice of Khu phố 1, phường Ba Đình, in any state."""
    now = timezone.now()
    serial = Practice.objects.count() + 1
    values: dict[str, Any] = {
        "cycle": cast.cycle, "title": title, "state": state, "state_since": now, "kind": "model",
        "subject": "collective", "field": cast.fields["economy"], "organization": cast.groups["ba-dinh-1"],
        "ward": cast.wards["ba-dinh"], "receipt_number": f"DVK-TEST-{serial:04d}", "slug": f"{text.slugify(title)}-{serial}",
        "registered_at": now, "registered_by": cast.registrant, "situation": "Còn hộ nghèo.", "objectives": "Không còn hộ nghèo.",
        "content": "Phân công giúp đỡ từng hộ.", "area_text": "Khu phố 1", "sustainability": "Nhân rộng sang khu phố khác.",
        "starts_on": date(2023, 1, 15), "ends_on": date(2023, 12, 15),
        "title_folded": text.fold(title), "folded": text.fold(title), "sort_key": text.collation_key(title)[:400],
    }
    values.update(more)
    return Practice.objects.create(**values)
