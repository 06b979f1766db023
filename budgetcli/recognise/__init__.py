"""Raw tables to budget tables, in small pure steps that each leave evidence.

No step knows a file format, and none knows a particular file. `table`
strings the steps together; each other module owns one of them.
"""
