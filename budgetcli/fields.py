"""The field's terms: every key a table, a report or a program may use, in Korean and English.

Keys never change with the language. Which words in a file mean which key is
`recognise.synonyms`' business.
"""

from enum import Enum
from typing import NamedTuple

from budgetcli.i18n import language


class Kind(Enum):
    """What sort of value a field holds, so that every view writes it the same way."""

    NAME = "name"
    TEXT = "text"
    MONEY = "money"
    RATE = "rate"
    POINTS = "points"
    STATUS = "status"
    DATE = "date"
    COUNT = "count"


class Field(NamedTuple):
    """One term: its key, its words in both languages, a short head for narrow tables, its kind."""

    key: str
    korean: str
    english: str
    kind: Kind
    head: str = ""

    @property
    def term(self) -> str:
        """The word in the language in use."""
        return self.korean if language() == "ko" else self.english

    @property
    def short(self) -> str:
        """The shortest clear head of a column in the language in use."""
        return self.korean if language() == "ko" else self.head or self.english


_ALL = (
    Field("division", "부서", "division", Kind.NAME, "Division"),
    Field("office", "실·국", "office", Kind.NAME, "Office"),
    Field("government", "자치단체", "government", Kind.NAME, "Government"),
    Field("programme", "세부사업", "programme", Kind.NAME, "Programme"),
    Field("unit_programme", "단위사업", "unit programme", Kind.NAME),
    Field("policy_programme", "정책사업", "policy programme", Kind.NAME),
    Field("item", "통계목", "line item", Kind.NAME),
    Field("fund", "회계", "fund", Kind.NAME),
    Field("function", "분야", "function", Kind.NAME),
    Field("sub_function", "부문", "sub-function", Kind.NAME),
    Field("original", "당초예산", "original budget", Kind.MONEY, "Original"),
    Field("appropriated", "편성액", "appropriated amount", Kind.MONEY, "Appropriated"),
    Field("budget", "예산현액", "current budget", Kind.MONEY, "Budget"),
    Field("committed", "원인행위액", "commitments", Kind.MONEY, "Committed"),
    Field("encumbered", "지출약정액", "encumbrances", Kind.MONEY, "Encumbered"),
    Field("spent", "지출액", "expenditure", Kind.MONEY, "Spent"),
    Field("commitment_rate", "원인행위율", "commitment rate", Kind.RATE, "Commit. %"),
    Field("execution_rate", "집행률", "execution rate", Kind.RATE, "Rate %"),
    Field("unspent", "집행잔액", "unspent balance", Kind.MONEY, "Unspent"),
    Field("uncommitted", "미원인행위액", "uncommitted balance", Kind.MONEY, "Uncommitted"),
    Field("unpaid", "미지급 원인행위액", "unpaid commitments", Kind.MONEY, "Unpaid"),
    Field("eligible", "대상액", "eligible base", Kind.MONEY, "Eligible"),
    Field("goal", "목표액", "goal amount", Kind.MONEY, "Goal"),
    Field("target_rate", "목표율", "target rate", Kind.RATE, "Target %"),
    Field("attainment_rate", "달성률", "attainment rate", Kind.RATE, "Attained %"),
    Field("eligible_rate", "대상 대비", "rate of the eligible base", Kind.RATE, "Of eligible %"),
    Field("final_rate", "실집행률", "final-recipient rate", Kind.RATE, "Final %"),
    Field("variance", "목표 대비(%p)", "variance (points)", Kind.POINTS, "± points"),
    Field("shortfall", "목표 미달액", "shortfall", Kind.MONEY, "Shortfall"),
    Field("carried_over", "이월액", "carry-over", Kind.MONEY, "Carried over"),
    Field("returned", "보조금반납금", "grants returned", Kind.MONEY, "Returned"),
    Field("lapsed", "불용액", "lapsed", Kind.MONEY, "Lapsed"),
    Field("status", "상태", "status", Kind.STATUS, "Status"),
    Field("as_of", "기준일", "as-of date", Kind.DATE, "As of"),
    Field("fiscal_year", "회계연도", "fiscal year", Kind.TEXT, "Year"),
    Field("unit", "단위", "unit", Kind.TEXT, "Unit"),
    Field("where", "출처", "where", Kind.TEXT, "Where"),
)

# Words of answers alone: no table has such a column.
_RANKS = (
    Field("rank_execution_rate", "집행률 순위", "rank by execution rate", Kind.COUNT, "Rate rank"),
    Field(
        "rank_commitment_rate",
        "원인행위율 순위",
        "rank by commitment rate",
        Kind.COUNT,
        "Commit. rank",
    ),
    Field("rank_eligible_rate", "대상 대비 순위", "rank by eligible rate", Kind.COUNT, "Rank"),
    Field("rank_shortfall", "미달액 순위", "rank by shortfall", Kind.COUNT, "Shortfall rank"),
    Field("rank_unspent", "집행잔액 순위", "rank by unspent balance", Kind.COUNT, "Unspent rank"),
)

_CHANGES = (
    Field("presence", "구분", "presence", Kind.TEXT, "Presence"),
    Field("budget_change", "예산현액 증감", "budget change", Kind.MONEY, "Budget ±"),
    Field("newly_committed", "원인행위 증가액", "newly committed", Kind.MONEY, "Newly comm."),
    Field("newly_paid", "지출 증가액", "newly paid", Kind.MONEY, "Newly paid"),
    Field("unspent_change", "집행잔액 증감", "unspent change", Kind.MONEY, "Unspent ±"),
    Field(
        "uncommitted_change", "미원인행위액 증감", "uncommitted change", Kind.MONEY, "Uncommitted ±"
    ),
    Field("unpaid_change", "미지급 증감", "unpaid change", Kind.MONEY, "Unpaid ±"),
    Field(
        "execution_rate_change",
        "집행률 증감(%p)",
        "execution rate change (points)",
        Kind.POINTS,
        "Rate ± pts",
    ),
    Field(
        "commitment_rate_change",
        "원인행위율 증감(%p)",
        "commitment rate change (points)",
        Kind.POINTS,
        "Commit. ± pts",
    ),
    Field("eligible_change", "대상액 증감", "eligible base change", Kind.MONEY, "Eligible ±"),
    Field("goal_change", "목표액 증감", "goal change", Kind.MONEY, "Goal ±"),
    Field(
        "eligible_rate_change",
        "대상 대비 증감(%p)",
        "change of the rate of the eligible base (points)",
        Kind.POINTS,
        "Of eligible ± pts",
    ),
    Field(
        "attainment_rate_change",
        "달성률 증감(%p)",
        "attainment rate change (points)",
        Kind.POINTS,
        "Attained ± pts",
    ),
    Field("rank_old", "이전 순위", "old rank", Kind.COUNT, "Old rank"),
    Field("rank_new", "이번 순위", "new rank", Kind.COUNT, "New rank"),
    Field("rank_change", "순위 변동", "ranks gained", Kind.COUNT, "Ranks ±"),
)

_COMPARED = (
    "budget",
    "committed",
    "spent",
    "unspent",
    "uncommitted",
    "unpaid",
    "eligible",
    "goal",
    "commitment_rate",
    "execution_rate",
    "eligible_rate",
    "attainment_rate",
    "variance",
    "status",
    "where",
)


def _on_side(field: Field, side: str, korean: str) -> Field:
    """The same term on one side of a comparison: execution_rate_old, 이전 집행률."""
    head = f"{side.capitalize()} {field.head.lower()}" if field.head else ""
    words = (f"{korean} {field.korean}", f"{side} {field.english}")
    return Field(f"{field.key}_{side}", *words, field.kind, head)


FIELDS: dict[str, Field] = {field.key: field for field in (*_ALL, *_RANKS, *_CHANGES)}
FIELDS |= {
    field.key: field
    for key in _COMPARED
    for field in (_on_side(FIELDS[key], "old", "이전"), _on_side(FIELDS[key], "new", "이번"))
}

_CHRONIC = (
    Field("rule", "해당 기준", "rule", Kind.TEXT, "Rule"),
    Field("years", "대상 연도", "years", Kind.TEXT, "Years"),
    Field("mean_rate", "평균 집행률", "mean execution rate", Kind.RATE, "Mean %"),
    Field(
        "original_rate",
        "당초예산 대비 집행률",
        "rate of the original budget",
        Kind.RATE,
        "Of original %",
    ),
)
_PEFA = (
    Field("indicator", "지표", "indicator", Kind.TEXT, "Indicator"),
    Field("adjusted", "조정예산", "adjusted budget", Kind.MONEY, "Adjusted"),
    Field("deviation", "편차", "deviation", Kind.MONEY, "Deviation"),
    Field("result", "측정값", "result", Kind.RATE, "Result %"),
    Field("score", "등급", "score", Kind.TEXT, "Score"),
)
FIELDS |= {field.key: field for field in (*_CHRONIC, *_PEFA)}

# columns of a list of findings: money and rates apart
_FINDINGS = (
    Field("severity", "경중", "severity", Kind.TEXT, "Severity"),
    Field("code", "코드", "code", Kind.TEXT, "Code"),
    Field("column", "항목", "column", Kind.TEXT, "Column"),
    Field("printed", "표기값", "printed amount", Kind.MONEY, "Printed"),
    Field("computed", "계산값", "computed amount", Kind.MONEY, "Computed"),
    Field("difference", "차이", "difference", Kind.MONEY, "Difference"),
    Field("printed_rate", "표기 비율", "printed rate", Kind.RATE, "Printed %"),
    Field("computed_rate", "계산 비율", "computed rate", Kind.RATE, "Computed %"),
    Field("rate_difference", "비율 차이(%p)", "difference (points)", Kind.POINTS, "± points"),
    Field("message", "내용", "message", Kind.TEXT, "Message"),
    Field("formula", "산출 방법", "how it is made", Kind.TEXT, "How it is made"),
)
FIELDS |= {field.key: field for field in _FINDINGS}

# how rates move over dates, and what they come to at the year's end
_DATES = (
    Field("sparkline", "추이", "shape over the dates", Kind.TEXT, "Shape"),
    Field("first_as_of", "처음 기준일", "first as-of date", Kind.DATE, "First"),
    Field("last_as_of", "마지막 기준일", "last as-of date", Kind.DATE, "Last"),
    Field("first_rate", "처음 비율", "first rate", Kind.RATE, "First %"),
    Field("rate_change", "기간 증감(%p)", "change over the dates (points)", Kind.POINTS, "± pts"),
    Field("slope", "30일당 증감(%p)", "slope (points per 30 days)", Kind.POINTS, "± per 30 days"),
    Field("snapshot", "자료 상태", "snapshot", Kind.TEXT, "Snapshot"),
)
_YEAR_END = (
    Field(
        "committed_only",
        "원인행위분 지출",
        "spent if only commitments are paid",
        Kind.MONEY,
        "Committed only",
    ),
    Field("run_rate", "평균속도 지출", "spent at the run rate", Kind.MONEY, "Run rate"),
    Field("recent_pace", "최근속도 지출", "spent at the recent pace", Kind.MONEY, "Recent pace"),
    Field("profile", "예년추이 지출", "spent as in past years", Kind.MONEY, "Past years"),
    Field(
        "unspent_least", "예상 잔액 최소", "least unspent at year-end", Kind.MONEY, "Unspent min"
    ),
    Field("unspent_most", "예상 잔액 최대", "most unspent at year-end", Kind.MONEY, "Unspent max"),
    Field("carry_over_most", "예상 이월 최대", "carry-over at most", Kind.MONEY, "Carried max"),
    Field("lapse_least", "예상 불용 최소", "lapse at least", Kind.MONEY, "Lapse min"),
    Field("target_reached", "목표 도달일", "target reached on", Kind.DATE, "Reaches target"),
)
_BACKTEST = (
    Field("horizon", "예측 기간", "days ahead", Kind.TEXT, "Days ahead"),
    Field("method", "방법", "method", Kind.TEXT, "Method"),
    Field("error_points", "오차(예산 대비 %)", "error (% of budget)", Kind.RATE, "Error %"),
    Field("points_to_naive", "단순예측 대비 오차", "error, % of naive", Kind.RATE, "% of naive"),
    Field(
        "error_median", "중앙 오차(%)", "middle error (% of budget)", Kind.RATE, "Middle error %"
    ),
    Field("bias_points", "치우침(%p)", "foretold too much (points)", Kind.POINTS, "Too much"),
    Field("error_money", "평균 오차액", "mean error (money)", Kind.MONEY, "Error money"),
    Field("predictions", "예측 수", "predictions", Kind.COUNT, "Predictions"),
)
_DOCUMENT = (
    Field("number", "표", "table", Kind.COUNT, "Table"),
    Field("title", "제목", "title", Kind.TEXT, "Title"),
    Field("rows", "행 수", "rows", Kind.COUNT, "Rows"),
    Field("width", "열 수", "columns", Kind.COUNT, "Columns"),
    Field("groups", "묶음 수", "groups", Kind.COUNT, "Groups"),
    Field("is_budget", "예산표", "budget table", Kind.TEXT, "Budget"),
    Field("measure", "실적/계획", "actual against plan", Kind.TEXT, "Actual/plan"),
    Field("mapping", "열의 뜻", "columns read as", Kind.TEXT, "Columns read as"),
    Field("problem", "읽지 못한 까닭", "not read because", Kind.TEXT, "Not read because"),
)
_SETTINGS = (
    Field("setting", "설정", "setting", Kind.TEXT, "Setting"),
    Field("value", "값", "value", Kind.TEXT, "Value"),
)
_PROGRAMMES = (
    Field("chapter", "장", "chapter", Kind.TEXT, "Chapter"),
    Field("programmes", "사업 수", "programmes", Kind.COUNT, "Programmes"),
    Field("budgets", "예산을 밝힌 사업 수", "with a budget", Kind.COUNT, "With a budget"),
    Field("breakdown", "산출 내역", "breakdown", Kind.TEXT, "Breakdown"),
    Field("targets", "목표", "targets", Kind.TEXT, "Targets"),
    Field("results", "실적", "results", Kind.TEXT, "Results"),
)
_OF_ANSWERS = (*_DATES, *_YEAR_END, *_BACKTEST, *_DOCUMENT, *_SETTINGS, *_PROGRAMMES)
FIELDS |= {field.key: field for field in _OF_ANSWERS}

LABELS = tuple(field.key for field in _ALL if field.kind is Kind.NAME)
DERIVED = ("uncommitted", "unpaid", "variance", "shortfall", "status", "where")
AMOUNTS = tuple(
    field.key for field in _ALL if field.kind is Kind.MONEY and field.key not in DERIVED
)
RATES = tuple(field.key for field in _ALL if field.kind is Kind.RATE)
