"""Benchmarks: how fast documents come in, and how well rows are found, against the pipeline that tutorials teach."""
