"""The headings and labels that exports are known to use. Each source of results may add its own.

Every heading is compared without tones, so both spellings of hòa and any case are one.
"""

from __future__ import annotations

from kheo.core.rules.text import fold
from kheo.procedures.rules.outcome import Status

REQUIRED = ("code", "received")

HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("Mã hồ sơ", "Số hồ sơ", "Mã số hồ sơ", "Mã HS", "Số HS", "Mã biên nhận", "Số biên nhận", "Mã hồ sơ TTHC"),
    "received": (
        "Ngày tiếp nhận", "Thời gian tiếp nhận", "Thời điểm tiếp nhận", "Ngày nhận hồ sơ", "Ngày nhận", "Ngày giờ tiếp nhận", "Tiếp nhận",
        "Ngày nhận HS", "Ngày TN",
    ),
    "due": (
        "Ngày hẹn trả", "Ngày hẹn trả kết quả", "Thời gian hẹn trả", "Hẹn trả", "Hạn trả", "Hạn trả kết quả", "Ngày hẹn", "Hạn xử lý",
        "Hạn giải quyết", "Thời hạn giải quyết", "Thời hạn trả kết quả", "Ngày trả dự kiến", "Hẹn trả kết quả", "Thời gian hẹn trả kết quả",
    ),
    "done": (
        "Ngày kết thúc xử lý", "Ngày xử lý xong", "Ngày hoàn thành", "Ngày có kết quả", "Thời gian xử lý xong", "Ngày giải quyết xong",
        "Ngày kết thúc", "Kết thúc", "Xử lý xong", "Thời gian kết thúc", "Ngày giải quyết", "Ngày xử lý", "Ngày hoàn thành xử lý",
        "Ngày trả/kết thúc", "Thời điểm kết thúc", "Có kết quả", "Ngày phát hành",
    ),
    "returned": (
        "Ngày trả kết quả", "Ngày trả", "Ngày trả thực tế", "Thời gian trả kết quả", "Trả kết quả", "Thời điểm trả kết quả", "Ngày trả KQ",
        "Ngày thực trả", "Ngày trả kết quả thực tế",
    ),
    "closed": ("Ngày dừng xử lý", "Ngày từ chối", "Ngày rút", "Ngày dừng", "Ngày rút hồ sơ", "Ngày dừng/từ chối/rút"),
    "status": ("Trạng thái", "Tình trạng", "Trạng thái hồ sơ", "Tình trạng hồ sơ", "Tình trạng xử lý", "Trạng thái xử lý"),
    "procedure_code": ("Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính", "Mã số TTHC", "Mã DVC", "Mã dịch vụ công", "Mã số thủ tục"),
    "procedure_name": (
        "Tên TTHC", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục hành chính", "TTHC", "Thủ tục", "Tên dịch vụ công", "Dịch vụ công",
    ),
    "field": ("Lĩnh vực", "Tên lĩnh vực", "Lĩnh vực TTHC", "Nhóm thủ tục"),
    "channel": (
        "Hình thức tiếp nhận", "Hình thức", "Kênh tiếp nhận", "Hình thức nộp", "Hình thức nộp hồ sơ", "Nguồn hồ sơ", "Nguồn tiếp nhận",
        "Kênh nộp", "Hình thức nhận", "Phương thức tiếp nhận",
    ),
    "unit": (
        "Đơn vị", "Đơn vị tiếp nhận", "Đơn vị giải quyết", "Cơ quan thực hiện", "Đơn vị xử lý", "Cơ quan giải quyết", "Nơi tiếp nhận",
        "Tên đơn vị", "Cơ quan tiếp nhận", "Đơn vị thực hiện", "Cơ quan",
    ),
    "supplement": ("Ngày yêu cầu bổ sung", "Ngày bổ sung", "Thời gian yêu cầu bổ sung", "Yêu cầu bổ sung", "Thời điểm yêu cầu bổ sung"),
    "supplements": ("Số lần bổ sung", "Số lần yêu cầu bổ sung", "Lần bổ sung"),
    "waited": ("Số ngày chờ bổ sung", "Thời gian chờ bổ sung", "Số ngày tạm dừng", "Thời gian tạm dừng", "Số ngày dừng chờ bổ sung"),
    "reason": ("Nguyên nhân quá hạn", "Lý do quá hạn", "Lý do trễ hạn", "Nguyên nhân trễ hạn", "Nguyên nhân", "Lý do", "Lý do chậm"),
    "apologies": ("Số lần xin lỗi", "Xin lỗi", "Số phiếu xin lỗi", "Phiếu xin lỗi", "Thư xin lỗi", "Văn bản xin lỗi"),
    "phone": ("Số điện thoại", "Điện thoại", "SĐT", "Số ĐT", "Di động", "Điện thoại liên hệ", "Số điện thoại người nộp", "ĐT", "ĐT liên hệ", "SĐT liên hệ", "Số điện thoại liên hệ"),
    # Recognised only so that nothing of them is taken for something else: they are never read.
    "personal": (
        "Chủ hồ sơ", "Tên chủ hồ sơ", "Người nộp", "Người nộp hồ sơ", "Họ và tên", "Họ tên", "Tên công dân", "Công dân", "Tổ chức/cá nhân",
        "Người đăng ký", "Người yêu cầu", "Tên người nộp", "Tên tổ chức, cá nhân", "Địa chỉ", "Địa chỉ thường trú", "Nơi ở", "Email",
        "Thư điện tử", "CCCD", "CMND", "Số CCCD", "Số CMND", "CMND/CCCD", "Số định danh", "Số định danh cá nhân", "Số giấy tờ", "Căn cước",
        "Ngày sinh", "Năm sinh", "Giới tính", "Dân tộc", "Quốc tịch", "Cán bộ tiếp nhận", "Người tiếp nhận", "Cán bộ xử lý", "Cán bộ thụ lý",
        "Người xử lý", "Ghi chú", "Nội dung", "Trích yếu", "Số tài khoản", "Biển số", "Ngày cấp", "Nơi cấp", "Tên hồ sơ", "Người nhận kết quả",
        "Họ tên người nộp", "Họ và tên người nộp", "Họ tên chủ hồ sơ", "Nơi cư trú", "Chỗ ở hiện nay", "Thường trú", "Tạm trú", "Địa chỉ liên hệ",
    ),
}  # fmt: skip

_STATUSES: dict[Status, tuple[str, ...]] = {
    Status.WAITING: ("Chờ tiếp nhận", "CHO_TIEP_NHAN", "Mới đăng ký", "Chưa tiếp nhận", "Chờ xác nhận"),
    Status.RECEIVED: ("Mới tiếp nhận", "Đã tiếp nhận", "DA_TIEP_NHAN", "Tiếp nhận", "Vừa tiếp nhận"),
    Status.PROCESSING: (
        "Đang xử lý", "Đang giải quyết", "Đang thụ lý", "DANG_THU_LY", "DANG_XU_LY", "Trình duyệt", "TRINH_DUYET", "Chờ phê duyệt",
        "Chưa giải quyết", "Chờ ký duyệt", "Đang thực hiện", "Chuyển xử lý", "Đang luân chuyển", "Chưa xử lý",
    ),
    Status.SUPPLEMENT: ("Yêu cầu bổ sung", "Yêu cầu bổ sung giấy tờ", "YEU_CAU_BO_SUNG", "Chờ bổ sung", "Bổ sung hồ sơ", "Đang chờ bổ sung"),
    Status.FINANCIAL: ("Yêu cầu thực hiện nghĩa vụ tài chính", "Chờ thực hiện nghĩa vụ tài chính", "Nghĩa vụ tài chính", "Chờ thanh toán"),
    Status.DONE: (
        "Đã xử lý xong", "Đã giải quyết", "Hoàn thành", "HOAN_THANH", "Đã phê duyệt", "DA_PHE_DUYET", "Đã phát hành", "DA_PHAT_HANH",
        "Có kết quả", "Đã có kết quả", "Chờ trả kết quả", "Xử lý xong", "Đã hoàn thành", "Đã xử lý", "Giải quyết xong",
        "Đã giải quyết đúng hạn", "Đã giải quyết trước hạn", "Đã giải quyết quá hạn", "Kết thúc", "Đã kết thúc",
    ),
    Status.RETURNED: ("Đã trả kết quả", "Đã trả", "DA_TRA_KET_QUA", "Trả kết quả", "Đã trả KQ", "Đã trả kết quả cho công dân"),
    Status.STOPPED: ("Dừng xử lý", "Dừng", "DUNG", "Hủy", "Hủy hồ sơ", "Đã hủy", "Tạm dừng xử lý", "Đình chỉ"),
    Status.REFUSED: ("Từ chối", "TU_CHOI", "Từ chối giải quyết", "Trả lại hồ sơ", "Không giải quyết", "Từ chối tiếp nhận", "Trả lại"),
    Status.WITHDRAWN: ("Công dân rút", "Rút hồ sơ", "RUT", "Công dân rút hồ sơ", "Đã rút", "Rút"),
}  # fmt: skip
_CHANNELS: dict[str, tuple[str, ...]] = {
    "online": (
        "Trực tuyến", "Online", "Trực tuyến toàn trình", "Trực tuyến một phần", "Toàn trình", "Một phần", "Nộp trực tuyến", "DVC trực tuyến",
        "Dịch vụ công trực tuyến", "Cổng dịch vụ công", "Cổng DVC", "Cổng DVCQG", "Cổng dịch vụ công quốc gia", "Qua mạng", "DVCTT", "VNeID",
        "Mức độ 3", "Mức độ 4", "DVC toàn trình", "DVC một phần", "Dịch vụ công toàn trình", "Dịch vụ công một phần",
    ),
    "direct": ("Trực tiếp", "Nộp trực tiếp", "Một cửa", "Tại bộ phận một cửa", "Tại chỗ", "Trực tiếp tại bộ phận một cửa", "Offline"),
    "post": ("Bưu chính", "BCCI", "Bưu chính công ích", "Qua bưu chính", "Qua dịch vụ bưu chính công ích", "Bưu điện", "Qua bưu điện"),
}  # fmt: skip

STATUSES: dict[str, Status] = {fold(label): status for status, labels in _STATUSES.items() for label in labels}
CHANNELS: dict[str, str] = {fold(label): channel for channel, labels in _CHANNELS.items() for label in labels}
FIELD_NAMES = {
    "code": "Mã hồ sơ", "received": "Ngày tiếp nhận", "due": "Ngày hẹn trả", "done": "Ngày xử lý xong", "returned": "Ngày trả kết quả",
    "closed": "Ngày dừng, từ chối, rút", "status": "Trạng thái", "procedure_code": "Mã TTHC", "procedure_name": "Tên TTHC",
    "field": "Lĩnh vực", "channel": "Hình thức tiếp nhận", "unit": "Đơn vị", "supplement": "Ngày yêu cầu bổ sung",
    "supplements": "Số lần bổ sung", "waited": "Số ngày chờ bổ sung", "reason": "Nguyên nhân quá hạn", "apologies": "Số lần xin lỗi",
    "phone": "Số điện thoại (chỉ tạo khóa tra cứu)", "personal": "Dữ liệu cá nhân (không đọc)",
}  # fmt: skip
