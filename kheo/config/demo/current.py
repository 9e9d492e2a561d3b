"""Demo practices of the running year, so that the desk has something to do today."""

from __future__ import annotations

from kheo.config.demo.entry import Entry

ENTRIES = [
    Entry("Ngõ xanh, nhà sạch, phố văn minh", "ba-dinh/group1",
          "Sau khi sắp xếp đơn vị hành chính, khu phố muốn giữ nền nếp cũ và nối với các khu phố bạn.",
          "Mỗi ngõ nhận một đoạn cây xanh, chiều thứ Sáu cùng dọn, ảnh trước và sau gửi lên nhóm khu phố.",
          [("Ngõ tham gia", "ngõ", 11)], [("Đoạn cây xanh được chăm sóc", "đoạn", 11)], "Các khu phố liền kề đã xin lịch để làm cùng.",
          {"households": 96, "workdays": 40}, state="running", second="political-system"),
    Entry("Tổ giúp dân làm thủ tục trực tuyến tại nhà văn hóa", "ba-dinh/group2",
          "Người cao tuổi phải đi xa hơn tới trung tâm phục vụ hành chính công mới.",
          "Hai buổi tối mỗi tuần, đoàn viên và công chức nghỉ hưu trực máy tại nhà văn hóa, giúp từng người nộp và tra hồ sơ.",
          [("Người được giúp", "người", 300)], [("Hồ sơ nộp trực tuyến thành công", "hồ sơ", 240)], "Lịch trực và sổ hướng dẫn dùng chung được.",
          {"trained": 60}, state="submitted", second="culture-society"),
    Entry("Quỹ gạo nghĩa tình liên khu phố", "bac-son/group1",
          "Khu phố mới ghép từ hai phường cũ, hộ khó khăn phân bố không đều.",
          "Mỗi hộ khá góp một bát gạo mỗi tuần, ba khu phố gom chung, chia theo danh sách dân bàn.",
          [("Hộ góp gạo", "hộ", 220)], [("Hộ nhận hỗ trợ đều đặn", "hộ", 18)], "Danh sách do dân bàn nên không phát sinh khiếu nại.",
          {"households": 220, "households-helped": 18}, state="listed", second="economy"),
    Entry("Camera chung cho ba khu phố giáp ranh", "bac-son/group2",
          "Khu giáp ranh giữa hai phường cũ trước đây không ai lắp.",
          "Ba khu phố góp chung, thống nhất người xem hình, đặt ở ngã ba và nhà văn hóa.",
          [("Mắt camera", "mắt", 15)], [("Vụ mất trộm", "vụ", 0)], "Bổ sung phân công bảo dưỡng trước khi duyệt.",
          {}, state="returned", second="defence-security"),
    Entry("Phiên chợ nông sản sạch cuối tuần", "ngoc-trao/group1",
          "Nông dân các khu phố ven đồi thiếu chỗ bán trực tiếp.",
          "Mở phiên chợ sáng Chủ nhật ở sân nhà văn hóa, mỗi quầy treo bảng nguồn gốc.",
          [("Quầy tham gia", "quầy", 24)], [("Phiên chợ", "phiên", 30)], "Đang soạn phương án nhân rộng.",
          {}, state="draft", second="economy"),
    Entry("Đội phản ứng nhanh phòng chống bão của dân quân và thanh niên", "dong-son/youth",
          "Địa bàn rộng hơn sau sáp nhập, cần người tại chỗ.",
          "Lập đội theo cụm, tập mỗi quý, có danh sách hộ cần giúp và số điện thoại từng trưởng nhóm.",
          [("Cụm có đội", "cụm", 5)], [("Buổi tập", "buổi", 4)], "Danh sách hộ cần giúp cập nhật hằng quý.",
          {"trained": 45, "workdays": 60}, state="evaluating", second="defence-security", points=88),
]
