"""Slips of the hand seen on old portals and in everyday papers: what was typed, what is meant."""

from __future__ import annotations

SLIPS = {
    "tự kiểm ra": "tự kiểm tra", "thự sự": "thực sự", "nhận rộng": "nhân rộng", "quốc phòng an - ninh": "quốc phòng - an ninh",
    "an - ninh": "an ninh", "kiểm ra giám sát": "kiểm tra giám sát", "sử lý": "xử lý", "xuất xắc": "xuất sắc", "chia sẽ": "chia sẻ",
    "vô hình chung": "vô hình trung", "tựu chung": "tựu trung", "thăm quan": "tham quan", "giành cho": "dành cho", "dành giải": "giành giải",
    "bổ xung": "bổ sung", "xúc tích": "súc tích", "sơ xuất": "sơ suất", "chuẩn đoán": "chẩn đoán", "đọc giả": "độc giả",
    "khắc khe": "khắt khe", "cọ sát": "cọ xát", "tập chung": "tập trung", "hoạch toán": "hạch toán", "trãi qua": "trải qua",
    "nổ lực": "nỗ lực", "kỹ luật": "kỷ luật", "kỹ niệm": "kỷ niệm", "kĩ niệm": "kỷ niệm", "lảnh đạo": "lãnh đạo", "cũng cố": "củng cố",
    "hổ trợ": "hỗ trợ", "dể dàng": "dễ dàng", "xã hôi": "xã hội", "nhân đân": "nhân dân", "nhân dần": "nhân dân", "chính quyên": "chính quyền",
    "phối hơp": "phối hợp", "tuyên truyển": "tuyên truyền", "thủ tực": "thủ tục", "hành chình": "hành chính", "đảm bào": "đảm bảo",
    "triển khải": "triển khai", "vận đông": "vận động", "phát đông": "phát động", "hiêu quả": "hiệu quả", "hoạt đông": "hoạt động",
    "công tâc": "công tác", "giám xát": "giám sát", "sát xao": "sát sao", "xâu sắc": "sâu sắc", "suất phát": "xuất phát", "sản suất": "sản xuất",
    "năng xuất": "năng suất", "xơ kết": "sơ kết", "khuyến kích": "khuyến khích", "đồng thuân": "đồng thuận",
}
"""Wrong phrase → right phrase, both in small letters, composed."""

REDUPLICATED = frozenset(
    ["ai", "ầm", "ào", "ấm", "bay", "bảnh", "bé", "biếc", "bình", "bong", "cả", "cao", "cay", "chang", "chầm", "chậm", "chiều", "chuyên", "con", "cồn", "cứng", "dài", "dần", "dịu", "dong", "đằng", "đâu", "đêm", "đều", "đông", "đỏ", "đời", "đường", "êm", "gần", "gì", "giọt", "hàng", "hay", "hằng", "hây", "hơi", "hồng", "hớt", "kìn", "kịt", "lanh", "lặng", "lâng", "lâu", "lần", "lớp", "luôn", "lừ", "mãi", "mau", "máy", "miên", "mon", "mong", "mơn", "muôn", "năm", "nào", "ngang", "ngày", "ngời", "người", "nghiêm", "nhà", "nhanh", "nhàn", "nhất", "nhè", "nhẹ", "nho", "nhỏ", "nơi", "nườm", "oang", "ông", "phơi", "rào", "rằng", "ríu", "rung", "rừng", "rực", "sáng", "san", "sớm", "sang", "song", "suông", "sừng", "tầng", "tay", "thao", "tháng", "thẳm", "thẳng", "thấp", "thi", "thon", "thỉnh", "thôn", "thường", "trăm", "tre", "trẻ", "trong", "trùng", "từ", "tưng", "tươi", "từng", "phường", "phố", "bản", "khu", "vàng", "vành", "văng", "việc", "vừa", "xa", "xanh", "xã", "xinh", "xôn", "xóm", "bà", "chị", "anh", "em", "cô", "chú", "bác", "cháu", "mẹ", "cha", "tổ", "tràn", "trơn", "ròng", "quanh"]
)
"""Words that Vietnamese doubles on purpose: “ngày ngày”, “từ từ”, “nhà nhà”."""

ENDING = frozenset(
    ["dân vận", "lao động", "hoạt động", "vận động", "chủ động", "tác động", "công an", "bảo vệ", "học sinh", "đảng viên", "đoàn viên", "hội viên", "nhân viên",
     "giáo viên", "công nhân", "bệnh nhân", "cá nhân", "tư nhân", "nhân dân", "công dân", "nông dân", "người dân", "xã hội", "đại hội", "quốc hội", "lễ hội", "cơ hội",
     "cán bộ", "chi bộ", "đảng bộ", "nội bộ", "gia đình", "thực hành", "ban hành", "chấp hành", "thành phố", "khu phố", "phát sinh", "vệ sinh", "tổ chức", "viên chức"]
)
BEGINNING = frozenset(
    ["vận động", "vận tải", "vận hành", "động viên", "động lực", "an ninh", "an toàn", "an sinh", "vệ sinh", "sinh viên", "sinh sống", "sinh hoạt", "sinh đẻ", "viên chức",
     "nhân dịp", "nhân dân", "nhân rộng", "nhân sự", "dân chủ", "dân cư", "dân vận", "dân số", "dân sinh", "dân quân", "dân tộc", "hội nghị", "hội viên", "hội thảo", "hội họp",
     "bộ đội", "bộ máy", "bộ phận", "đình chỉ", "hành chính", "hành động", "phố phường", "chức danh", "chức năng", "chức vụ"]
)
"""Compounds that meet: in “công tác dân vận vận động nhân dân” no word stands twice."""
