"""What can be configured: environment variables with the prefix ``CABILDO_``, or a ``.env`` file in the current folder.

Read once, by :func:`read_settings`; whoever needs a setting is handed the frozen value. Nothing heavy is imported here.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from functools import cache
from pathlib import Path

from dotenv import dotenv_values
from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError

PREFIX = "CABILDO_"
#: The embedder whose weights travel in a package of their own, so that nothing is ever downloaded for it.
PACKAGED_EMBEDDER = "minilm"
DOTENV = Path(".env")


def user_data_dir(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where programs keep their data: XDG base directories, Application Support on macOS, LOCALAPPDATA on Windows."""
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "cabildo"


class Settings(BaseSettings):
    """Everything that is configured, checked when it is read.

    An empty variable counts as absent, as in ``CABILDO_CHAT_MODEL=``.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(default_factory=user_data_dir, description="carpeta de los datos")
    database_url: SecretStr | None = Field(
        None, description="base de datos de SQLAlchemy; sin ella, SQLite en la carpeta de los datos"
    )
    chroma_url: HttpUrl | None = Field(None, description="servidor de Chroma; sin él, los vectores van en la carpeta")
    embedder: str = Field(PACKAGED_EMBEDDER, min_length=1, description="'minilm' o un modelo de sentence-transformers")

    keep_originals: bool = Field(
        True, description="guardar los originales, para mostrar la página de cada fila; nunca los de las cartas"
    )

    default_entity: str | None = Field(None, description="entidad territorial de los documentos que no la dicen")
    default_period: str | None = Field(None, description="periodo de los documentos que no lo dicen")
    public_url: HttpUrl | None = Field(None, description="dirección con la que la ciudadanía ve el servidor")

    chat_model: str | None = Field(None, description="modelo de LangChain, p. ej. 'openai:gpt-4.1-mini'")
    chat_api_key: SecretStr | None = Field(None, description="clave del proveedor del modelo")
    chat_base_url: HttpUrl | None = Field(None, description="dirección del proveedor, si no es la suya de siempre")
    chat_timeout_seconds: float = Field(30, gt=0, le=600, description="espera máxima por la respuesta del modelo")

    extract_with_model: bool = Field(False, description="leer con el modelo las metas escritas en frases")
    understand_with_model: bool = Field(
        True, description="si el modelo, cuando hay uno, también entiende las preguntas"
    )
    understand_timeout_seconds: float = Field(
        8, gt=0, le=120, description="espera máxima por lo que entiende el modelo"
    )
    reranker: str | None = Field(
        None, min_length=1, description="modelo CrossEncoder de sentence-transformers que reordena lo encontrado"
    )

    letter_template: Path | None = Field(
        None, description="plantilla de Word (docxtpl) de las respuestas a peticiones; sin ella, la propia"
    )
    letter_signer_name: str | None = Field(None, description="quien firma las respuestas a peticiones")
    letter_signer_position: str | None = Field(None, description="cargo de quien firma las respuestas a peticiones")

    slack_bot_token: SecretStr | None = Field(None, description="token xoxb-… de Slack")
    slack_app_token: SecretStr | None = Field(None, description="token xapp-… de Slack, para Socket Mode")
    slack_signing_secret: SecretStr | None = Field(None, description="secreto de firma de Slack, para HTTP")

    max_file_mb: int = Field(100, ge=1, le=2048, description="tamaño máximo de un archivo, en MB")
    max_seconds: float = Field(300, gt=0, le=7200, description="tiempo máximo para leer un archivo, en segundos")
    max_memory_mb: int = Field(2048, ge=512, le=65536, description="memoria máxima para leer un archivo, en MB")
    max_pages: int = Field(2000, ge=1, le=100_000, description="páginas o diapositivas máximas de un archivo")

    @field_validator("data_dir")
    @classmethod
    def _home_expanded(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def public_base(self) -> str | None:
        """The public address without its final slash, ready to be put before a path."""
        return None if self.public_url is None else str(self.public_url).rstrip("/")


#: What is wrong, by pydantic's error type; ``{limit}`` is the bound that was passed.
_REASONS: dict[str, str] = {
    "int_parsing": "debe ser un número entero",
    "int_from_float": "debe ser un número entero",
    "float_parsing": "debe ser un número",
    "bool_parsing": "debe ser true o false",
    "greater_than": "debe ser mayor que {limit}",
    "greater_than_equal": "debe ser {limit} o más",
    "less_than_equal": "debe ser {limit} o menos",
    "url_parsing": "debe ser una dirección como https://cabildo.example.gov.co",
    "url_scheme": "debe ser una dirección que empiece por http:// o https://",
    "string_too_short": "no puede estar vacía",
}


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def load_settings(env_file: Path | None = DOTENV) -> Settings:
    """Settings from the environment and a ``.env`` file.

    Raises:
        SettingsError: naming each wrong variable and what it should be; values are never repeated.
    """
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        raise SettingsError(
            "Hay ajustes que no sirven: " + "; ".join(_complaints(error)) + ".",
            hint="Corríjalos en el entorno o en el archivo .env.",
        ) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"No se puede leer el archivo {env_file}.", hint="Debe ser texto en UTF-8.") from None


def _complaints(error: ValidationError) -> Iterable[str]:
    for item in error.errors(include_input=False, include_url=False):
        limits = [str(v) for k, v in item.get("ctx", {}).items() if k in ("gt", "ge", "lt", "le")]
        reason = _REASONS.get(item["type"], "no tiene una forma que se entienda").format(limit=" ".join(limits))
        yield f"{variable(str(item['loc'][0]))} {reason}"


@cache
def read_settings() -> Settings:
    """The settings of this process, read the first time they are asked for."""
    return load_settings()


def unknown_variables(environ: Mapping[str, str] = os.environ, env_file: Path = DOTENV) -> list[str]:
    """One sentence per ``CABILDO_`` variable that nothing reads: most often a slip of the keyboard."""
    known = {variable(name) for name in Settings.model_fields}
    names = {name for name in environ if name.startswith(PREFIX)}
    if env_file.is_file():
        names |= {name for name in dotenv_values(env_file) if name.startswith(PREFIX)}
    sentences = []
    for name in sorted(names - known):
        near = difflib.get_close_matches(name, sorted(known), n=1)
        meant = f" ¿Quiso decir {near[0]}?" if near else ""
        sentences.append(f"La variable {name} no existe y no se tiene en cuenta.{meant}")
    return sentences


#: Libraries that phone home, warn or spawn unless they are told not to. What somebody set on purpose stays.
_QUIET: dict[str, str] = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}


def apply_quiet_environment(
    embedder: str = PACKAGED_EMBEDDER, environ: MutableMapping[str, str] = os.environ, *, reranker: str | None = None
) -> None:
    """Set what the heavy libraries read from the environment; must run before any of them is imported.

    Any embedder but the packaged one, and any reranker, may have to be downloaded once: else the hub is closed.
    LangSmith's tracing variables are left alone: questions leave the machine only where somebody configured it.
    """
    quiet = _QUIET | ({"HF_HUB_OFFLINE": "1"} if embedder == PACKAGED_EMBEDDER and reranker is None else {})
    for name, value in quiet.items():
        environ.setdefault(name, value)
