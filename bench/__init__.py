"""Measures how fast the product is, each figure beside a baseline of the same machine and the same run."""
