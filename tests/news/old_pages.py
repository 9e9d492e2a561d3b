"""Pages as old portals printed them, in words of our own: the article twice, a bare counter, an empty block."""

from __future__ import annotations

TITLE = "Làng ven đồi chung tay giữ sạch nguồn nước, góp phần nâng cao đời sống bà con trong xã."
PARAGRAPHS = (
    "Mấy năm nay, bà con các thôn ven đồi cùng nhau giữ nguồn nước: mỗi nhà một hố rác, mỗi xóm một tổ tự quản, tháng nào cũng có ngày ra quân. Nhờ vậy con suối qua làng đã trong trở lại.",
    "Ban đầu việc này không dễ. Tổ tự quản đi từng ngõ, gõ từng nhà, ghi sổ từng việc,hẹn từng ngày; có hộ phải đến ba bốn lượt mới thuận. Khi thấy nước giếng bớt đục thì ai cũng thự sự tin là làm được.",
    "Đến nay 92.5% số hộ đã có hố rác đúng cách, tỷ lệ nhà có bể lọc đạt 61,5%. Xã cử người đi kiểm tra, tự kiểm ra từng xóm mỗi quý một lần và đọc kết quả ngay trong buổi họp thôn để mọi người cùng biết.",
    "Thời gian tới, xã sẽ nhận rộng cách làm ra các thôn còn lại, trước hết là những xóm ở đầu nguồn, gắn với phong trào làm đường hoa và giữ gìn quốc phòng an - ninh trên địa bàn.",
)
AUTHOR = "Lê Văn Mẫu"
COUNTER = ("Truy cập", "", "Hôm nay:", "410", "Hôm qua:", "530", "Tuần này:", "4195", "Tháng này:", "1580", "Tất cả:", "607.501")
BLOCK = ("Công khai kết quả TTHC", "", "CÔNG KHAI KẾT QUẢ GIẢI QUYẾT TTHC")


def text(*, times: int = 2) -> str:
    """The whole page as plain text."""
    once = "\n\n".join((TITLE, *PARAGRAPHS)) + f"\n{AUTHOR}"
    return "\n".join(COUNTER) + "\n\n" + "\n\n".join([once] * times) + "\n\n" + "\n".join(BLOCK)


PAGE = text().encode()
SECOND = "Trường tiểu học trong xã mở thư viện ngoài trời cho học sinh đọc sách giờ ra chơi"
SECOND_WORDS = (
    "Sáng thứ Hai, thư viện ngoài trời của trường mở cửa dưới bóng ba cây phượng. Sách do phụ huynh, thầy cô và các anh chị đã ra trường gom góp, xếp trong những chiếc tủ gỗ thấp vừa tầm tay học trò.",
    "Mỗi lớp cử hai bạn trực, ghi sổ mượn trả và lau tủ cuối ngày. Nhà trường cho biết sau một tháng đã có hơn sáu trăm lượt mượn, nhiều nhất là truyện lịch sử và sách khoa học thường thức.",
)


def html() -> str:
    """A saved page with menus, scripts, two articles (one twice), a counter and an empty block."""
    def article(title: str, paragraphs: tuple[str, ...], author: str) -> str:
        body = "".join(f"<p style='mso-margin-top-alt:auto'>{paragraph}</p>" for paragraph in paragraphs)
        return f"<div class='post'><h2 class='post-title'>{title}</h2><span class='date'>20/11/2023 08:30</span>{body}<p class='author'>{author}</p></div>"

    menu = "".join(f"<li><a href='/{n}'>Mục số {n} của thực đơn</a></li>" for n in range(12))
    first = article(TITLE, PARAGRAPHS, AUTHOR)
    counter = "".join(f"<tr><td>{COUNTER[n]}</td><td>{COUNTER[n + 1]}</td></tr>" for n in range(2, 12, 2))
    return f"""<!DOCTYPE html><!-- saved from url=(0042)https://cong-cu.example.vn/tin/nguon-nuoc-42.html -->
<html><head><meta charset="utf-8"><title>Cổng cũ</title><script>var tracker = "Hôm nay: 999";</script><style>p {{ color: red }}</style></head>
<body><nav><ul>{menu}</ul></nav><div id="main">{first}{article(SECOND, SECOND_WORDS, "BBT")}{first}</div>
<div class="block"><h3>Truy cập</h3><table>{counter}</table></div>
<div class="block"><h3>CÔNG KHAI KẾT QUẢ GIẢI QUYẾT TTHC</h3><div></div></div>
<footer><p>Bản quyền thuộc về cổng cũ. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></footer></body></html>"""


def portal() -> str:
    """A page of a portal on ASP.NET: a form around all, layout in tables, the title in a span, a table of figures, readers' counters."""
    cells = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in (("Thôn", "Số hộ"), ("Đồi Sim", ""), ("Suối Cạn", "118")))
    return f"""<html><head><meta charset="utf-8"><base href="https://cong-cu.example.vn/"><title>{SECOND} - Cổng xã</title><meta name="author" content="admin">
<link rel="canonical" href="/index.php?nv=news&amp;id=77"></head><body><form id="aspnetForm"><div id="header"><h1>Cổng thông tin điện tử của xã</h1></div>
<table><tr><td><div class="breadcrumbs">Trang chủ</div></td><td><table><tr><td><span>{SECOND}</span></td></tr><tr><td>Thứ Hai, 20/11/2023 08:30 bởi Ban Văn hóa</td></tr>
<tr><td>Đã xem: 1.204</td></tr><tr><td><div><p>{SECOND_WORDS[0]}</p><p><img src="anh/thu-vien.jpg"></p><p>Giờ ra chơi. Ảnh: nhà trường</p><h3>Lớp nào cũng có phần</h3><p>{SECOND_WORDS[1]}</p>
<table>{cells}</table><ul><li>Mở cửa mỗi sáng.</li></ul><p><a href="tep/danh-muc.pdf">Danh mục sách</a></p><p>Nguồn: Đài truyền thanh xã</p></div></td></tr>
<tr><td><p>Tin liên quan</p><ul><li><a href="/1">Một tin khác của xã trong tháng</a></li></ul></td></tr></table></td></tr></table></form>
<div class="comments"><p>{PARAGRAPHS[0]}</p></div></body></html>"""


def archive() -> bytes:
    """The same page as browsers save it into one file (.mhtml)."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "https://cong-cu.example.vn/tin/thu-vien-9.html"
    whole.attach(MIMEText(portal().replace('<link rel="canonical" href="/index.php?nv=news&amp;id=77">', ""), "html", "utf-8"))
    return whole.as_bytes()
