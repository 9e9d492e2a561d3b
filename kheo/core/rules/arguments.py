"""argparse in Vietnamese."""

from __future__ import annotations

import argparse

# argparse has no Vietnamese catalogue; these are all of its sentences that a person can meet.
_ARGPARSE = {
    "usage: ": "cách dùng: ",
    "show this help message and exit": "hiện phần hướng dẫn này rồi thoát",
    "positional arguments": "tham số",
    "options": "tùy chọn",
    "optional arguments": "tùy chọn",
    "the following arguments are required: %s": "còn thiếu tham số: %s",
    "unrecognized arguments: %s": "không hiểu tham số: %s",
    "argument %(argument_name)s: %(message)s": "tham số %(argument_name)s: %(message)s",
    "expected one argument": "cần một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "expected %s argument": "cần %s giá trị",
    "expected %s arguments": "cần %s giá trị",
    "ignored explicit argument %r": "không nhận giá trị %r",
    "invalid choice: %(value)r (choose from %(choices)s)": "giá trị %(value)r không có trong danh sách: %(choices)s",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không đúng kiểu %(type)s",
    "one of the arguments %s is required": "cần một trong các tham số %s",
    "not allowed with argument %s": "không dùng cùng với %s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
    " (default: %(default)s)": " (mặc định: %(default)s)",
}


def speak_vietnamese() -> None:
    """Make argparse answer in Vietnamese in this process."""
    argparse._ = lambda message: _ARGPARSE.get(message, message)  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, many, n: _ARGPARSE.get(one if n == 1 else many, one)  # type: ignore[attr-defined]
