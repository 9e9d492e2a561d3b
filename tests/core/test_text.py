import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kheo.core.rules import text

ANY = st.text(max_size=60)
VIETNAMESE = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵĐÀỆ ",
    max_size=40,
)


def test_it_works():
    assert text.fold("Khu dân cư – “Không có hộ nghèo”…") == "khu dan cu khong co ho ngheo"


def test_fold_ignores_tone_placement_and_normal_form():
    forms = {"hòa", "hoà", unicodedata.normalize("NFD", "hoà"), "HOÀ"}
    assert {text.fold(form) for form in forms} == {"hoa"}


def test_fold_maps_every_letter_that_looks_like_d():
    assert text.fold("Đông Ðông Ɖông") == "dong dong dong"


def test_fold_drops_what_cannot_be_seen():
    assert text.fold("dân\u200bvận\u202e khéo\u00a0") == "danvan kheo"


@given(ANY)
def test_folding_twice_changes_nothing(value):
    assert text.fold(text.fold(value)) == text.fold(value)


@given(VIETNAMESE)
def test_both_normal_forms_fold_alike(value):
    assert text.fold(unicodedata.normalize("NFD", value)) == text.fold(value)
    assert text.fold(value).isascii()


@given(ANY)
def test_nfc_is_stable_and_can_be_encoded(value):
    once = text.nfc(value)
    assert text.nfc(once) == once
    once.encode("utf-8")


def test_nfc_keeps_line_ends_and_hard_spaces():
    assert text.nfc("a\u00a0b\r\nc\x00\ufeff") == "a\u00a0b\r\nc"


def test_nfc_drops_half_characters():
    assert text.nfc("a\ud800b") == "ab"


def test_canonical_joins_both_placements():
    assert text.canonical("Thuỷ  HOÀ uỷ khoẻ") == text.canonical("thủy hòa ủy khỏe")


def test_canonical_keeps_tones():
    assert len({text.canonical(word) for word in ("hoa", "hòa", "hóa", "họa")}) == 4


def test_canonical_leaves_closed_syllables_and_q():
    assert text.canonical("quý khuỷu hoàn ngoài") == "quý khuỷu hoàn ngoài"


def test_slug_is_ascii_and_cut_at_a_word():
    assert text.slugify("Đông Sơn: Dân vận – khéo 2023") == "dong-son-dan-van-kheo-2023"
    assert text.slugify("một hai ba bốn", limit=9) == "mot-hai"
    assert text.slugify("中文") == ""


@given(ANY, st.integers(1, 100))
def test_slug_never_passes_its_limit(value, limit):
    slug = text.slugify(value, limit=limit)
    assert len(slug) <= limit
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_collation_follows_the_alphabet():
    wanted = ["an", "ăn", "ân", "ba", "cao", "da", "đa", "em", "êm", "on", "ôn", "ơn", "un", "ưng"]
    assert sorted(set(wanted), key=text.collation_key) == wanted


def test_collation_puts_tones_last_in_their_order():
    wanted = ["ba", "bà", "bả", "bã", "bá", "bạ", "ban"]
    assert sorted(set(wanted), key=text.collation_key) == wanted
    assert sorted(["hòn", "hoa", "hòa"], key=text.collation_key) == ["hoa", "hòa", "hòn"]


def test_collation_reads_numbers_by_value():
    wanted = ["Khu phố 2", "Khu phố 10", "Khu phố 10A"]
    assert sorted(set(wanted), key=text.collation_key) == wanted


@given(ANY)
def test_collation_key_uses_only_digits_and_small_letters(value):
    key = text.collation_key(value)
    assert len(key) <= 242
    assert not key.strip("0123456789abcdefghijklmnopqrstuvwxyz")


@given(VIETNAMESE)
def test_collation_ignores_tone_placement(value):
    assert text.collation_key(value) == text.collation_key(text.old_tone_placement(value))


def test_people_sort_by_given_name_then_family_then_middle():
    wanted = ["Bắc Đông An", "Nam Đông An", "Nam Tây An", "Bắc Tây Ân", "Bắc Bình", "Bắc Bính"]
    assert sorted(set(wanted), key=text.person_key) == wanted


def test_people_of_one_word_have_a_place():
    assert sorted(["Y Ê Ban", "An"], key=text.person_key) == ["An", "Y Ê Ban"]


def test_similarity_sees_a_near_duplicate():
    same = text.similarity("Khu dân cư không có hộ nghèo", "KHU DAN CU khong co ho ngheo!")
    near = text.similarity("Khu dân cư không có hộ nghèo", "Khu dân cư không còn hộ nghèo")
    far = text.similarity("Khu dân cư không có hộ nghèo", "Tuyến đường hoa phụ nữ")
    assert same == 1.0
    assert 0.6 < near < 1.0
    assert far < 0.2


def test_similarity_of_nothing_is_nothing():
    assert text.similarity("", "") == 0.0


def test_pasted_text_is_tidied():
    assert (
        text.clean_pasted("\uf0b7\tMột\u00a0\u00a0hai \r\n\r\n\r\n\r\nba\u200b ")
        == "- Một hai\n\nba"
    )


def test_pasted_text_of_an_old_font_is_converted():
    assert text.clean_pasted("D©n vËn khÐo ph­êng §«ng S¬n") == "Dân vận khéo phường Đông Sơn"
