"""Questions asked of budget tables, one a file: tables in, a Report out. Knows no format."""
