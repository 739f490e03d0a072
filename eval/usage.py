"""Tokens that a chat model used for one question, as its provider reports them, and what they cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from eval.record import Usage
from eval.wording import wording

_MILLION = 1_000_000


@contextmanager
def counting_usage(chat_model: str | None) -> Iterator[Callable[[], Usage | None]]:
    """While it is open, what this thread's question uses is counted; the function gives it, None without a model.

    None too when the provider reports no tokens.
    """
    if chat_model is None:
        yield lambda: None
        return
    from langchain_core.callbacks import get_usage_metadata_callback

    with get_usage_metadata_callback() as counted:

        def total() -> Usage | None:
            used = list(counted.usage_metadata.values())
            if not used:
                return None
            sent, got = sum(one["input_tokens"] for one in used), sum(one["output_tokens"] for one in used)
            price = wording().prices.get(chat_model)
            cost = None if price is None else (sent * price.input + got * price.output) / _MILLION
            return Usage(input_tokens=sent, output_tokens=got, cost=cost)

        yield total
