"""Measurements. Each prints ratios against a named peer, taken in the same run: those travel, seconds do not."""
