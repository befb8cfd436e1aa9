"""Measurements, over made-up people. `python -m benchmarks` runs all of them; each prints numbers, and judges none."""
