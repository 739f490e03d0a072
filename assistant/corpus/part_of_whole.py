"""How documents print a part and its whole in one text."""

from __future__ import annotations

import re

#: "55 (de un total de 80)".
PART_OF = re.compile(r"(\d[\d.,]*\d|\d)(?: [^\d()]{1,40})? ?\(?de (?:un|el) total de (\d[\d.,]*\d|\d)")
