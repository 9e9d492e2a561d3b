"""The one engine for formulas: a small language over `ast`, with nothing in it that could harm.

    dat_chuan / tong_so * 100
    growth(gia_tri_san_xuat, 3)
    tdtt - prev(tdtt)

Names are codes of indicators. There are + - * / **, brackets, min, max, abs, round, prev(code) (the
same period a year before), and growth(code, years). No attributes, no indexes, no texts, no other calls.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from kheo.core.errors import InvalidInput
from kheo.indicators.rules import readings

MAX_LENGTH, MAX_NODES, MAX_DEPTH, MAX_POWER, MAX_YEARS = 400, 80, 16, 10, 20
MAX_VALUE = Decimal(10) ** 24
Lookup = Callable[[str, int], Decimal | None]
"""code, years back → value, None when missing."""

_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b, ast.Div: lambda a, b: a / b,
}
FUNCTIONS = ("min", "max", "abs", "round", "prev", "growth")
_ARITY = {"abs": (1, 1), "round": (1, 2), "prev": (1, 1), "growth": (2, 2), "min": (1, 12), "max": (1, 12)}


class Missing(Exception):
    """An indicator of the formula has no value: neither has the formula."""


class NoneArising(Exception):
    """Something is divided by 0."""


@dataclass(frozen=True)
class Formula:
    """A checked formula: its text, its tree and the codes it depends on."""

    text: str
    tree: ast.expr
    codes: frozenset[str]

    def evaluate(self, lookup: Lookup) -> readings.Reading:
        """The value from other values; missing and division by 0 are states, not errors."""
        with localcontext() as context:
            context.prec = 40
            try:
                return readings.Reading(_value(self.tree, lookup))
            except Missing:
                return readings.Reading()
            except NoneArising:
                return readings.Reading(None, None, Decimal(0))

    @property
    def reach(self) -> int:
        """How many years the formula looks back."""
        calls = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        named = [(call.func.id, call.args) for call in calls if isinstance(call.func, ast.Name)]
        looked = [1 for name, _args in named if name == "prev"]
        looked += [int(args[1].value) for name, args in named if name == "growth" and isinstance(args[1], ast.Constant)]  # type: ignore[arg-type]
        return max(looked, default=0)

    def samples(self) -> list[tuple[dict[str, Decimal], readings.Reading]]:
        """The formula tried on three sets of made-up figures: (code → figure, what comes out).

        Figures of former years are a twentieth lower for each year. Raises InvalidInput `formula_too_large`.
        """
        found = []
        for start in (Decimal(100), Decimal(1000), Decimal("0.5")):
            figures = {code: start * (n + 1) for n, code in enumerate(sorted(self.codes))}
            found.append((figures, self.evaluate(lambda code, years, figures=figures: figures[code] * (20 - min(years, 19)) / 20)))  # type: ignore[misc]
        return found


def parse(text: str) -> Formula:
    """Read and check a formula. Raises InvalidInput `formula_*` with the part that is not allowed."""
    shown = text.strip()
    if not shown or len(shown) > MAX_LENGTH:
        raise InvalidInput(code="formula_length", params={"limit": MAX_LENGTH}, field="formula")
    try:
        tree = ast.parse(shown, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InvalidInput(code="formula_unreadable", params={"text": shown[:80], "at": getattr(error, "offset", 0) or 0}, field="formula") from error
    if sum(1 for _node in ast.walk(tree)) > MAX_NODES * 3:
        raise InvalidInput(code="formula_length", params={"limit": MAX_LENGTH}, field="formula")
    codes: set[str] = set()
    _check(tree, codes, 0)
    return Formula(shown, tree, frozenset(codes))


def _bad(node: ast.AST) -> InvalidInput:
    return InvalidInput(code="formula_not_allowed", params={"text": ast.unparse(node)[:60]}, field="formula")


def _check(node: ast.expr, codes: set[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise InvalidInput(code="formula_too_deep", params={"limit": MAX_DEPTH}, field="formula")
    if isinstance(node, ast.Name):
        codes.add(node.id)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float) or abs(node.value) >= 10**18:
            raise _bad(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        _check(node.operand, codes, depth + 1)
    elif isinstance(node, ast.BinOp):
        _check_operation(node, codes, depth)
    elif isinstance(node, ast.Call):
        _check_call(node, codes, depth)
    else:
        raise _bad(node)


def _check_operation(node: ast.BinOp, codes: set[str], depth: int) -> None:
    if isinstance(node.op, ast.Pow):
        power = node.right
        if not (isinstance(power, ast.Constant) and type(power.value) is int and 0 <= power.value <= MAX_POWER):
            raise InvalidInput(code="formula_power", params={"limit": MAX_POWER}, field="formula")
    elif type(node.op) not in _OPERATORS:
        raise _bad(node)
    _check(node.left, codes, depth + 1)
    _check(node.right, codes, depth + 1)


def _check_call(node: ast.Call, codes: set[str], depth: int) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS or node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
        raise _bad(node)
    least, most = _ARITY[name]
    if not least <= len(node.args) <= most:
        raise InvalidInput(code="formula_arguments", params={"name": name}, field="formula")
    if name in ("prev", "growth") and not isinstance(node.args[0], ast.Name):
        raise InvalidInput(code="formula_code_wanted", params={"name": name}, field="formula")
    if name in ("growth", "round") and len(node.args) == 2:
        number, low = node.args[1], 1 if name == "growth" else 0
        if not (isinstance(number, ast.Constant) and type(number.value) is int and low <= number.value <= MAX_YEARS):
            raise InvalidInput(code="formula_whole_number", params={"name": name, "limit": MAX_YEARS}, field="formula")
    for argument in node.args:
        _check(argument, codes, depth + 1)


def _value(node: ast.expr, lookup: Lookup) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return _known(lookup(node.id, 0))
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, lookup)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp):
        return _operation(node, lookup)
    assert isinstance(node, ast.Call)
    return _bounded(_call(node, lookup))


def _operation(node: ast.BinOp, lookup: Lookup) -> Decimal:
    left, right = _value(node.left, lookup), _value(node.right, lookup)
    try:
        if isinstance(node.op, ast.Pow):
            return _bounded(left ** int(right))
        return _bounded(_OPERATORS[type(node.op)](left, right))
    except (DivisionByZero, InvalidOperation) as error:
        raise NoneArising from error
    except Overflow as error:
        raise InvalidInput(code="formula_too_large") from error


def _call(node: ast.Call, lookup: Lookup) -> Decimal:
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name in ("prev", "growth"):
        target = node.args[0]
        assert isinstance(target, ast.Name)
        if name == "prev":
            return _known(lookup(target.id, 1))
        years = int(_value(node.args[1], lookup))
        grown = readings.growth(_known(lookup(target.id, 0)), _known(lookup(target.id, years)), years)
        if grown.value is None:
            raise NoneArising
        return grown.value
    values = [_value(argument, lookup) for argument in node.args]
    if name == "abs":
        return abs(values[0])
    if name == "round":
        places = int(values[1]) if len(values) == 2 else 0
        try:
            return values[0].quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
        except InvalidOperation as error:  # more digits than there is room for
            raise InvalidInput(code="formula_too_large") from error
    return min(values) if name == "min" else max(values)


def _known(value: Decimal | None) -> Decimal:
    if value is None:
        raise Missing
    return value


def _bounded(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) > MAX_VALUE:
        raise InvalidInput(code="formula_too_large")
    return value


def cycle(code: str, depends: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The way from `code` back to itself through what depends on what; None when there is none."""
    path: list[str] = [code]
    finished: set[str] = set()

    def walk(current: str) -> bool:
        for following in depends.get(current, ()):
            if following == code:
                path.append(code)
                return True
            if following in finished:
                continue
            finished.add(following)
            path.append(following)
            if walk(following):
                return True
            path.pop()
        return False

    return path if walk(code) else None
