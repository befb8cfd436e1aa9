"""The program guide: pages about each kind of care, the facts behind them, and the offers of this center."""
