"""What a question asks, by a language model: a form that it fills in, checked against the question and the catalogue.

``question ──prompt──▶ model ──form──▶ checked ──▶ query``, or else the query that was read without a model
"""

from __future__ import annotations

from assistant.understanding.checked import Checker
from assistant.understanding.reader import Asked, ModelReader, load_model_reader
from assistant.understanding.second import Reading, Way, second_reading

__all__ = ["Asked", "Checker", "ModelReader", "Reading", "Way", "load_model_reader", "second_reading"]
