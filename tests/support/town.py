"""Villa Serena and Puerto Lindo: two invented municipalities, with their plans, a report on slides and a letter.

``found_town`` reads them through the real pipeline, with the embedder that needs no model. Programmes, offices, people
and figures are all made up; what a test expects of an answer can be read here, never in what an answer once said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from assistant.corpus.corpus import Corpus, Item, build_corpus
from assistant.evidence.retrieve import Scored, Searches, retrieve
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from assistant.question.question import Understanding
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import default_stages, ingest_paths
from ingest.records import Document, DocumentInfo, Figure, IndicatorRow, Passage, Place
from ingest.searchtext import Hit
from ingest.snapshot import Snapshot
from ingest.words import stems
from tests.support.hash_embedder import HashEmbedder

#: The citizen of the letter: what Cabildo must never say.
CITIZEN = ("Rosalba", "Quiñones", "rosalba.quinones@correo.example", "3117654321", "41987321")

# A row of a table is one line, however long.
PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    VILLA SERENA FLORECE

    El municipio de Villa Serena tiene 48.300 habitantes en catorce veredas. El Comité Local de Agua y Saneamiento
    (CLAS) acompaña las obras de las veredas.

    Dependencia: Secretaría de Planeación y Obras
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Agua y Saneamiento

    Metas de Resultado:

    Indicador→Línea base→Meta→ODS
    Tasa de deserción escolar→8,4 % Fuente: Ministerio de Educación, 2023→Reducir la tasa a 5,2 %→4. Educación
    Accidentes en vías rurales→64 accidentes Fuente: Inspección de Tránsito, diciembre de 2023→Reducirlos a 40→11. Ciudades
    Cobertura de acueducto rural→61 % Fuente: Empresa de Aguas, 2023→Llegar a 78 % de cobertura→6. Agua limpia

    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Agua y Saneamiento
    ORIENTADO A: Llevar agua potable a las veredas altas con la participación de las juntas.

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: GOTA A GOTA→Acueductos veredales construidos→3 acueductos Fuente: Empresa de Aguas, 2023→Construir nueve (9) acueductos veredales
    →Plantas de tratamiento de agua potable optimizadas→N.D.→Optimizar dos (2) plantas
    →Familias con filtros de agua entregados→0→1.250 familias

    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Caminos que Unen
    ORIENTADO A: Unir las veredas con la cabecera en todo tiempo.

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: HUELLAS RURALES→Kilómetros de vía terciaria mejorados→35,5 kilómetros Fuente: Oficina de Obras, 2023→Mejorar 62 kilómetros
    →Puentes peatonales construidos→4 puentes Fuente: Inspección de Tránsito, 2022→Construir 7 puentes
    →Placa huella instalada en veredas→N.D.→Instalar doce (15) tramos

    Dependencia: Secretaría de Educación
    Línea Estratégica: Gente que Aprende y se Cuida
    Componente Impulsor de Avance: Aulas Vivas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: TIZA Y TABLERO→Aulas escolares dotadas→110 aulas Fuente: Secretaría de Educación, 2023→Dotar ciento sesenta (160) aulas
    →Docentes formados en lectura→N.D.→320 docentes
    →Restaurantes escolares adecuados→N.D.→Adecuar 18 restaurantes escolares

    Dependencia: Secretaría de Salud
    Línea Estratégica: Gente que Aprende y se Cuida
    Componente Impulsor de Avance: Bienestar Cercano
    ORIENTADO A: Acercar la salud a quienes viven lejos de la cabecera.

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: BATA BLANCA→Brigadas de salud rural realizadas→22 brigadas Fuente: Secretaría de Salud, 2023→Realizar 48 brigadas
    →Niños con esquema de vacunación completo→83 % Fuente: Secretaría de Salud, diciembre de 2023→95 %
    PROGRAMA: VILLA ACTIVA→Canchas deportivas recuperadas→11 canchas Fuente: Instituto de Deportes, 2023→Recuperar 26 canchas
    →Deportistas apoyados→0 Fuente: Instituto de Deportes, 2023→Apoyar 75 deportistas
"""  # noqa: E501

#: The transit office presents one row of the plan again, and one of its own.
TRANSIT = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Inspección de Tránsito
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Caminos que Unen

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: HUELLAS RURALES→Puentes peatonales construidos→4 puentes Fuente: Inspección de Tránsito, 2022→Construir 7 puentes
    →Semáforos inteligentes instalados→N.D.→Instalar 14 semáforos
"""  # noqa: E501

HARBOUR = """
    Alcaldía Municipal de
    Puerto Lindo

    PLAN DE DESARROLLO 2024 - 2027

    PUERTO LINDO NAVEGA

    Dependencia: Secretaría de Infraestructura
    Línea Estratégica: Puerto Conectado
    Componente Impulsor de Avance: Movilidad

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: RUTA AZUL→Kilómetros de vía terciaria mejorados→12 kilómetros Fuente: Alcaldía, 2023→Mejorar 31 kilómetros
    →Muelles pesqueros rehabilitados→2 muelles Fuente: Capitanía, 2023→Rehabilitar 5 muelles
"""

LETTER = f"""
    Alcaldía Municipal de Villa Serena
    Secretaría de Salud

    Radicado No. 20250000045678
    Fecha: 21 de marzo de 2025

    Señora
    {CITIZEN[0].upper()} {CITIZEN[1].upper()} MENDIETA
    C.C. {CITIZEN[4]}
    Calle 8 # 14-22
    {CITIZEN[2]}
    Celular {CITIZEN[3]}

    Asunto: Respuesta a derecho de petición sobre ambulancias

    Reciba un cordial saludo:

    En respuesta a su petición, le informamos que el municipio cuenta con tres (3) ambulancias en servicio. Durante 2024
    se trasladaron 1.870 pacientes desde las veredas.

    Atentamente,

    TULIO BARRAGÁN SOTO
    Secretario de Salud
"""

#: The slides of the report: its title, then the texts of its boxes from the top.
SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: GOTA A GOTA",
        "Indicador de producto: Acueductos veredales construidos",
        "Meta indicador de Producto 2025 40%\nMeta indicador de Producto cuatrienio 100%",
        "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n3 $900.000.000 $540.000.000 60%",
    ),
    (
        "Programa: BATA BLANCA",
        "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n5 $700.000.000 $650.000.000 92,9%",
    ),
    (
        "Pacientes atendidos",
        "1 oct al 31 dic 2024",
        "Puesto de salud: 2.410\nBrigada móvil: 1.130\nTeleconsulta: 460",
    ),
    (
        "Pacientes atendidos",
        "1 ene al 31 mar 2025",
        "Puesto de salud: 2.655\nBrigada móvil: 1.390\nTeleconsulta: 520",
    ),
)


def write_text(path: Path, text: str) -> Path:
    """A text file as documents are: arrows are tabs, the indentation of this module is not in it."""
    path.write_text(dedent(text).replace("→", "\t"), encoding="utf-8")
    return path


def write_slides(path: Path, slides: Sequence[Sequence[str]] = SLIDES) -> Path:
    """A presentation: the first text of a slide is its title, the others are boxes below it."""
    import pptx
    from pptx.util import Inches

    presentation = pptx.Presentation()
    for title, *boxes in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
        for index, text in enumerate(boxes):
            box = slide.shapes.add_textbox(Inches(1), Inches(2 + 1.5 * index), Inches(8), Inches(1))
            box.text_frame.text = text
    presentation.save(str(path))
    return path


def write_documents(folder: Path) -> Path:
    """The five documents of the two towns, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"plan.txt": PLAN, "transito.txt": TRANSIT, "puerto.txt": HARBOUR, "respuesta.txt": LETTER}
    for name, text in texts.items():
        write_text(folder / name, text)
    write_slides(folder / "rendicion.pptx")
    return folder


@dataclass(frozen=True)
class Town:
    """A knowledge base with an assistant over it, and its rungs one by one."""

    knowledge: KnowledgeBase
    assistant: Assistant

    def ask(self, text: str, *, entity: str | None = None, period: str | None = None) -> Answer:
        return self.assistant.ask(Question(question=text, entity=entity, period=period))

    def talk(self, *texts: str) -> Answer:
        """The answer to the last of these, each asked after the other in one conversation."""
        return self.conversation(*texts)[-1]

    def conversation(self, *texts: str) -> list[Answer]:
        answers: list[Answer] = []
        for text in texts:
            conversation = answers[-1].conversation_id if answers else None
            answers.append(self.assistant.ask(Question(question=text, conversation_id=conversation)))
        return answers

    @cached_property
    def corpus(self) -> Corpus:
        return build_corpus(self.knowledge.snapshot())

    @cached_property
    def understanding(self) -> Understanding:
        return Understanding(load_lexicon(), self.corpus)

    def read(self, text: str, *, entity: str | None = None, period: str | None = None) -> Query:
        return self.understanding.read(text, entity=entity, period=period)

    @cached_property
    def searches(self) -> Searches:
        def vectors(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            return self.knowledge.search_vectors(self.knowledge.embedder.embed_query(text), entities, limit)

        def by_words(text: str, entities: Sequence[str] | None, limit: int) -> list[Hit]:
            return self.knowledge.search_words(text, entities, limit)

        return Searches(words=by_words, vectors=vectors)

    def evidence(self, text: str, *, entity: str | None = None) -> list[Scored]:
        return retrieve(self.read(text, entity=entity), self.corpus, self.searches)

    def item(self, indicator: str, entity: str | None = None) -> Item:
        """The row of an indicator, or of a metric."""
        return next(
            item
            for item in self.corpus.rows
            if item.row is not None
            and indicator in (item.row.indicator, item.row.metric)
            and entity in (None, item.entity)
        )


@contextmanager
def found_town(folder: Path, paths: Sequence[Path]) -> Iterator[Town]:
    """The town that these documents make, in this process and this folder."""
    with KnowledgeBase.open(StoreSettings(folder), HashEmbedder()) as knowledge:
        report = ingest_paths(paths, knowledge, stages=default_stages())
        assert not report.failed, report.failed
        assistant = Assistant(knowledge, Settings(data_dir=folder, chat_model=None))
        try:
            yield Town(knowledge, assistant)
        finally:
            assistant.close()


def snapshot_of(rows: Sequence[IndicatorRow], passages: Sequence[Passage] = (), *, revision: int = 1) -> Snapshot:
    """A snapshot of these rows and passages alone, each document of them named by the beginning of its id."""
    ids = dict.fromkeys([row.document_id for row in rows] + [passage.document_id for passage in passages])
    entities = {row.document_id: row.entity for row in rows}
    documents = tuple(
        Document(
            document_id=one,
            name=f"{one[:6]}.txt",
            info=DocumentInfo(entity=entities.get(one), period="2024-2027", kind="plan"),
        )
        for one in ids
    )
    return Snapshot(
        revision,
        documents,
        tuple(rows),
        tuple(passages),
        MappingProxyType({row.row_id: row for row in rows}),
        MappingProxyType({passage.passage_id: passage for passage in passages}),
    )


def corpus_of(*rows: IndicatorRow, passages: Sequence[Passage] = ()) -> Corpus:
    """The corpus of these rows and passages alone."""
    return build_corpus(snapshot_of(rows, passages))


def entry(line: int, metric: str, figure: str, context: str = "Usuarios por sede") -> IndicatorRow:
    """A labelled figure of a list in a report, on the slide that ``context`` is of."""
    document_id = "f" * 64
    return IndicatorRow(
        row_id=f"{document_id[:12]}.l{line}",
        document_id=document_id,
        kind="progress",
        entity="Villa Serena",
        metric=metric,
        figure=Figure(text=figure, value=Decimal(figure.replace(".", "").replace(",", "."))),
        context=(context,),
        place=Place(line=line),
        quote=f"{metric}: {figure}",
    )


def stem(word: str) -> str:
    """The one stem of a word."""
    (found,) = stems(word)
    return found
