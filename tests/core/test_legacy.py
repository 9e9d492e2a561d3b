import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.core.rules import legacy
from kheo.core.rules.syllables import is_syllable

LOWER = [letter for letter in legacy.LETTERS if letter.islower()]
SENTENCES = [
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Ủy ban nhân dân phường Đông Sơn, thị xã Bỉm Sơn",
    "Mô hình “Dân vận khéo” trong xây dựng đô thị văn minh",
    "hiến 1.200 m² đất, 350 ngày công làm 07 tuyến đường",
]
CASED = st.lists(st.sampled_from(list(legacy.LETTERS + "abcdeghiklmnopqrstuvxy ")), max_size=40)


def test_it_works():
    assert legacy.from_tcvn3("D©n vËn khÐo").text == "Dân vận khéo"
    assert legacy.from_vni("Daân vaän kheùo").text == "Dân vận khéo"
    assert legacy.from_mojibake("DÃ¢n váº\xadn khÃ©o").text == "Dân vận khéo"


def test_there_are_134_letters():
    assert len(legacy.LETTERS) == len(set(legacy.LETTERS)) == 134


@pytest.mark.parametrize("letter", LOWER)
def test_every_small_letter_survives_tcvn3(letter):
    code = legacy.to_tcvn3(letter)
    assert len(code) == 1
    assert legacy.from_tcvn3(code).text == letter


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_the_seven_capitals_survive_tcvn3(letter):
    assert legacy.from_tcvn3(legacy.to_tcvn3(letter)).text == letter


@pytest.mark.parametrize("letter", legacy.LETTERS)
def test_every_letter_survives_vni(letter):
    assert legacy.from_vni(legacy.to_vni(letter)).text == letter


@given(CASED)
def test_vni_text_comes_back(letters):
    value = "".join(letters)
    assert legacy.from_vni(legacy.to_vni(value)).text == value


@given(st.lists(st.sampled_from([*LOWER, *"abcdeghiklmnopqrstuvxy "]), max_size=40))
def test_tcvn3_text_comes_back(letters):
    value = "".join(letters)
    assert legacy.from_tcvn3(legacy.to_tcvn3(value)).text == value


@given(CASED)
def test_mojibake_comes_back(letters):
    value = "".join(letters)
    broken = value.encode().decode("latin-1")
    assert legacy.from_mojibake(broken).text == value


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_encoding_is_recognised(sentence):
    assert legacy.detect(sentence) == "unicode"
    assert legacy.detect(legacy.to_tcvn3(sentence)) == "tcvn3"
    assert legacy.detect(legacy.to_vni(sentence)) == "vni"
    assert legacy.detect(sentence.encode().decode("latin-1")) == "mojibake"


@pytest.mark.parametrize(
    "value",
    ["", "Cong ty ABC 123", "Café à la crème", "100 m²", "© 2023", "Krông Năng, Ê Đê", "«»"],
)
def test_other_text_is_left_alone(value):
    found = legacy.detect(value)
    assert found in ("unicode", "unsure")
    assert legacy.to_unicode(value, found).text == value


@given(st.text(max_size=80))
def test_detection_never_fails(value):
    legacy.to_unicode(value, legacy.detect(value))


def test_one_short_word_is_unsure_but_its_column_is_not():
    assert legacy.detect("D©n") == "unsure"
    assert legacy.detect_many(["D©n", "vËn", "khÐo", "ABC"]) == "tcvn3"


def test_capital_fonts_leave_a_note():
    converted = legacy.from_tcvn3("TH· X· BØM S¥N")
    assert converted.text == "THÃ XÃ BỈM SƠN"
    assert converted.notes == ("capitals_unknown",)


def test_a_capital_at_the_start_of_a_word_stays_one():
    assert legacy.from_tcvn3("X· héi").text == "Xã hội"


def test_tcvn3_read_as_code_page_1258_is_converted():
    # The é of khéo has the byte of Đ there.
    assert legacy.from_tcvn3("khĐo").text == "khéo"


def test_twice_broken_text_is_repaired():
    broken = "khéo".encode().decode("latin-1").encode().decode("latin-1")
    assert legacy.from_mojibake(broken).text == "khéo"


@pytest.mark.parametrize(
    "word",
    [
        "hòa",
        "hoà",
        "thuỷ",
        "ủy",
        "quý",
        "giếng",
        "già",
        "khuỷu",
        "ngoài",
        "ƯỚC",
        "Được",
        "của",
        "mười",
    ],
)
def test_real_words_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "xaõ", "vÒ", "héi", "hoc", "hòà", "ngh", "Daân", "bcd", "á́"])
def test_other_words_are_not(word):
    assert not is_syllable(word)
