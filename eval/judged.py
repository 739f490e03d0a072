"""Opinions of a chat model about answers, by ragas: optional, cached, and never deciding a verdict.

ragas has pins of its own that clash with ours, so it lives in an environment of its own (``make judge-deps``) and runs
there as ``judge_worker.py``: cases go in as JSON lines, opinions come out as JSON lines. An opinion is kept under the
hash of all that it is about, so that an unchanged answer is never judged twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.record import CaseRun, Run
from ingest.errors import InputError, SettingsError

if TYPE_CHECKING:
    from assistant.settings import Settings

WORKER = Path(__file__).with_name("judge_worker.py")
#: Where the environment of its own is, unless this variable says another.
VARIABLE = "CABILDO_JUDGE_PYTHON"
DEFAULT_PYTHON = Path(__file__).resolve().parents[1] / ".venv-judge/bin/python"
_SECONDS_EACH = 120


def judge_run(run: Run, settings: Settings, cache: Path) -> Run:
    """The run with a model's opinions on its answers; verdicts stay as they are.

    Raises:
        SettingsError: without a chat model, or without the judges' environment.
        InputError: when the judges fail.
    """
    if settings.chat_model is None:
        raise SettingsError("No hay ningún modelo que opine.", hint="Ponga CABILDO_CHAT_MODEL, o quite --judge.")
    keys = {case.id: _key(case, settings.chat_model) for case in run.cases if case.answer is not None}
    known = {case_id: found for case_id, key in keys.items() if (found := _cached(cache, key)) is not None}
    asked = [case for case in run.cases if case.id in keys and case.id not in known]
    for case_id, opinions in _judge(asked, settings).items():
        known[case_id] = opinions
        _keep(cache, keys[case_id], opinions)
    cases = tuple(case.model_copy(update={"judged": known.get(case.id, {})}) for case in run.cases)
    return run.model_copy(update={"cases": cases})


def sample(case: CaseRun) -> dict[str, Any]:
    """What the judges get of a question: never the document, only the answer and what it cites."""
    answer = case.answer
    assert answer is not None
    contexts = [" | ".join(filter(None, [c.indicator, c.metric, c.quote])) for c in answer.citations]
    return {
        "id": case.id,
        "question": " ".join([*case.history, case.question]),
        "answer": answer.answer,
        "contexts": contexts or ["(sin citas)"],
    }


def _key(case: CaseRun, model: str) -> str:
    about = {**sample(case), "id": "", "model": model, "worker": hashlib.sha256(WORKER.read_bytes()).hexdigest()}
    return hashlib.sha256(json.dumps(about, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _cached(cache: Path, key: str) -> dict[str, float] | None:
    try:
        found = json.loads((cache / f"{key}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return _opinions(found)


def _keep(cache: Path, key: str, opinions: Mapping[str, float]) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    (cache / f"{key}.json").write_text(json.dumps(dict(opinions)), "utf-8")


def _judge(cases: Sequence[CaseRun], settings: Settings) -> dict[str, dict[str, float]]:
    """The opinions on each case, by its id; those that a judge could not form are left out."""
    if not cases:
        return {}
    python = Path(os.environ.get(VARIABLE) or DEFAULT_PYTHON)
    if not python.is_file():
        raise SettingsError(
            "Falta el entorno de ragas, que va aparte.", hint=f"Hágalo con `make judge-deps`, o ponga {VARIABLE}."
        )
    try:
        ran = subprocess.run(
            [str(python), "-P", str(WORKER)],  # its folder has names of the standard library
            input="\n".join(json.dumps(sample(case), ensure_ascii=False) for case in cases),
            env=_environment(settings),
            capture_output=True,
            text=True,
            timeout=_SECONDS_EACH * len(cases),
            check=True,
        )
        told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
        return {one["id"]: _opinions(one["opinions"]) for one in told}
    except (subprocess.SubprocessError, OSError, ValueError, KeyError, TypeError) as error:
        # what the judges print may quote an answer, so only the kind of failure is told
        raise InputError(f"Los jueces no terminaron ({type(error).__name__}).", hint="Quite --judge.") from None


def _environment(settings: Settings) -> dict[str, str]:
    """What the judges need: the model and its key, and the quiet of the house."""
    given = {"CABILDO_CHAT_MODEL": settings.chat_model or ""}
    if settings.chat_base_url is not None:
        given["CABILDO_CHAT_BASE_URL"] = str(settings.chat_base_url)
    if settings.chat_api_key is not None:
        given["CABILDO_CHAT_API_KEY"] = settings.chat_api_key.get_secret_value()
    quiet = {"RAGAS_DO_NOT_TRACK": "true", "DO_NOT_TRACK": "1", "PYTHONWARNINGS": "ignore"}
    return {**{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}, **given, **quiet}


def _opinions(found: Any) -> dict[str, float]:
    if not isinstance(found, dict):
        return {}
    return {str(name): float(value) for name, value in found.items() if isinstance(value, int | float)}
