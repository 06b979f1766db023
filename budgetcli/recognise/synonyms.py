"""The words real files use for the field's terms, as data: one word a synonym, best first.

Looked up by `names.word_key`: no spaces, no underscores, no case, no accents. A lower tier
gives way to a higher one in the same table: 구분 is the division only where no
column says 부서.
"""

from __future__ import annotations

from functools import cache

from budgetcli.fields import FIELDS
from budgetcli.recognise.names import word_key

# a user's own words for columns, as the settings list them: (header, field)
OwnWords = tuple[tuple[str, str], ...]
# surer than any word of ours: whoever wrote it knows the system it comes from
OWN_TIER = -1

# field -> tiers of synonyms, the surest first
SYNONYMS: dict[str, tuple[str, ...]] = {
    "division": (
        "부서 부서명 과 과명 담당부서 소관부서 담당과 집행부서 사업부서 실과 실과명 부서별 "
        "실과소 dept_nm division",
        "department department_name dept dept_name agency agency_name departamento "
        "dependencia unidad_ejecutora unidad unidade órgão odbor útvar ramo",
        "dept_cd department_id department_code 부서코드 kapitola entidad unidade_orçamentária",
        "구분 항목 소관 기관 기관명 시군 시군명 name 명칭 내역 category concepto descripción "
        "descrição ukazatel název sector ministry programa_presupuestario key",
    ),
    "office": ("실국 실국명 실·국 국 국명 본부 실국본부 office bureau", "group"),
    "government": (
        "자치단체 자치단체명 지자체 지자체명 laf_hg_nm sigungu municipality government",
        "laf_cd 자치단체코드",
    ),
    "programme": (
        "세부사업 세부사업명 dbiz_nm programme program programa program_name programme_name",
        "사업명 사업 project project_name sactv_nm",
        "dbiz_cd 세부사업코드",
    ),
    "unit_programme": ("단위사업 단위사업명 actv_nm",),
    "policy_programme": ("정책사업 정책사업명 pgm_nm",),
    "item": ("통계목 통계목명 목 세목 line_item account account_name economic_item citm_nm",),
    "fund": (
        "회계 회계명 회계구분 회계구분명 acnt_dv_nm fund fund_name fondo fonte",
        "acnt_dv_cd 회계구분코드 fund_code",
    ),
    "function": (
        "분야 분야명 fld_nm function función função funkce",
        "fld_cd 분야코드",
    ),
    "sub_function": (
        "부문 부문명 part_nm sub_function subfunction",
        "ane_part_cd 부문코드",
    ),
    "original": (
        "당초예산 당초예산액 당초 본예산 본예산액 최초예산 anexp_bdgamt_f original "
        "original_budget original_approved_budget approved_budget aprobado "
        "presupuesto_aprobado presupuesto_inicial crédito_inicial créditos_iniciales "
        "dotação_inicial schválený schválený_rozpočet approved adopted_budget adopted "
        "enacted_budget initial_budget budget_estimate budget_estimates be pia loa asignado "
        "asignado_inicial presupuesto_institucional_de_apertura ley_inicial ley_de_presupuestos "
        "orçado orçado_inicial fixado",
        "예산액",
    ),
    "appropriated": ("편성액 편성 편성예산 cpl_amt appropriated appropriated_amount",),
    "budget": (
        "예산현액 계획현액 예산현액계 세출예산현액 현액 bdg_cash_amt anexp_bdg_camt current_budget "
        "revised_budget modified amended current_modified_budget "
        "modified_budget adjusted_budget amended_budget final_budget total_budget revised "
        "modificado presupuesto_modificado presupuesto_vigente vigente crédito_definitivo "
        "créditos_definitivos crédito_vigente crédito_total dotação_atualizada "
        "dotação_autorizada créditos_totales crédito_total_consignado "
        "revised_estimate revised_estimates re po_změnách rozpočet_po_změnách "
        "upravený_rozpočet po_úpravách rozpočet_po_úpravách pim codificado ley_vigente "
        "presupuesto_institucional_modificado presupuesto_actual crédito_actual "
        "orçado_atualizado valor_atualizado",
        "budget budget_amount budgeted budgeted_expenses budgeted_expenditure "
        "budgeted_expenditures autorizado atualizado konečný_rozpočet total_appropriation "
        "total_appropriations appropriations appropriation presupuesto orçamento rozpočet dotação",
        "예산 예산액 예산총액 총예산 총예산액 예산규모 세출예산 세출예산액 예산금액 최종예산 "
        "최종예산액 allotment allotments",
        "예산배정액 배정액 배정예산 배정예산액 사업비 대상사업비 allocation allocations "
        "budget_allocation allocated allocated_budget",
    ),
    "committed": (
        "원인행위액 지출원인행위액 원인행위 지출원인행위 원인행위누계 committed commitment "
        "commitments obligations obligated obligation "
        "comprometido compromisos disposiciones disposiciones_o_compromisos "
        "compromiso dispuesto crédito_dispuesto empenhado empenhado_líquido empenho závazky",
    ),
    "encumbered": (
        "open_encumbrances open_encumbrance outstanding_encumbrances encumbrances_outstanding "
        "open_commitments outstanding_commitments commitments_outstanding",
        "encumbered encumbrances encumbrance current_encumbrances 지출약정액",
    ),
    "spent": (
        "thism_aggr_ep_amt",
        "지출액 집행액 지출 집행 지출금액 집행금액 지출누계 집행누계 지출액누계 집행액누계 "
        "누계집행액 누계지출액 결산액 세출결산 세출결산액 집행실적 지출총액 집행총액 총집행액 "
        "총지출액 지출합계 집행계 지출계 집행액계 지출액계 "
        "예산집행액 ep_amt exeamt spent expenditure expenditures actual "
        "actual_expenditure actual_expenditures total_expenditure total_expenditures actuals "
        "executed execution disbursement disbursements disbursed outturn outlays paid "
        "payments pagado ejecutado exec pago pagos pagos_realizados pagos_efectuados "
        "pagos_líquidos ejecución execução skutečné_čerpání "
        "skutečnost čerpání výsledek_od_počátku_roku total_spent amount_spent actual_spend "
        "expended cash_expense spend spending expenses utilized utilised actual_disbursements "
        "actual_expenses",
        "ejercido devengado liquidado obligaciones_reconocidas obligaciones_reconocidas_netas "
        "obligaciones obligación obligado",
    ),
    "commitment_rate": (
        "원인행위율 원인행위률 원인행위비율 commitment_rate commitments_rate obligation_rate "
        "%_committed committed_%",
    ),
    "execution_rate": (
        "집행률 집행율 지출률 지출율 집행비율 지출비율 예산집행률 예산집행율 예산대비집행률 "
        "예산현액대비집행률 배정대비집행률 execution_rate "
        "rate %_used %_utilized %_utilised spending_rate expenditure_rate utilization "
        "utilisation utilization_rate "
        "burn_rate %_spent percent_spent spent_% pct_spent pct_used percent_used %_executed "
        "disbursement_rate "
        "avance avance_financiero avance_presupuestal avance_presupuestario "
        "porcentaje_de_ejecución %_ejecución %_ejec %_ejec. grado_de_ejecución %_execução "
        "%_exec %_exec. %_executado %_realizado %_ejecutado %_ejercido %_ru %_k_ru plnění "
        "%_plnění %_čerpání absorption absorption_rate overall_absorption_rate %_of_budget "
        "%_budget_spent %_performance outturn_%",
    ),
    "unspent": (
        "집행잔액 예산잔액 지출잔액 잔액 미집행액 unspent unspent_balance balance remaining "
        "remaining_balance available_balance available available_budget budget_available "
        "remaining_budget budget_remaining budget_balance saldo disponible saldo_disponible "
        "zůstatek unexpended unexpended_balance",
    ),
    "uncommitted": (
        "미원인행위액 원인행위잔액 uncommitted budget_uncommitted "
        "uncommitted_balance unencumbered_balance",
    ),
    "unpaid": ("미지급원인행위액 미지급액 unpaid unpaid_commitments",),
    "eligible": ("대상액 신속집행대상액 집행대상액 qkextrgtamt eligible eligible_base",),
    "goal": ("목표액 집행목표액 신속집행목표액 qkexglsamt goal goal_amount",),
    "target_rate": ("목표율 목표집행률 목표률 target_rate target",),
    "eligible_rate": ("대상대비 대상액대비 대상액대비집행률 trgtamtcprnexert eligible_rate",),
    "attainment_rate": (
        "달성률 달성율 목표달성률 목표대비 목표액대비 glsamtrt attainment_rate attainment",
    ),
    "carried_over": (
        "이월액 다음연도이월액 다음년도이월액 차년도이월액 차년도이월 이월 next_yy_bfwamt "
        "carry_over carried_over carryover carried_forward",
    ),
    "returned": ("보조금반납금 보조금집행잔액 반납금 returned",),
    "lapsed": ("불용액 불용 duseamt lapsed lapse lapsed_amount",),
    "variance": ("목표대비(%p) variance variance_(points)",),
    "shortfall": ("목표미달액 shortfall",),
    "status": ("상태 status",),
    "as_of": (
        "기준일 기준일자 기준년월일 as_of as_of_date exe_ymd snapshot_date fecha_de_corte",
        "일자 date 기준년월",
    ),
    "fiscal_year": (
        "회계연도 회계년도 연도 년도 fyr fscl_yy fiscal_year budget_fiscal_year budget_year "
        "year ejercicio ejercicio_presupuestario ciclo exercício rok",
    ),
    "unit": ("단위 금액단위 unit",),
    "where": ("출처 where",),
}


# words that say no more than "money planned": what is planned, another word beside them says
NOUNS = (
    "budgeted monto montos crédito créditos presupuesto apropiación apropiaciones gasto gastos "
    "egresos orçamento despesa despesas dotação rozpočet budget appropriation appropriations "
    "allocation allocations "
)
# the word beside such a noun -> the synonym it makes: presupuesto modificado, Despesas Pagas
BESIDE_NOUNS = {
    "original_budget": (
        "original initial approved adopted enacted inicial iniciales aprobado aprobados "
        "aprovado aprovada presupuestado sancionado schválený"
    ),
    "current_budget": (
        "current revised modified adjusted amended final latest latest_approved modificado "
        "modificados vigente vigentes definitivo definitiva definitivos actualizado atualizado "
        "atualizada atual upravený po_změnách po_úpravách"
    ),
    "committed": (
        "committed encumbered dispuesto comprometido comprometidos empenhado empenhada empenhadas"
    ),
    "pagado": "paid spent executed pagado pagados pago paga pagas ejecutado executado "
    "realizado realizada realizadas",
    "devengado": "devengado devengados ejercido ejercidos liquidado liquidada liquidadas",
}
# words that change nothing about an amount: Expenditures YTD, Total Disbursements
FILLERS = (
    "amount amounts monto montos importe valor ytd year-to-date to-date total totales "
    "incurred received de do da del acumulado acumulada acumulados cumulative accumulated annual "
    "anual 금년도 금년 당해연도 당해년도"
)

# words beside a known one that make it another amount, or a part of it
QUALIFIERS = (
    "change changes changed transfer transfers transferred variance difference increase decrease "
    "adjustment adjustments amendment amendments supplementary supplemental additional prior "
    "previous last next proposed requested request recommended forecast forecasts projected "
    "projection estimate estimated estimates plan planned plans vs versus per less plus minus "
    "over under above below remaining balance available unspent open outstanding unpaid reserve "
    "reserves not non without excluding excl net gross of and or by in for code id no number type "
    "category office centre center officer fte ftes positions staff headcount mtd qtd monthly "
    "month quarter quarterly week daily today january february march april may june july august "
    "september october november december ytd to-date year-to-date income carryover share ratio "
    "rate target goal date "
    "anterior previo variación diferencia modificaciones ampliaciones reducciones transferencias "
    "mensual mes trimestre pendiente por no sin fecha data em a variação redução bimestre změna "
    "rozdíl předchozí měsíc "
    "국비 시비 도비 군비 구비 지방비 자부담 보조금 이월 추경 증감 전년 전년도 당월 금월 변경 조정 "
    "추가 월 분기 제외 예상 계획 요구 잔여 미"
)


def _keys(words: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in words.split())


# words that say of all columns below them that they hold differences: Variance with › Final Budget
DIFFERENCES = _keys(
    "variance variances variation difference differences diferencia variación diferença variação "
    "odchylka rozdíl 증감 차이 증감액 차액"
)
# words that only say "an amount": the rest of the header path says which
GENERIC = _keys(
    "금액 액 amount amounts importe importes valor valores monto montos částka "
    "계 소계 합계 누계 total"
)
# words that only say "a rate"
RATE_WORDS = _keys("비율 율 률 비중 % 퍼센트 rate ratio percent percentage porcentaje pct")
# words over a column of currencies
CURRENCY_WORDS = _keys("currency currency_code curr 통화 통화코드 moneda moeda divisa měna")
# words beside the rows for what a 1 is worth; over a column some of them are who spends
UNIT_WORDS = _keys(
    "단위 금액단위 unit units unit_of_measure scale multiplier factor magnitude denomination "
    "unidad unidades unidad_de_medida unidad_monetaria escala unidade unidade_monetária "
    "unidade_de_medida jednotka jednotky měřítko"
)
# words over columns of parts of a year
PERIODS = _keys(
    "월 분기 집행월 회계월 exe_m month quarter period accounting_period mes trimestre periodo mês "
    "período měsíc čtvrtletí"
)
# words of the other side of the ledger
REVENUE_WORDS = _keys("세입 수입 수납 징수 revenue revenues ingresos receita receitas příjmy")
# columns that only tables of the other side have
REVENUE_COLUMNS = _keys(
    "수납액 징수결정액 징수액 미수납액 실제수납액 수입액 세입예산 세입예산액 세입예산현액 과오납 "
    "collected collections revenue_budget recaudado recaudación ingresos receita_prevista "
    "receita_realizada arrecadado příjmy"
)
# what a table's title says of its side of the ledger
REVENUE_TITLES = ("세입", "수입", "revenue", "ingresos", "receita", "příjmy")
SPENDING_TITLES = (
    "세출",
    "집행",
    "지출",
    "expenditure",
    "spending",
    "egresos",
    "gasto",
    "despesa",
    "výdaje",
)
TOTAL_WORDS = _keys(
    "계 소계 합계 총계 총합계 누계 중계 합 total totals subtotal sub-total grand_total sum "
    "total_general total_geral celkem součet suma totales"
)
GRAND_TOTAL_WORDS = _keys("총계 총합계 합계 grand_total total_general total_geral celkem")


_TO_DATE = _keys("ytd to-date year-to-date")


@cache
def loosely(core_words: tuple[str, ...], own: OwnWords = ()) -> str:
    """The known word that header words come to without fillers and nouns; "" where to none."""
    words = [word for word in core_words if word not in _filler_keys()]
    joined, rest = "".join(words), "".join(word for word in words if word not in _noun_keys())
    found = joined if joined in lookup(own) else ""
    if not found and rest != joined:
        found = _beside_nouns().get(rest, "")
    return "" if found and _is_part_year(core_words, lookup(own)[found]) else found


def _is_part_year(core_words: tuple[str, ...], fields: tuple[tuple[str, int], ...]) -> bool:
    """YTD Budget is what should have been spent by now, and no budget of the year."""
    planned = all(field in ("original", "budget") for field, _ in fields)
    return planned and not _TO_DATE.isdisjoint(core_words)


@cache
def partly(core_words: tuple[str, ...]) -> str:
    """The known word that opens or closes header words, if no other one does; "" where none.

    Resource DEL Budget is a budget of some kind; a budget change, or budget vs actual, is not.
    """
    if any(word in _no_part_keys() or not word.isalpha() for word in core_words):
        return ""
    for length in range(len(core_words) - 1, 0, -1):
        runs = (core_words[:length], core_words[-length:])
        found = {word for run in runs if (word := "".join(run) if "".join(run) in lookup() else "")}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


@cache
def _no_part_keys() -> frozenset[str]:
    return _keys(QUALIFIERS) | REVENUE_WORDS | REVENUE_COLUMNS | RATE_WORDS | PERIODS


@cache
def _filler_keys() -> frozenset[str]:
    return _keys(FILLERS)


@cache
def _noun_keys() -> frozenset[str]:
    return _keys(NOUNS)


@cache
def _beside_nouns() -> dict[str, str]:
    return {
        word_key(word): word_key(known)
        for known, words in BESIDE_NOUNS.items()
        for word in words.split()
    }


@cache
def lookup(own: OwnWords = ()) -> dict[str, tuple[tuple[str, int], ...]]:
    """From a header's key to the fields it may mean, each with its tier (0 is our surest).

    A word of the user's own means what the user says, and that alone.
    """
    if own:
        meant = {word_key(word.replace("›", "")): field for word, field in own}
        return lookup() | {word: ((field, OWN_TIER),) for word, field in meant.items()}
    found: dict[str, list[tuple[str, int]]] = {}
    for field, tiers in SYNONYMS.items():
        for tier, words in enumerate(tiers):
            for word in words.split():
                found.setdefault(word_key(word), []).append((field, tier))
        term = FIELDS[field]
        for word in (term.key, term.korean, term.english):
            entry = found.setdefault(word_key(word), [])
            if all(known != field for known, _ in entry):
                entry.append((field, 0))
    return {word: tuple(fields) for word, fields in found.items()}
