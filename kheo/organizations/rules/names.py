"""Names of units: the part without the word for the kind, and which kind a name speaks of."""

from __future__ import annotations

from kheo.core.rules import text

# The words a name begins with → the code of its kind. Longer wordings stand first.
ALIASES_OF_KIND: tuple[tuple[str, str], ...] = (
    ("thi tran", "township"), ("thi xa", "town"), ("thanh pho", "city"), ("phuong", "ward"), ("xa", "commune"),
    ("dac khu", "special-zone"), ("huyen", "district"), ("quan", "urban-district"), ("tinh", "province"),
    ("khu pho", "residential-group"), ("to dan pho", "residential-group"), ("khoi pho", "residential-group"),
    ("thon", "village"), ("ban xay dung dang", "party-organ"), ("ban dan van", "party-organ"),
    ("ban tuyen giao", "party-organ"), ("uy ban kiem tra", "party-inspection"), ("ubkt", "party-inspection"),
    ("van phong dang uy", "party-organ"), ("dang uy", "party-committee"), ("thi uy", "party-committee"),
    ("huyen uy", "party-committee"), ("tinh uy", "party-committee"), ("chi bo", "party-cell"), ("dang bo", "party-committee"),
    ("uy ban mat tran to quoc", "front"), ("uy ban mttq", "front"), ("mttq", "front"),
    ("uy ban nhan dan", "peoples-committee"), ("ubnd", "peoples-committee"),
    ("hoi dong nhan dan", "peoples-council"), ("hdnd", "peoples-council"),
    ("hoi lien hiep phu nu", "women-union"), ("hoi lhpn", "women-union"), ("hoi cuu chien binh", "veterans"),
    ("hoi ccb", "veterans"), ("hoi nong dan", "farmers"), ("doan tncs", "youth-union"), ("doan thanh nien", "youth-union"),
    ("cong doan", "trade-union"), ("trung tam phuc vu hanh chinh cong", "one-stop"), ("truong", "school"),
    ("tram y te", "health-station"), ("cong an", "police"), ("ban chi huy quan su", "military"), ("bch quan su", "military"),
    ("vien kiem sat", "procuracy"), ("toa an", "court"), ("cong ty", "enterprise"), ("xi nghiep", "enterprise"),
    ("nha may", "enterprise"), ("hop tac xa", "cooperative"), ("phong", "agency"), ("van phong", "agency"),
    ("trung tam", "public-service"),
)  # fmt: skip
_AREA_WORDS = frozenset({"thi tran", "thi xa", "thanh pho", "phuong", "xa", "dac khu", "huyen", "quan", "tinh"})


def kind_words(name: str) -> str | None:
    """The code of the kind that a name speaks of ("Phường Đông Sơn" → ward), or None."""
    folded = text.fold(name) + " "
    return next((code for words, code in ALIASES_OF_KIND if folded.startswith(words + " ")), None)


def short_name(name: str) -> str:
    """The name of an area without the word for its kind: "Phường Đông Sơn" → "Đông Sơn".

    Other names, and areas called by a number ("Phường 5"), stay whole.
    """
    words = text.squeeze(text.nfc(name)).split(" ")
    for length in (2, 1):
        rest = " ".join(words[length:])
        if rest and not rest.isdigit() and text.fold(" ".join(words[:length])) in _AREA_WORDS:
            return rest
    return " ".join(words)
