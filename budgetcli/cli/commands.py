"""Every command by name, in the order a meeting asks, with the sentence its help starts with.

Kept apart from the commands, so that listing them imports none.
"""

from __future__ import annotations

from budgetcli.i18n import Sentence, say

COMMANDS: dict[str, Sentence] = {
    "summary": say(
        "Where every division stands: budget, committed, spent, rates, unspent, "
        "against the target, and the total."
    ),
    "lagging": say(
        "Who is strictly below N per cent (or below the target), the worst first, "
        "and how much must still be spent to reach it."
    ),
    "show": say(
        "Everything about one division: every measure, its ranks, what is still to be spent, "
        "and its programmes where the source has them. A part of the name will do."
    ),
    "compare": say(
        "What changed between two tables, OLD and NEW: budget, commitments and payments as a "
        "bridge, rates in points, who appeared, who went. One SOURCE with several dates is "
        "compared with itself: its first date with its last, or --from with --to."
    ),
    "trend": say(
        "How rates moved from date to date, with a line of their shape, the pace, and the slope in "
        "points a month. Dates that look like copies or lack rows are said and left out of slopes."
    ),
    "forecast": say(
        "The year's end by named scenarios: what will be unspent, as a range, what of it can be "
        "carried over, who reaches the target when, and who is at risk, by money."
    ),
    "check": say(
        "Recompute every total, rate and balance (검산); exits with 1 when one of them "
        "is wrong beyond rounding."
    ),
    "chart": say(
        "A picture to hand on, png, svg or pdf: who is behind, the pace, the trend, the bridge "
        "between two tables, the forecast, what is unspent."
    ),
    "pefa": say(
        "How far outturn kept to the original budget over three years: PEFA PI-1.1, PI-2.1, "
        "PI-2.2 and PI-2.3, with the intermediate table and what was left out."
    ),
    "programmes": say(
        "Every programme that a report tells of: its division, budget, breakdown, targets and "
        "results, and how much of each division's budget they are."
    ),
    "report": say(
        "A document to hand on, as one HTML page or a workbook: headline figures, who is behind, "
        "every division, the year's end, what does not add up, and how each number was made."
    ),
    "tables": say(
        "Which tables are in a document: title, place, size, unit, date, and which column is "
        "read as what."
    ),
    "convert": say("The clean table: CSV, XLSX, Parquet or JSON of what the file holds."),
    "config": say(
        "Every setting with its value and where it comes from: budgetcli.toml in the project or "
        "the user's folder, the environment, or the default."
    ),
    "completion": say(
        "The script that makes a shell complete commands, flags and the names in your source: "
        "bash, zsh, fish or powershell."
    ),
}
