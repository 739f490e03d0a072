"""LlamaIndex's default pipeline, run by the Python of its own environment (``make bench-deps``).

A job as JSON on stdin, what was found on the last line of stdout, as :mod:`eval.bench.pipelines` says. All of it is
LlamaIndex's default (its directory reader, its splitter of 1,024 tokens, its vector index) but the store, which is
Chroma, and the embedder, which all pipelines share. Nothing of ours is imported here.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib import import_module
from typing import Any

_WARM = "La meta del cuatrienio."


def run(job: dict[str, Any]) -> dict[str, Any]:
    """The results of every question, with the times of taking in and asking."""
    core, chromadb = import_module("llama_index.core"), import_module("chromadb")
    embedding = import_module("llama_index.embeddings.huggingface").HuggingFaceEmbedding(model_name=job["model"])
    embedding.get_text_embedding(_WARM)
    store_class = import_module("llama_index.vector_stores.chroma").ChromaVectorStore
    begun = time.perf_counter()
    documents = core.SimpleDirectoryReader(input_files=job["files"]).load_data()
    collection = chromadb.PersistentClient(path=job["folder"]).get_or_create_collection("bench")
    storage = core.StorageContext.from_defaults(vector_store=store_class(chroma_collection=collection))
    index = core.VectorStoreIndex.from_documents(documents, storage_context=storage, embed_model=embedding)
    taken = time.perf_counter() - begun
    retriever = index.as_retriever(similarity_top_k=job["depth"])
    retriever.retrieve(_WARM)
    times, results = [], []
    for question in job["questions"]:
        begun = time.perf_counter()
        found = retriever.retrieve(question)
        times.append((time.perf_counter() - begun) * 1000)
        results.append([{"text": one.text, "metadata": {"source": one.metadata["file_name"]}} for one in found])
    return {"ingest_s": taken, "query_ms": times, "results": results}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps(run(json.load(sys.stdin))))
