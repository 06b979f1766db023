"""Scripts for those who work on budgetcli; not shipped."""
