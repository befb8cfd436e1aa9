"""Finished pages put before checkers that are not ours: the HTML checkers and Lighthouse."""
