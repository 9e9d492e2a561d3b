"""Demo: the news of 2023, written for illustration. Drawings stand for photographs; nobody real is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Collection, Workflow
from wagtail.rich_text import RichText

from kheo.accounts.actions import sync_groups
from kheo.config.demo.pictures import ALTS, draw
from kheo.news.actions import mark_ended, publish, set_up
from kheo.news.models import ArticlePage, Category, Correction
from kheo.news.queries import public
from kheo.portal.queries import sites

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

BY = "Ban biên tập"


@dataclass(frozen=True)
class Piece:
    """One article: category, moment, title, lead, paragraphs, picture field, tags, and what happens to it."""

    category: str
    at: str
    title: str
    lead: str
    text: tuple[str, ...]
    picture: str = ""
    tags: tuple[str, ...] = ()
    fate: str = "published"


PIECES = (
    Piece("dan-van-kheo", "2023-02-14 08:30", "Thị xã Bỉm Sơn phát động đăng ký mô hình “Dân vận khéo” năm 2023",
          "Các khu phố, thôn, cơ quan trên địa bàn bắt đầu đăng ký mô hình theo bốn lĩnh vực; mỗi đơn vị chọn việc sát với nhu cầu của dân.",
          ("Năm nay việc đăng ký được làm ngay từ đầu năm để mô hình có đủ thời gian chạy và có số liệu khi đánh giá. Mỗi bản đăng ký nêu rõ tình hình, mục tiêu đo được, cách làm và người chịu trách nhiệm.",
           "Khối dân vận các phường, xã giúp khu phố viết bản đăng ký, tránh chọn việc quá rộng. Việc nhỏ, làm đến nơi được ưu tiên hơn việc lớn chỉ nằm trên giấy."),
          "political-system", ("đăng ký", "năm 2023")),
    Piece("cai-cach-hanh-chinh", "2023-03-06 14:00", "Bộ phận một cửa các phường sắp xếp lại chỗ ngồi chờ, thêm bàn viết cho người cao tuổi",
          "Người đến làm thủ tục có ghế, nước uống và bàn viết; cán bộ hướng dẫn ngay từ cửa vào.",
          ("Các phường rà lại lối đi, đặt bảng hướng dẫn chữ lớn và bố trí một cán bộ trực ở cửa trong giờ cao điểm. Người cao tuổi được giúp viết tờ khai và nhận kết quả tại nhà khi có yêu cầu.",
           "Sau một tháng, thời gian chờ trung bình giảm rõ, phiếu góp ý cũng nhiều hơn trước. Những góp ý về giờ làm việc đang được xem xét."),
          "political-system", ("một cửa",)),
    Piece("kinh-te", "2023-03-28 09:15", "Xã Quang Trung gieo cấy xong vụ xuân, nhiều thửa chuyển sang rau màu",
          "Bà con đổi công giúp nhau, thửa trũng cấy lúa, thửa cao chuyển trồng rau, gieo trồng gọn trong khung thời vụ.",
          ("Các tổ đổi công giúp những nhà neo người cày cấy trước. Hợp tác xã lo nước, giống và hướng dẫn bón phân theo từng chân ruộng.",
           "Diện tích chuyển sang rau màu được bàn kỹ ở từng thôn, có nơi bao tiêu mới trồng. Cách làm này đã được đăng ký làm mô hình trong năm."),
          "economy", ("nông nghiệp",)),
    Piece("van-hoa-xa-hoi", "2023-04-20 16:45", "Khu phố ở phường Ba Đình làm tủ sách chung trong nhà văn hóa",
          "Mỗi nhà góp một hai cuốn, tủ sách mở cửa các buổi chiều và sáng Chủ nhật.",
          ("Sách được phân loại, dán nhãn màu cho trẻ em dễ tìm. Chi đoàn thanh niên trực và ghi sổ mượn, cuối tháng đọc tên những bạn đọc chăm nhất.",
           "Tủ sách nhỏ nhưng kéo được nhiều người đến nhà văn hóa hơn, buổi họp khu phố vì thế cũng đông hơn."),
          "culture-society", ("khu phố", "sách")),
    Piece("quoc-phong-an-ninh", "2023-05-12 07:50", "Tổ tự quản ở phường Ngọc Trạo giữ đường thông sau giờ tan trường",
          "Cựu chiến binh và phụ huynh thay nhau đứng ở ngã ba, học sinh qua đường theo hàng.",
          ("Mỗi buổi có hai người trực, mặc áo phản quang, nhắc xe dừng đúng vạch. Nhà trường đổi giờ tan của hai khối lớp để cổng bớt đông.",
           "Từ khi có tổ, chỗ này không còn cảnh xe dừng tràn lòng đường. Phường đang hướng dẫn hai khu phố khác làm theo."),
          "defence-security", ("an toàn giao thông",)),
    Piece("dan-van-kheo", "2023-06-30 10:00", "Sơ kết sáu tháng phong trào “Dân vận khéo”: nhìn vào việc đã xong",
          "Hội nghị sơ kết dành phần lớn thời gian nghe khu phố, thôn kể việc đã làm được và việc còn vướng.",
          ("Báo cáo nêu số mô hình đang chạy theo từng lĩnh vực, mỗi con số đều mở ra được danh sách. Những mô hình chưa có tiến độ được nhắc từng nơi, có hẹn ngày.",
           "Hội nghị thống nhất tăng kiểm tra ở cơ sở trong sáu tháng cuối năm và giúp các nơi mới làm lần đầu."),
          "political-system", ("sơ kết",), "corrected"),
    Piece("thong-bao", "2023-07-10 15:20", "Thông báo lịch phun thuốc phòng dịch sốt xuất huyết tháng 7 năm 2023",
          "Các khu phố phun thuốc từ ngày 15 đến ngày 25; gia đình có trẻ nhỏ đóng kín cửa trong lúc phun.",
          ("Tổ phun đi theo từng khu phố, báo trước một ngày qua loa và tổ trưởng. Bà con lật úp vật chứa nước, đậy kín bể.",
           "Nhà có người bệnh, trẻ dưới một tuổi báo trước với tổ trưởng để được xếp giờ phù hợp."),
          "", ("sức khỏe",), "ended"),
    Piece("van-hoa-xa-hoi", "2023-07-27 08:00", "Đoàn viên thanh niên thắp nến tri ân, sửa lối vào nghĩa trang liệt sĩ",
          "Đoạn lối vào được lát lại trước ngày 27 tháng 7, hai bên trồng hoa.",
          ("Đoàn viên các phường cùng góp ngày công, vật liệu do người dân ủng hộ. Danh sách ủng hộ được đọc công khai ở từng khu phố.",
           "Buổi tối, nến được thắp trên từng phần mộ. Học sinh đọc thư viết cho người đã khuất."),
          "culture-society", ("tri ân",)),
    Piece("kinh-te", "2023-08-22 09:40", "Phường Bắc Sơn giúp hộ kinh doanh nhỏ nhận thanh toán không dùng tiền mặt",
          "Tổ công nghệ số cộng đồng đến từng sạp, cài đặt và dạy cách kiểm tra tiền đã vào.",
          ("Người bán được dặn không đưa mật khẩu cho ai, kiểm tra thông báo trước khi giao hàng. Chợ có một bàn hỏi đáp vào sáng thứ Bảy.",
           "Sau hai tháng, phần lớn sạp ở chợ đã quen dùng. Những người lớn tuổi vẫn được nhận tiền mặt như trước."),
          "economy", ("chuyển đổi số",)),
    Piece("chi-dao-dieu-hanh", "2023-09-15 14:30", "Kiểm tra công tác dân vận tại các Đảng bộ phường, xã",
          "Đoàn kiểm tra xem sổ sách, gặp tổ dân vận và hỏi người dân về những mô hình đã đăng ký.",
          ("Các đơn vị tự kiểm tra trước, gửi báo cáo kèm minh chứng. Đoàn chọn ngẫu nhiên một số mô hình để đến tận nơi.",
           "Việc còn thiếu được ghi thành kiến nghị, có thời hạn và người chịu trách nhiệm. Kết quả kiểm tra sẽ được công bố trên trang này."),
          "political-system", ("kiểm tra",)),
    Piece("cai-cach-hanh-chinh", "2023-10-10 08:10", "Hướng dẫn người dân nộp hồ sơ trực tuyến tại nhà văn hóa khu phố",
          "Mỗi tuần một buổi tối, cán bộ và đoàn viên mang máy đến nhà văn hóa giúp bà con nộp hồ sơ.",
          ("Ai cần làm thủ tục gì thì được chỉ đúng thủ tục đó, làm đến khi có mã hồ sơ mới thôi. Mã được ghi ra giấy để tra cứu về sau.",
           "Buổi tối đông nhất có hơn hai mươi người. Khu phố đề nghị giữ lịch này đến hết năm."),
          "political-system", ("dịch vụ công", "khu phố")),
    Piece("dan-van-kheo", "2023-11-21 10:30", "Nhân rộng mô hình đường hoa: mỗi nơi làm một cách",
          "Từ một tuyến đường ban đầu, cách làm đã sang nhiều khu phố, mỗi nơi đổi cho hợp với đất và người.",
          ("Nơi đất hẹp trồng trong chậu treo, nơi rộng trồng theo luống. Điều giữ nguyên là phân đoạn cho từng tổ và chấm điểm hằng tháng.",
           "Muốn làm theo, các khu phố xem hồ sơ của mô hình gốc trong sổ đăng ký, ghi rõ điều đã đổi để nơi sau học tiếp."),
          "culture-society", ("nhân rộng", "khu phố")),
    Piece("thong-bao", "2023-11-06 08:00", "Thông báo trả kết quả thủ tục tại nhà cho người cao tuổi, người khuyết tật",
          "Từ tháng 11, người cao tuổi, người khuyết tật nộp hồ sơ được nhận kết quả tại nhà, không phải trả thêm tiền.",
          ("Khi nộp hồ sơ, bà con báo với cán bộ tiếp nhận để ghi địa chỉ. Cán bộ hẹn ngày, đến đúng giờ và đề nghị ký vào sổ giao nhận.",
           "Nơi xa trung tâm, tổ trưởng khu phố nhận giúp khi gia đình có yêu cầu."),
          "", ("một cửa",)),
    Piece("thong-bao", "", "Thông báo lịch tiếp công dân của lãnh đạo phường", "Lịch tiếp công dân kỳ tới, kèm địa điểm và giấy tờ cần mang theo.",
          ("Người dân đăng ký trước với bộ phận tiếp công dân để được xếp giờ. Người cao tuổi, người khuyết tật được mời vào trước.",), "", ("tiếp công dân",), "scheduled"),
    Piece("van-hoa-xa-hoi", "", "Ngày hội đại đoàn kết ở các khu dân cư", "Các khu dân cư chuẩn bị ngày hội, phần hội gọn, phần lễ ngắn.",
          ("Mỗi khu chọn một việc chung làm trong buổi sáng trước khi vào hội. Bữa cơm đoàn kết do các nhà cùng góp.",), "", ("đoàn kết",), "returned"),
)


def tell(story: Story) -> None:
    """Write, hand in, approve, correct, end, schedule and send back articles, each by whom it is due."""
    editor, chief = story.user("bientap"), story.user("lanhdao")
    for person in (editor, chief):
        sync_groups.sync_groups(person)
    categories = {category.code: category for category in Category.objects.all()}
    index = set_up.open_site(public.site_of(None))
    media = sites.identity_of(sites.default_site()).collection  # of the site, so that its editors may use the pictures again
    for number, piece in enumerate(PIECES):
        page = ArticlePage(
            title=piece.title, lead=piece.lead, category=categories[piece.category], byline=BY, owner=editor, live=False, first_published_at=_moment(piece.at),
            body=[("text", RichText("".join(f"<p>{words}</p>" for words in piece.text))), *_figure(number)], **_picture(piece, number, media),
        )
        page.tags.add(*piece.tags)
        if piece.fate == "ended":
            page.ends_at, page.end_note = _moment("2023-07-26 00:00"), "Đợt phun thuốc đã xong."
        if piece.fate == "corrected":
            page.corrections.add(Correction(at=_moment("2023-07-03 09:00"), text="Bản đăng đầu ghi nhầm thời gian hội nghị là buổi chiều; hội nghị họp buổi sáng."))
        if piece.fate == "scheduled":
            page.go_live_at = timezone.now() + timedelta(days=7)
        index.add_child(instance=page)
        page.save_revision(user=editor)
        Workflow.objects.get(name=set_up.WORKFLOW).start(page, editor)
        if piece.fate == "returned":
            state = page.current_workflow_task_state
            state.task.specific.on_action(state, chief, "reject", comment="Bổ sung thời gian, địa điểm từng khu dân cư rồi gửi lại.")
        else:
            publish.publish(page, by=chief)
    mark_ended.mark_ended()


def _moment(text: str) -> datetime | None:
    return timezone.make_aware(datetime.fromisoformat(text)) if text else None


def _figure(number: int) -> list[tuple[str, dict[str, str]]]:
    """The article on replication shows the register's own count."""
    return [("figure", {"code": "practices.recognized", "label": ""})] if number == 11 else []


def _picture(piece: Piece, number: int, media: Collection | None) -> dict[str, object]:
    if not piece.picture:
        return {}
    file = ImageFile(BytesIO(draw(piece.picture, number)), name=f"tin-{number}.jpg")
    image = Image.objects.create(title=piece.title[:100], file=file, **({"collection": media} if media else {}))
    return {"picture": image, "picture_alt": ALTS[piece.picture], "picture_caption": "Hình vẽ minh họa cho bài viết."}
