"""budgetcli: from a budget report to who is behind, by how much, and what will be left."""
