"""Fuzzing: every reader and the recognition fed with what nobody would write."""
