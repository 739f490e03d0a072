"""The judges, run by the Python of their own environment (``make judge-deps``); see :mod:`eval.judged`.

Samples come in as JSON lines, opinions go out as such: ragas' faithfulness (whether what is said follows from what
is cited), by the model and the server of the environment. A sample that a judge cannot form an opinion on is left out.
Nothing of ours is imported here.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from importlib import import_module
from typing import Any


async def judge(samples: list[dict[str, Any]]) -> None:
    """Print one line for each sample that could be judged."""
    client = import_module("openai").AsyncOpenAI(
        api_key=os.environ.get("CABILDO_CHAT_API_KEY") or "none",
        base_url=os.environ.get("CABILDO_CHAT_BASE_URL") or None,
    )
    name = os.environ["CABILDO_CHAT_MODEL"].partition(":")[2] or os.environ["CABILDO_CHAT_MODEL"]
    llm = import_module("ragas.llms").llm_factory(name, client=client)
    faithfulness = import_module("ragas.metrics.collections").Faithfulness(llm=llm)
    for sample in samples:
        try:
            found = await faithfulness.ascore(
                user_input=sample["question"], response=sample["answer"], retrieved_contexts=sample["contexts"]
            )
            opinions = {"faithfulness": float(found.value)}
        except Exception:  # whatever a provider's library raises leaves this one sample without an opinion
            continue
        if opinions["faithfulness"] == opinions["faithfulness"]:  # NaN: nothing was stated that could be judged
            print(json.dumps({"id": sample["id"], "opinions": opinions}), flush=True)


if __name__ == "__main__":
    asyncio.run(judge([json.loads(line) for line in sys.stdin if line.strip()]))
