"""Benchmarks (`make bench`): rates as ratios to a yardstick measured in the same run, because machines are noisy."""
