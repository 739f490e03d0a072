"""A progress row points at the plan row it reports on, whichever document came first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths
from tests.support.hash_embedder import HashEmbedder

PLAN = """Municipio de Villa Serena
PLAN DE DESARROLLO 2024 - 2027
Metas de producto

Código\tPrograma\tIndicador de producto\tLínea base\tMeta del cuatrienio
IP-7\tAgua para todos\tHogares conectados al acueducto\t120\t300
IP-8\tAgua para todos\tPozos perforados\t2\t5
"""
REPORT = """Municipio de Villa Serena
Informe de seguimiento al plan de desarrollo 2024 - 2027

Código\tIndicador de producto\tMeta 2025\tAvance 2025
IP-7\tHogares conectados al acueducto\t80\t64
IP-99\tParques sembrados\t3\t1
"""


def _write(folder: Path, names: Sequence[str]) -> list[Path]:
    texts = {"plan.txt": PLAN, "informe.txt": REPORT}
    for name in names:
        (folder / name).write_text(texts[name], encoding="utf-8")
    return [folder / name for name in names]


def test_rows_of_plan_and_report_are_linked_by_code(tmp_path: Path) -> None:
    with KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder()) as knowledge:
        for path in _write(tmp_path, ["informe.txt", "plan.txt"]):
            ingest_paths([path], knowledge)
        _, rows = knowledge.rows()
        by_indicator = {(row.kind, row.indicator): row for row in rows}
        progress = by_indicator["progress", "Hogares conectados al acueducto"]
        plan = by_indicator["product", "Hogares conectados al acueducto"]
        assert [link.row_id for link in progress.links] == [plan.row_id]
        assert [link.row_id for link in knowledge.row(plan.row_id).links] == [progress.row_id]
        assert by_indicator["product", "Pozos perforados"].links == ()
        unknown = by_indicator["progress", "Parques sembrados"]
        assert unknown.links == ()
        assert [notice.code for notice in unknown.warnings] == ["code-not-in-plan"]
