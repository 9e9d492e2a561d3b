"""Builds the demo through the same verbs that people use, in the order in which things happen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kheo.accounts.models import User
from kheo.commendations.actions import commend, record_consent
from kheo.commendations.models import Form
from kheo.config.demo import (
    chapters,
    culture,
    current,
    economy,
    movement,
    people,
    pictures,
    politics,
    security,
)
from kheo.config.demo.entry import Entry
from kheo.config.demo.units import Units
from kheo.documents.actions import register as documents
from kheo.documents.models import Document
from kheo.movements import queries as movements
from kheo.movements.actions import close_cycle
from kheo.movements.models import Cycle, Field, Movement
from kheo.practices.actions import (
    add_evidence,
    approve,
    carry_over,
    defer,
    draft,
    edit_summary,
    guide,
    open_evaluation,
    propose,
    recognize,
    refuse,
    register,
    replicate,
    report_progress,
    return_,
    score,
    start,
    stop,
    withdraw,
)
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from kheo.practices.rules.registration import (
    ForceRow,
    GoalRow,
    OutputRow,
    RegistrationData,
    ResourceRow,
)

FIELDS = (("economy", economy), ("culture-society", culture), ("defence-security", security), ("political-system", politics))
DECIDED = (2022, 2023)
RUN = ["running", "proposed", "evaluating", "recognized", "exemplary", "not_recognized", "deferred", "stopped", "revoked"]
SCORED = [*RUN[1:7], "revoked"]


def moment(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment of the demo's past, never later than now."""
    when = timezone.make_aware(datetime(year, month, day, hour))
    return min(when, timezone.now() - timedelta(minutes=5))


class Story:
    """One load. Everything happens inside the caller's transaction."""

    def __init__(self, passwords: dict[str, str]) -> None:
        self.units = Units.load()
        group = self.units.find("ba-dinh/group1")[0]
        assert group is not None
        self.people = people.create(self.units.keys, group, self.units.workplaces(), passwords)
        self.movement, self.cycles = movement.create(self.units.keys["bim-son"], by=self.user("canbo"))
        self.fields = {f.code: f for f in Field.objects.filter(movement=self.movement)}
        self.made: dict[tuple[str, int, str], Practice] = {}
        self.serial = 0

    def user(self, name: str) -> User:
        """A person of the demo."""
        return self.people[name]

    def entries(self) -> list[tuple[int, str, Entry, str]]:
        """(year, field code, entry, state to reach), parents before their replicas."""
        found = [(year, code, e, e.earlier if year == 2022 else e.state) for year in (2022, 2023) for code, module in FIELDS
                 for e in module.ENTRIES if year == 2023 or e.earlier]
        now = [(int(list(self.cycles)[-1]), e.second, e, e.state) for e in current.ENTRIES]
        return sorted(found, key=lambda item: (item[0], bool(item[2].parent))) + now

    def tell(self, entries: Iterable[tuple[int, str, Entry, str]]) -> Iterator[Practice]:
        """Carry each entry to its state; yields each practice when it is there."""
        for year, code, entry, state in entries:
            self.serial += 1
            yield self._practice(year, self.fields[code], entry, state)

    def _practice(self, year: int, field: Field, entry: Entry, state: str) -> Practice:
        cycle = self.cycles[str(year)]
        unit, words = self.units.find(entry.unit)
        earlier = self.made.get((entry.title, 2022, entry.unit)) if year == 2023 else None
        practice, owner = self._open(cycle, entry, unit, words, earlier)
        made = self._lived(practice, owner, field, entry, state, year, unit, words, earlier)
        self.made[(entry.title, year, entry.unit)] = made
        return made

    def _lived(
        self, practice: Practice, owner: Any, field: Field, entry: Entry, state: str, year: int, unit: Any, words: str, earlier: Practice | None
    ) -> Practice:
        if state == "draft":
            draft.save_draft(practice, {"title": [entry.title], "situation": [entry.why]}, by=owner)
            return practice
        data = self._data(entry, field, unit, words, year, earlier)
        day = 5 + self.serial % 40
        practice = register.register(practice, data, by=owner, at=moment(year, 1, 8) + timedelta(days=day)).practice
        return self._live(practice, owner, entry, state, year, moment(year, 1, 8) + timedelta(days=day + 6))

    def _open(self, cycle: Cycle, entry: Entry, unit: Any, words: str, earlier: Practice | None) -> tuple[Practice, Any]:
        parent = next((p for (title, y, where), p in self.made.items() if title == entry.parent and where.startswith("town") and str(y) == cycle.code), None)
        if earlier is not None:
            earlier.refresh_from_db()
        if parent is not None and unit is not None:
            made = replicate.replicate(parent, cycle=cycle, organization=unit, adaptation=entry.adaptation, by=self.user("canbo"))
        elif earlier is not None and earlier.state in {"recognized", "exemplary", "deferred", "running"}:
            made = carry_over.carry_over(earlier, cycle=cycle, by=self.user("canbo"))
        else:
            made = draft.open_draft(cycle, by=KeyHolder(uuid.uuid4(), str(unit or words)), organization=unit)
        Practice.objects.filter(pk=made.pk).update(registered_by=None)
        made.refresh_from_db()
        return made, KeyHolder(made.access_key, str(unit or words))

    def _data(self, entry: Entry, field: Field, unit: Any, words: str, year: int, earlier: Practice | None) -> RegistrationData:
        ward = self.units.ward(entry.unit)
        money = entry.given.get("money")
        lead = ForceRow(name=str(unit or words), part="lead", duty="Chủ trì, phân công và báo cáo", organization=unit.pk if unit else None)
        second = self.fields.get(entry.second) if entry.second and entry.second != field.code else None
        return RegistrationData(
            title=entry.title, field=field.pk, kind=entry.kind, subject=entry.subject, stage="continued" if earlier else "new",
            second_field=second.pk if second else None, organization=unit.pk if unit else None, organization_text="" if unit else words,
            ward=ward.pk if ward and not unit else None, situation=entry.why, objectives="; ".join(f"{s}: {t} {u}" for s, u, t in entry.goals) + ".",
            content=entry.how, area_text=f"{unit or words}", starts_on=date(year, 1, 15), ends_on=date(year, 12, 15),
            review_on=date(year, 10, 20), schedule="Quý I: họp bàn, phân công. Quý II–III: thực hiện, báo cáo 6 tháng. Quý IV: tự chấm, đề nghị công nhận.",
            sustainability=entry.spread, adaptation=entry.adaptation,
            goals=tuple(GoalRow(s, u, Decimal(t)) for s, u, t in entry.goals),
            forces=(lead, ForceRow(name="Chi bộ và ban công tác Mặt trận", part="coordinate", duty="Tuyên truyền, vận động"), ForceRow(name="Các hộ gia đình", part="participate", duty="Cùng bàn, cùng làm, cùng giám sát")),
            resources=(ResourceRow("money", "Xã hội hóa và quỹ của đơn vị", Decimal(money), "đồng"),) if money else (ResourceRow("people", "Lực lượng tại chỗ"),),
            outputs=tuple(OutputRow(r, u, Decimal(t), "Biên bản, ảnh và sổ theo dõi") for r, u, t in entry.outputs),
        )

    def _live(self, practice: Practice, owner: Any, entry: Entry, state: str, year: int, at: datetime) -> Practice:
        canbo = self.user("canbo")
        if state == "submitted":
            return practice
        if state == "returned":
            return return_.return_(practice, "Đề nghị bổ sung phân công lực lượng và cách kiểm chứng kết quả ở mục 6 và mục 8.", by=canbo, at=at)
        if state == "withdrawn":
            return withdraw.withdraw(practice, entry.spread, by=owner, at=at)
        practice = approve.approve(practice, by=canbo, at=at)
        if self.serial % 7 == 0:
            guide.guide(practice, "Chú ý ghi số liệu trước khi thực hiện để cuối năm so sánh được.", by=canbo, at=at)
        if state == "listed":
            return practice
        practice = start.start(practice, by=owner, at=at + timedelta(days=10))
        self._run(practice, owner, entry, year)
        if state == "stopped":
            return stop.stop(practice, entry.spread, by=canbo, at=moment(year, 9, 12))
        return self._judge(practice, owner, entry, state, year) if state in SCORED else practice

    def _run(self, practice: Practice, owner: Any, entry: Entry, year: int) -> None:
        """Two reports that add up, and evidence."""
        halves = ((date(year, 1, 15), date(year, 6, 15), Decimal("0.4"), moment(year, 6, 18)), (date(year, 6, 16), date(year, 9, 30), Decimal("0.6"), moment(year, 10, 2)))
        factor = Decimal("0.8") if year == 2022 else Decimal(1)
        outputs = list(practice.outputs.all())
        for number, (start_on, end_on, part, at) in enumerate(halves):
            if end_on > timezone.localdate():
                continue
            given = {code: (Decimal(amount) * part * factor).quantize(Decimal(1)) for code, amount in entry.given.items()}
            text = f"{entry.how} Kết quả trong kỳ được ghi trong sổ theo dõi của đơn vị." if number else f"Đã triển khai: {entry.how[0].lower()}{entry.how[1:]}"
            data = report_progress.ProgressData(
                start_on, end_on, text, "" if number else "Một số hộ đi làm xa nên phải vận động vào buổi tối.", given,
                {o.pk: (o.target * part * factor).quantize(Decimal(1)) for o in outputs if o.target},
            )
            report_progress.report_progress(practice, data, submission_key=uuid.uuid4(), by=owner, at=at)
        code = practice.field.code if practice.field else "economy"
        made = add_evidence.add_evidence(practice, pictures.draw(code, self.serial), f"{code}-{self.serial}.jpg", alt=pictures.ALTS[code], by=owner, at=moment(year, 6, 20))
        add_evidence.publish_evidence(made, public=True, by=self.user("canbo"))

    def _judge(self, practice: Practice, owner: Any, entry: Entry, state: str, year: int) -> Practice:
        canbo, leader = self.user("canbo"), self.user("lanhdao")
        score.self_score(practice, self._points(practice, entry.points + 2), by=owner, at=moment(year, 10, 6))
        practice = propose.propose(practice, by=owner, at=moment(year, 10, 8))
        if state == "proposed":
            return practice
        practice = open_evaluation.open_evaluation(practice, by=canbo, at=moment(year, 10, 17))
        score.evaluate(practice, self._points(practice, entry.points), by=self.user("thamdinh"), remark="Đã làm việc với cấp ủy và gặp người dân.", at=moment(year, 10, 24))
        if state == "evaluating" and self.serial % 2:
            return practice
        score.evaluate(practice, self._points(practice, entry.points + (1 if self.serial % 3 else 0)), by=self.user("thamdinh2"), at=moment(year, 10, 26))
        if state == "not_recognized":
            return refuse.refuse(practice, entry.spread, by=leader, at=moment(year, 11, 14))
        if state == "deferred":
            return defer.defer(practice, entry.spread, by=leader, at=moment(year, 11, 14))
        return practice

    def _points(self, practice: Practice, target: int) -> dict[int, Decimal | None]:
        criteria = movements.criteria_of(practice.cycle, practice.subject)
        assert criteria is not None
        share = Decimal(min(target, 99)) / 100
        return {c.pk: (c.max_points * share / c.step).to_integral_value(rounding="ROUND_CEILING") * c.step for c in criteria.criteria.all()}

    def decide(self, year: int) -> None:
        """Recognition, exemplary, revocation, summaries and commendations of a year."""
        wanted = {p.pk: e for (title, y, where), p in self.made.items() if y == year for e in self._entry(title, where)}
        states = {pk: (e.earlier if year == 2022 else e.state) for pk, e in wanted.items()}
        document = self._document(f"{27 + year - 2022}-QĐ/ThU", date(year, 11, 20), "Về việc công nhận mô hình, điển hình “Dân vận khéo”", year)
        chosen = [pk for pk, state in states.items() if state in {"recognized", "exemplary", "revoked"}]
        recognize.recognize_many(list(Practice.objects.filter(pk__in=chosen).order_by("pk")), document=document, by=self.user("lanhdao"), at=moment(year, 11, 20))
        best = self._document(f"{31 + year - 2022}-QĐ/ThU", date(year, 11, 28), "Về việc chọn mô hình, điển hình “Dân vận khéo” tiêu biểu", year)
        for pk in [pk for pk, state in states.items() if state == "exemplary"]:
            recognize.name_exemplary(Practice.objects.get(pk=pk), document=best, by=self.user("lanhdao"), at=moment(year, 11, 28))
        for pk in [pk for pk, state in states.items() if state == "revoked"]:
            revoking = self._document("35-QĐ/ThU", date(year, 12, 12), "Về việc thu hồi công nhận mô hình “Dân vận khéo”", year)
            recognize.revoke(Practice.objects.get(pk=pk), "Tổ để xảy ra vi phạm trật tự an toàn giao thông.", document=revoking, by=self.user("lanhdao"), at=moment(year, 12, 12))
        self._summaries(wanted)
        self._commend(year)

    def _entry(self, title: str, where: str) -> list[Entry]:
        return [e for _code, module in FIELDS for e in module.ENTRIES if e.title == title and e.unit == where]

    def _document(self, number: str, day: date, title: str, year: int) -> Document:
        return documents.register(
            number, "Quyết định", f"{title} năm {year} (văn bản minh họa)", "Ban Thường vụ Thị ủy Bỉm Sơn", "(Người ký)", "Phó Bí thư Thường trực", day,
            by=self.user("lanhdao"),
        )

    def _summaries(self, wanted: dict[int, Entry]) -> None:
        for pk, entry in wanted.items():
            practice = Practice.objects.get(pk=pk)
            if practice.state in {"recognized", "exemplary"} and pk % 6:
                edit_summary.edit_summary(practice, f"{entry.how.split('; ')[0].rstrip('.')}. {entry.spread}", by=self.user("bientap"))

    def _commend(self, year: int) -> None:
        cycle, leader, town = self.cycles[str(year)], self.user("lanhdao"), self.units.keys["town"]
        best = list(Practice.objects.filter(cycle=cycle, state="exemplary").select_related("organization", "ward").order_by("pk"))
        good = list(Practice.objects.filter(cycle=cycle, state="recognized").select_related("organization", "ward").order_by("pk")[:12])
        plans = (("bieu-duong-thi-uy", best + good, f"4{year - 2022}-QĐ/ThU", "Ban Thường vụ Thị ủy Bỉm Sơn", 5), ("giay-khen-thi-xa", best, f"{2150 + year - 2022}/QĐ-UBND", "Chủ tịch Ủy ban nhân dân thị xã Bỉm Sơn", 20), ("bang-khen-tinh", best[:3], f"{4870 + year - 2022}/QĐ-UBND", "Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa", 28))
        for code, practices, number, issuer, day in plans:
            document = documents.register(number, "Quyết định", f"Về việc khen thưởng phong trào thi đua “Dân vận khéo” năm {year} (văn bản minh họa)", issuer, "(Người ký)", "Chủ tịch", date(year, 12, day), by=leader)
            made = commend.commend(document, Form.objects.get(code=code), cycle=cycle, unit=town, lines=commend.lines_of(practices), by=leader)
            for person in made.honourees.filter(is_collective=False)[:1]:
                record_consent.record_consent(person, given=True, note="Phiếu đồng ý lưu tại hồ sơ", by=leader)


def exists() -> bool:
    """True when the demo, or anybody's real data, is here already."""
    return User.objects.exists() or Movement.objects.exists()


def load(passwords: dict[str, str], bar: Any) -> int:
    """Load everything in one transaction; how many practices there are. `bar(items, title)` shows progress."""
    # The demo's people have no letterbox, and letters of years ago would only fill the screen.
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        return _load(passwords, bar)
    finally:
        settings.EMAIL_BACKEND = usual


def _load(passwords: dict[str, str], bar: Any) -> int:
    with transaction.atomic():
        story = Story(passwords)
        entries = story.entries()
        for year in sorted({entry[0] for entry in entries}):
            of_year = [entry for entry in entries if entry[0] == year]
            for _practice in bar(story.tell(of_year), f"Năm {year}", total=len(of_year)):
                pass
            if year in DECIDED:
                story.decide(year)
        close_cycle.close_cycle(story.cycles["2022"], by=story.user("lanhdao"))
        for title, chapter in chapters.CHAPTERS:
            for tell in bar([chapter], title, total=1):
                tell(story)
    return Practice.objects.count()

