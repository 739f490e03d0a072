"""The judges, run by the Python of their own environment (``make judge-deps``); see :mod:`eval.judged`."""
