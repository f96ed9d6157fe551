"""Texts → unit vectors: the shipped Vietnamese model, or any sentence-transformers model by name or folder.

The models that this project trains are read without torch, the shipped one with numpy alone: answering a question never
pays for more. Knows nothing of passages, questions or indexes: strings in, rows of float32 out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.background import FILE, Background
from index.contextual import ContextualModel, is_contextual
from index.errors import UnusableModel
from index.tensors import mapped_tensor
from index.words import load_words
from knowledge.text import normalise, syllables

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]  # [texts, dimension], every row of length one, or zero for a text without known words

SHIPPED = Path(__file__).parent / "model"
_BATCH = 64  # texts gathered at once: 64 × ~150 tokens × 256 floats is 10 MB of working memory
_REACH_SECONDS = 5.0  # how long the hub may take to say whether it has a model


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike they are."""

    @property
    def name(self) -> str:
        """What tells this encoder from any other, weights included: indexes made with another name do not fit."""

    @property
    def dimension(self) -> int:
        """The number of columns of every vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a question; a text without a single known word gets a row of zeros."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a passage; a text without a single known word gets a row of zeros."""


class Words(NamedTuple):
    """The words of some texts, one text behind the other."""

    vectors: NDArray[np.float32]  # [distinct, dimension], not of unit length: telling words are longer
    places: NDArray[np.int64]  # [words] which of these each word is
    sizes: NDArray[np.int64]  # [texts] how many words each text has


@runtime_checkable
class WordEncoder(Protocol):
    """An encoder whose texts are sums of words that have vectors of their own."""

    def encode_words(self, texts: Sequence[str]) -> Words:
        """Return the known words of all `texts`."""


@runtime_checkable
class BackedEncoder(Protocol):
    """An encoder that may know official texts at large."""

    @property
    def background(self) -> Background | None:
        """Those texts as vectors; None where the model came without."""


def unit_rows(vectors: NDArray[np.floating]) -> Vectors:
    """Return `vectors` [n, d] as float32 with every row scaled to length one; rows without a direction become zero."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    usable = np.isfinite(lengths) & (lengths > 0)
    return np.where(usable, rows / np.where(usable, lengths, 1), np.float32(0))


class StaticEncoder:
    """A sentence-transformers StaticEmbedding folder: the mean of the vectors of a text's tokens, at unit length.

    Questions and passages are encoded alike. Texts pass through `knowledge.text.syllables` first, so NFC and NFD,
    old and new tone placement, letter case and punctuation make no difference.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._words = load_words(folder / "tokenizer.json")
            self._vectors = mapped_tensor(folder / "model.safetensors", "embedding.weight")
        except Exception as error:  # tokenizers raises bare Exception for files it cannot read
            raise UnusableModel(
                f"Không đọc được mô hình ở {folder}: {error}. Hãy cài lại hoặc sửa TDKT_MODEL."
            ) from error
        if self._words.unknown is not None:  # a word never seen says nothing: it must not pull a text anywhere
            self._vectors[self._words.unknown] = 0
        self.name = f"static-{digest_of(folder)}"
        self.dimension = int(self._vectors.shape[1])
        self._folder = folder

    @cached_property
    def background(self) -> Background | None:
        """Official texts at large, see `BackedEncoder`; opened when first asked for."""
        file = self._folder / FILE
        try:
            return Background(file) if file.is_file() else None
        except RuntimeError as error:  # FAISS's own
            raise UnusableModel(f"Tệp {file} bị hỏng. Hãy cài lại chương trình hoặc xóa tệp này.") from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], see the class."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], see the class."""
        return self._encode(texts)

    def encode_words(self, texts: Sequence[str]) -> Words:
        """Return the known words of all `texts`, see `WordEncoder`."""
        tokens, sizes = self._words.encode([syllables(text) for text in texts])
        known = tokens != self._words.unknown
        upto = np.concatenate(([0], np.cumsum(known)))
        last = np.cumsum(sizes)
        distinct, places = np.unique(tokens[known], return_inverse=True)
        return Words(self._vectors[distinct].astype(np.float32), places, upto[last] - upto[last - sizes])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            tokens, sizes = self._words.encode([syllables(text) for text in texts[first : first + _BATCH]])
            out[first : first + _BATCH] = token_means(self._vectors, tokens, sizes)
        return unit_rows(out)


def token_means(vectors: NDArray[np.floating], tokens: NDArray[np.int64], sizes: NDArray[np.int64]) -> Vectors:
    """Return float32 [len(sizes), d]: the means of the rows `tokens` of `vectors` [v, d], `sizes` of them a text.

    A text without any gets zeros.
    """
    means = np.zeros((len(sizes), vectors.shape[1]), dtype=np.float32)
    full = sizes > 0  # reduceat has no notion of an empty stretch: those rows stay zero
    if full.any():
        starts = (np.cumsum(sizes) - sizes)[full]
        means[full] = np.add.reduceat(vectors[tokens].astype(np.float32), starts, axis=0) / sizes[full, None]
    return means


class ContextualEncoder:
    """A folder that `python -m index.train_contextual` made, at unit length; both sides are encoded alike."""

    def __init__(self, folder: Path) -> None:
        try:
            self._model = ContextualModel(folder)
        except Exception as error:  # tokenizers raises bare Exception for files it cannot read
            raise UnusableModel(
                f"Không đọc được mô hình ở {folder}: {error}. Hãy cài lại hoặc sửa TDKT_MODEL."
            ) from error
        self.name = f"contextual-{digest_of(folder)}"
        self.dimension = self._model.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], see the class."""
        return unit_rows(self._model.encode(texts))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], see the class."""
        return unit_rows(self._model.encode(texts))


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by the name it has on the hub or by its folder. Loads torch."""

    def __init__(self, name_or_folder: str) -> None:
        folder = Path(name_or_folder)
        if folder.is_dir():
            self._model, version = _load_folder(folder), digest_of(folder)
        else:
            self._model, version = _load_named(name_or_folder)
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise UnusableModel(f"Mô hình {name_or_folder!r} không cho véc-tơ của câu. Hãy sửa TDKT_MODEL.")
        self.dimension = int(dimension)
        self.name = f"{folder.name if folder.is_dir() else name_or_folder}-{version}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], with the model's own prompt for questions if it has one."""
        prepared = [normalise(text) for text in texts]
        rows = self._model.encode_query(prepared, show_progress_bar=False) if prepared else self._none()
        return _silence_blank(rows, prepared)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32 [len(texts), dimension], with the model's own prompt for documents if it has one."""
        prepared = [normalise(text) for text in texts]
        rows = self._model.encode_document(prepared, show_progress_bar=False) if prepared else self._none()
        return _silence_blank(rows, prepared)

    def _none(self) -> Vectors:
        return np.zeros((0, self.dimension), dtype=np.float32)


def load_encoder(name_or_folder: str | None = None) -> Encoder:
    """Return the encoder of that name or folder; None or an empty name is the shipped model.

    Raises UnusableModel, at once and with one clear line, when there is no such model here.
    """
    if not name_or_folder:
        return StaticEncoder(SHIPPED)
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir():
        return _local(folder)
    return SentenceTransformerEncoder(name_or_folder)


def _local(folder: Path) -> Encoder:
    """Return the encoder of a folder: without torch for the two kinds that this project trains."""
    if _is_static(folder):
        return StaticEncoder(folder)
    return ContextualEncoder(folder) if is_contextual(folder) else SentenceTransformerEncoder(str(folder))


def _is_static(folder: Path) -> bool:
    """Whether a folder is a StaticEmbedding, perhaps followed by Normalize, and so needs no torch."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        types = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        mapped_tensor(folder / "model.safetensors", "embedding.weight")
    except (OSError, ValueError, KeyError, TypeError):
        return False  # not that shape: sentence-transformers will say what, if anything, is wrong with it
    return types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def digest_of(folder: Path) -> str:
    """Return 12 hex digits over the files of a model that decide its vectors."""
    digest = hashlib.blake2b(digest_size=6)
    decisive = (".safetensors", ".bin", ".json", ".txt", ".model")
    for path in sorted(path for path in folder.rglob("*") if path.suffix in decisive and path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        with path.open("rb") as file:
            while block := file.read(2**20):
                digest.update(block)
    return digest.hexdigest()


def _silence_blank(rows: NDArray[np.floating], texts: Sequence[str]) -> Vectors:
    """Return unit rows, with zeros where the text has no words: models give the empty string a vector too."""
    vectors = unit_rows(rows)
    vectors[[not syllables(text) for text in texts]] = 0
    return vectors


def _load_folder(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # 3.5 to 7 s: only those who ask for such a model pay

    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:  # whatever the libraries below raise about a broken folder, the user can do one thing
        raise UnusableModel(f"Không nạp được mô hình ở {folder}: {_first_line(error)}. Hãy sửa TDKT_MODEL.") from error


def _load_named(name: str) -> tuple[SentenceTransformer, str]:
    """Return a model and its revision, from the local cache, else from the hub if that says that it has it."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        cached = Path(snapshot_download(repository, local_files_only=True))
        return _load_folder(cached), cached.name[:12]
    except HFValidationError as error:
        raise UnusableModel(
            f"TDKT_MODEL={name!r} không phải tên mô hình, cũng không có thư mục nào như vậy. Hãy sửa TDKT_MODEL."
        ) from error
    except LocalEntryNotFoundError:
        _ask_hub(name, repository)  # asking once: the libraries would retry an absent model for minutes
        model = _download(name, repository)
        return model, Path(snapshot_download(repository, local_files_only=True)).name[:12]


def _download(name: str, repository: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(repository)
    except Exception as error:  # the network or the repository failed half-way; the remedy is the same
        raise UnusableModel(f"Không tải được mô hình {name!r}: {_first_line(error)}. Hãy thử lại.") from error


def _ask_hub(name: str, repository: str) -> None:
    """Raise UnusableModel unless the hub answers within seconds that it has the model."""
    import httpx

    hub = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    remedy = "Hãy sửa TDKT_MODEL, hoặc bỏ trống để dùng mô hình có sẵn."
    if os.environ.get("HF_HUB_OFFLINE", "0") not in ("", "0"):
        raise UnusableModel(f"Mô hình {name!r} chưa có trên máy và HF_HUB_OFFLINE đang cấm tải về. {remedy}")
    try:
        answer = httpx.get(f"{hub}/api/models/{repository}", timeout=_REACH_SECONDS, follow_redirects=True)
    except httpx.HTTPError as error:
        raise UnusableModel(f"Mô hình {name!r} chưa có trên máy và không kết nối được tới {hub}. {remedy}") from error
    if answer.status_code != httpx.codes.OK:
        raise UnusableModel(f"Không có mô hình {name!r} trên {hub} (mã {answer.status_code}). {remedy}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(".")
