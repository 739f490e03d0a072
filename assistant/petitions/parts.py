"""One ask into the questions in it, and each into a clean question: what the assistant is asked.

``ask ──sentences──▶ clauses ──sort──▶ AskPart…``. A clause is information, copies, an act, an opinion or news of the
petitioner's own case; only information is looked for in the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.petitions.asks import RawAsk, sentences_of
from assistant.petitions.records import AskPart, PartKind
from assistant.petitions.wording import petition_words
from ingest.fold import fold, fold_in_place, squeeze

#: Nouns by which an unaccented "que" asks ("que meta se fijo").
_ASKED_NOUN = (
    r"(?:metas?|montos?|obras?|programas?|acciones|medidas|presupuesto|dependencia|porcentaje|numero|número|plazo|inversi[oó]n|recursos?|proyectos?|estrategias?|indicador(?:es)?|valor|fecha|entidad|oficina|"
    r"linea base|línea base|cantidad|tipo|clase|barrios?|veredas?|beneficios?|requisitos?|avances?)"
)
#: What a question begins with, as people write it with and without accents.
_ASKING = rf"(?:(?:a|de|en|para|por|con|desde|hasta|sobre)\s)?(?:cu[aá]nt[oa]s?|cu[aá]l(?:es)?|qué|que\s{_ASKED_NOUN}|c[oó]mo\s(?:se|va|van|est[aá]n?|avanza|fue|fueron|ser[aá])|d[oó]nde|cuándo|qui[eé]n(?:es)?)\b"
_IF = r"si\s(?:se|est[aá]n?|hay|existen?|va|van|tienen?|ya|es|son|a\s|la|el|los|las|mi|nuestr[oa]|nos|me|dich[oa]s?|habr[aá]|esta|este|cuentan?|piensan?|contemplan?)"
_TELL = r"(?:se\s)?(?:(?:me|nos|le|les)\s)?(?:informen?|indiquen?|digan?|cuenten?|expliquen?|aclaren?|precisen?|certifiquen?|expidan?|entreguen?|remitan?|env[ií]en?|instalen?|arreglen?|reparen?|construyan?|incluyan?|actualicen|ordenen?)"
#: Where one question of a sentence ends and the next begins.
_CUT = re.compile(
    rf"(?:\s?[,;:]\s+(?:y\s|e\s|o\s|as[ií]\scomo\s|adem[aá]s\s(?:de\s)?|tambi[eé]n\s)?|\s(?:y|e|as[ií]\scomo)\s(?:tambi[eé]n\s|adem[aá]s\s)?)"
    rf"(?=(?:que\s)?{_TELL}\b|{_ASKING}|{_IF}|(?:d[ií]ga|cu[eé]nte|inf[oó]rme|ind[ií]que|expl[ií]que)(?:me|nos|n)?\b|[¿])"
    r"|\s?[;]\s+|\s(?=¿)",
    re.IGNORECASE,
)
#: A list of matters ("la dirección y el horario") is one question.
_LEAD = re.compile(
    r"^(?:(?:y|e|o|tambien|ademas|asi mismo|asimismo|igualmente|finalmente|por ultimo|por otra parte|de igual forma|de igual manera|en ese sentido|por lo tanto|por eso|en consecuencia|por lo anterior|"
    r"doctor|doctora|senor(?:es|a)?(?: alcalde(?:sa)?| secretari[oa])?|muy|respetuosamente|con todo respeto|de manera (?:respetuosa|atenta|cordial)|de forma (?:respetuosa|atenta|clara)|comedidamente|cordialmente|atentamente|amablemente)[,\s]+)+"
)
_REQUEST_LEAD = re.compile(
    r"^(?:yo |nosotros )?(?:(?:me |nos )?(?:permito|permitimos) |vengo a |venimos a |(?:quiero|queremos|quisiera|quisieramos|deseo|deseamos|necesito|necesitamos|requiero|requerimos|exijo|exigimos|me gustaria|nos gustaria|me interesa|nos interesa) "
    r"|(?:le|les|se) (?=solicit|pid|ped|rueg|agrade|exij))*"
    r"(?:(?:solicit(?:o|amos|ar|arle|arles)|pid(?:o|e)|pedimos|pedir(?:le|les)?|ruego|rogamos|agradezco|agradecemos|agradeceria(?:mos)?|sirvase|sirvanse|favor|por favor|exijo|preguntar(?:le|les)?|pregunto|preguntamos)[,\s]+"
    r"(?:(?:por favor|a usted(?:es)?|a su despacho|a (?:la|esa) (?:alcaldia|secretaria|entidad|administracion)|a quien corresponda|respetuosamente|comedidamente|muy|de manera \w+|con todo respeto|de la manera mas atenta|de forma \w+)[,\s]+){0,3})?"
)
_TELL_LEAD = re.compile(
    r"^(?:de |que |a |se |que se |me |nos |le |les |que me |que nos |se me |se nos |que se me |que se nos |y |tener |obtener |recibir |la |su ){0,4}"
    r"(?:inform\w*|indi(?:c|qu)\w*|dig\w*|decir\w*|cuent\w*|contar\w*|contest\w*|expli(?:c|qu)\w*|respond\w*|aclar\w*|precis\w*|senal\w*|manifiest\w*|manifestar\w*|confirm\w*|detall\w*|relacion(?:ar|e|en)\w*|especifi\w*|"
    r"dar(?:me|nos)? a conocer|den a conocer|de a conocer|saber|conocer|comuni(?:c|qu)\w*|report(?:ar|e|en)\w*|mencion\w*|describ\w*|enumer\w*|establ\w*|determin\w*|discrimin\w*|identifi\w*|certifi\w*|averigu\w*|consultar)"
    r"(?:(?:me|nos|le|se)\b)?[,:\s]*"
    r"(?:(?:a la comunidad|a los vecinos|a nosotros|a mi|por escrito|por favor|de manera (?:clara|detallada|precisa|completa|discriminada)|claramente|detalladamente|con precision|con claridad|cual es la informacion|lo siguiente|si es posible|al respecto|a este despacho)[,:\s]+){0,3}"
)
_INFORMATION_LEAD = re.compile(
    r"^(?:(?:que )?(?:se )?(?:me |nos )?(?:suministr\w+|brind\w+|entreg\w+|facilit\w+|d[ei]n?|envi\w+|proporcion\w+|comparta\w*) )?(?:la |una |toda la |alguna )?(?:informacion|datos|cifras|reporte|detalle)s? (?:\w+ )?(?:sobre|acerca de|respecto (?:a|de|al|del)|relacionad[ao]s? con|de|del|en cuanto a|relativ[ao]s? a) "
)
_ABOUT_LEAD = re.compile(r"^(?:sobre|acerca de|respecto (?:a|de|al|del)|en cuanto a|relacionado con) ")
_INTERROGATIVE = re.compile(
    rf"^¿|^(?:(?:a|de|en|para|por|con|desde|hasta|sobre)\s)?(?:cu[aá]nt[oa]s?|cu[aá]l(?:es)?|qué|que\s{_ASKED_NOUN}|c[oó]mo|d[oó]nde|cu[aá]ndo|qui[eé]n(?:es)?)\b|^si\b",
    re.IGNORECASE,
)
#: Reasons and stories that follow what is asked.
_REASON = re.compile(
    r",?\s(?:porque|ya que|toda vez que|dado que|debido a|puesto que|con el fin de|a fin de)\b.*$|,\s(?:pues|que yo|para lo cual|lo cual|que necesito|que requiero|esto es para)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(
    r"\b(?:dij\w+|vimos|vi|sabemos|se|dicen|dice|oi|oimos|entiendo|entendemos|escuch\w+|prometi\w+|manifiestan|consta) $"
)
_VERB_END = re.compile(
    r"^(?:me|nos|le|les|se|lo|la|los|las)?\s?\w+(?:ar|er|ir|arme|arnos|arle|arles|irme|irnos|irle|irles|arse|irse|erse|ando)$"
)
_CLITIC_ACT = re.compile(r"^(?:que |y que |a que )(?:no )?(?:(?:se|me|nos|le|les|lo|la|los|las) ){0,2}(?P<verb>\w+)")
_NOMINAL_ACT = re.compile(
    r"^(?:la|el|una|un|las|los|mi|nuestra|su|que|se|de|inmediata|urgente|\s){0,4}\s?(?:instalacion|reparacion|construccion|pavimentacion|adecuacion|inclusion|inscripcion|vinculacion|actualizacion|poda|arreglo|mantenimiento|limpieza|"
    r"recoleccion|reubicacion|demolicion|ampliacion|senalizacion|iluminacion|intervencion|visita|inspeccion|control|asignacion|entrega|pago|devolucion|exoneracion|rebaja|reconocimiento|nombramiento|retiro|cierre|apertura|presencia|"
    r"patrullaje|cambio|reposicion|suspension|revocatoria|correccion|rectificacion|afiliacion|ayuda|apoyo|subsidio|cupo|solucion|gestion|traslado|restitucion|recuperacion|realizacion|ejecucion inmediata)\b"
)
_INFINITIVE = re.compile(r"^(?:(?:a|de) )?(?P<verb>\w{2,}(?:ar|er|ir))(?:me|nos|le|les|se|lo|la|los|las)?\b")
_CLITIC_TELLING = re.compile(r"^(?P<verb>\w+?)(?:me|nos|le|les|se)?$")
_BACK = re.compile(
    r"\b(?:es[aeo]s?|est[aeo]s|dich[oa]s?|mism[oa]s?|ell[oa]s?|aquell[oa]s?|tales|al respecto|lo anterior|su|sus|alli|ahi|esto|eso|\w{4,}(?:ar|er|ir)l[oa]s?)\b"
)
#: Indicative verbs after "que": something told, nothing asked for.
_INDICATIVE = frozenset(
    (
        "hay",
        "va",
        "van",
        "es",
        "son",
        "esta",
        "estan",
        "ha",
        "han",
        "tiene",
        "tienen",
        "puede",
        "pueden",
        "era",
        "eran",
        "fue",
        "fueron",
        "necesito",
        "necesitamos",
        "viven",
        "vive",
        "quieren",
        "existe",
        "existen",
    )
)
_STATEMENT = re.compile(
    r"^(?:vimos|hemos|he|nos dijeron|me dijeron|nos han|me han|sabemos|se que|esto|eso|es que|pues|ya que|porque|todo|resulta|hace|desde hace|en el \d|la situacion|lo anterior|aqui|alla|yo se)\b"
)
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_EDGES = " \t,;:.-–—"
_LONGEST_QUESTION = 600


def parts_of(ask: RawAsk, mask: re.Pattern[str] | None = None) -> tuple[AskPart, ...]:
    """The questions of an ask whose text is masked already, in its order; at least one."""
    clauses = [clause for sentence in sentences_of(ask.text) for clause in _clauses(sentence)]
    kinds = [(clause, part_kind(clause)) for clause in clauses]
    telling = [(clause, kind) for clause, kind in kinds if kind is not None]
    if not telling:
        telling = [(ask.text, "question")]
    parts = [AskPart(text=clause.strip(_EDGES), question=clean_question(clause), kind=kind) for clause, kind in telling]
    return tuple(_joined(parts))


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence cut before each question; a piece too short to be one goes with what follows it.

    What stands before a colon only says what the questions after it are about.
    """
    text = _calm(sentence)
    cuts = [(match.start(), match.end(), match[0]) for match in _CUT.finditer(text)]
    start = 0
    for cut, after, separator in (*cuts, (len(text), len(text), "")):
        piece = text[start:cut]
        if separator and (
            _is_unfinished(piece) or (":" in separator and part_kind(piece) in ("question", "opinion", None))
        ):
            if ":" in separator and not _is_unfinished(piece):
                start = after
            continue
        if piece.strip(_EDGES):
            yield piece.strip()
        start = after


def _is_unfinished(clause: str) -> bool:
    """Whether a piece is only the beginning of a question: "díganos", "que nos cuenten a la comunidad", "cuántas alarmas"."""
    rest = _without_leads(clause).strip(_EDGES + "¿? ")
    return not rest or (len(rest.split()) <= 2 and _INTERROGATIVE.match(rest) is not None and "?" not in clause)


def part_kind(clause: str) -> PartKind | None:
    """What a clause wants; None when it tells something and wants nothing."""
    words = petition_words().reading
    folded = fold(clause).strip("¿? .,;:")
    raw = _without_leads(clause).strip("¿? .,;:")
    rest = fold(raw)
    if not rest:
        return None
    is_interrogative = _INTERROGATIVE.match(raw) is not None
    measured = words.measured.search(folded) is not None
    if words.opinion.search(folded) is not None and not (
        measured and "criterio" not in folded and "concept" not in folded
    ):
        return "opinion"
    if words.own_case.search(rest) is not None and not _is_act(clause, raw):
        return "own_case"
    if _wants_documents(folded, rest, is_interrogative):
        return "document"
    if is_interrogative or "?" in clause or "¿" in clause:
        return "question"
    if _is_act(clause, raw):
        return "action"
    if _STATEMENT.match(folded):
        return None
    return "question" if rest != folded or _asks_to_tell(folded) else _of_bare(rest)


def _of_bare(rest: str) -> PartKind | None:
    """A clause without any verb of asking: a matter named ("presupuesto del programa X"), or a statement."""
    return (
        "question"
        if len(rest.split()) >= 3
        and not re.search(r"\b(?:es|son|esta|estan|ha|han|hay|tiene|tienen|fue|dice|dicen|se)\b", rest)
        else None
    )


def _wants_documents(folded: str, rest: str, is_interrogative: bool) -> bool:
    words = petition_words().reading
    if is_interrogative:
        return False
    head = " ".join(rest.split()[:7])
    gives = re.search(
        r"\b(?:exp[ie]d\w*|entreg\w*|remit\w*|envi\w*|adjunt\w*|alleg\w*|facilit\w*|suministr\w*|anex\w*|aport\w*|proporcion\w*|certifi\w*|solicit\w*|copia|copias|compart\w*|den|dar(?:me|nos)?|mand\w*|quiero|necesito|permit\w* (?:acceso|consultar))\b",
        folded,
    )
    return gives is not None and words.document.search(head) is not None


def _is_act(clause: str, raw: str) -> bool:
    """Whether a clause wants something done: "que nos instalen …", "reparar …", "la pavimentación de …"."""
    words = petition_words().reading
    rest = fold(raw)
    if _INTERROGATIVE.match(raw) is not None:
        return False
    verb = _CLITIC_ACT.match(rest) or _INFINITIVE.match(rest)
    if verb is not None:
        said = verb["verb"]
        told = said in _INDICATIVE or said.startswith(tuple(fold(one) for one in words.telling)) or _is_noun(said)
        return not told and (verb.re is _INFINITIVE or said.endswith(("e", "en", "a", "an", "emos", "amos")))
    if _NOMINAL_ACT.match(rest):
        return True
    return (
        re.match(
            r"(?:se )?(?:orden|instal|repar|arregl|constru|constr|paviment|inclu|program|gestion|dispon|realic|adelant)(?:e|en|a|an|ice|icen|uyan|uyen)\b",
            rest,
        )
        is not None
    )


def _is_noun(word: str) -> bool:
    return word in (
        "lugar",
        "poder",
        "hogar",
        "deber",
        "taller",
        "mujer",
        "alquiler",
        "celular",
        "particular",
        "familiar",
        "escolar",
        "titular",
        "mar",
        "militar",
        "nivel",
    )


def _asks_to_tell(folded: str) -> bool:
    return _TELL_LEAD.match(folded) is not None and bool(_TELL_LEAD.match(folded)[0].strip())  # type: ignore[index]


def clean_question(clause: str) -> str:
    """A clause as a question of its own: no greeting, no "solicito se me informe", no reasons, one pair of marks."""
    text = _REASON.sub("", squeeze(_without_leads(clause)).strip(_EDGES + '¿?!¡"')).strip(_EDGES + "¿?")
    folded = fold(text)
    if re.match(r"si\s", folded):
        text = text[3:].strip()
    elif _INTERROGATIVE.match(text) is None and re.match(r"(?:el|la|los|las)\s", folded):
        pair = r"^(?:el|la) [^,]{3,60} y (?:el|la|los|las) "
        is_plural = re.match(r"(?:los|las)\s", folded) is not None or re.search(pair, folded) is not None
        text = ("cuáles son " if is_plural else "cuál es ") + text
    text = text[:_LONGEST_QUESTION]
    return f"¿{text[:1].upper()}{text[1:]}?"


def _without_leads(clause: str) -> str:
    """The clause after what only asks for it ("Que nos cuenten", "Solicito se me informe sobre")."""
    text = squeeze(clause).strip(_EDGES)
    text = text.lstrip("¿ ")
    for pattern in (_LEAD, _REQUEST_LEAD, _LEAD, _TELL_LEAD, _INFORMATION_LEAD, _ABOUT_LEAD):
        match = pattern.match(fold_in_place(text))
        if match is not None and match.end():
            text = text[match.end() :].lstrip(" ,:¿")
    return text


def points_back(question: str) -> bool:
    """Whether a question needs what was said before it: "cuáles son esas normas", "qué meta se fijó para cumplirlas"."""
    folded = fold(question)
    return _BACK.search(folded) is not None or len(_CONTENT_WORD.findall(folded)) <= 2


def _joined(parts: Sequence[AskPart]) -> Iterator[AskPart]:
    """Without the second of two equal questions, and without a call for figures that belong to the one before it."""
    seen: set[str] = set()
    for part in parts:
        key = fold(part.question)
        is_call = re.fullmatch(
            r"¿?(?:cual(?:es)? (?:es|son) )?(?:las |los )?(?:respectiv\w+ )?(?:cifras|datos|numeros|valores)(?: exact\w+| respectiv\w+)?\??",
            key,
        )
        if key in seen or (is_call and seen):
            continue
        seen.add(key)
        yield part


def _calm(text: str) -> str:
    """Capitals throughout become small letters, as sentences are written."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 20 and sum(char.isupper() for char in letters) > 0.8 * len(letters):
        return text[:1] + text[1:].lower()
    return text
