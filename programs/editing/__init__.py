"""The room where the guide is written: boxes, checks, comparison, preview, the steps of a page's life, the board."""
