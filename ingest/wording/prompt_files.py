"""Reading the data files of ``prompts/``: strict where YAML is lenient."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.errors import SettingsError
from ingest.fold import squeeze

#: ``prompts/`` lies beside the packages, in a checkout and in an installed wheel alike; it holds no Python of its own,
#: so an editable install cannot be asked for it.
PROMPTS = Path(__file__).resolve().parents[2] / "prompts"

Model = TypeVar("Model", bound=BaseModel)

_Loader: type[Any] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _StrictLoader(_Loader):  # type: ignore[misc]
    """Refuses a key that stands twice, and reads 'no', 'si', 'on' as the words they are."""


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not (tag.endswith(":bool") and first not in "tTfF")]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _unique_mapping(loader: Any, node: Any) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"la clave «{key}» está dos veces", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _unique_mapping)


def load_yaml(name: str) -> Any:
    """The content of ``prompts/<name>``.

    Raises SettingsError, naming the file and where in it, when it is absent or no valid YAML.
    """
    try:
        # bytes, so that the C parser does the decoding
        return strict_yaml((PROMPTS / name).read_bytes())
    except OSError as error:
        raise SettingsError(f"No se encuentra prompts/{name}.") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"prompts/{name} no es YAML válido: {squeeze(str(error))}") from error


def strict_yaml(data: bytes) -> Any:
    """YAML as the files of ``prompts/`` are read: no key twice, and 'no' is a word. Raises ``yaml.YAMLError``."""
    return yaml.load(data, Loader=_StrictLoader)


def validated(model: type[Model], data: Any, name: str) -> Model:
    """``data`` as ``model``; raises SettingsError naming the file and the first wrong entry."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "(raíz)"
        raise SettingsError(f"prompts/{name}: la entrada «{where}» no se entiende: {first['msg']}") from error
