"""Lets the load generator measure an engine that is written in Python.

The author writes a class with ``load`` and ``infer``, as ``Engine`` below describes them, in a file or module of its
own; the load generator runs ``python3 sphereface_loadgen.py FILE_OR_MODULE`` and talks to it over standard input and
output. Needs Python 3.9 and NumPy.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit(print("error found Python %d.%d, expected 3.9 or later" % sys.version_info[:2]))

import importlib
import importlib.util
import json
import os
import sysconfig
import time
import traceback
from dataclasses import dataclass
from types import ModuleType
from typing import Any, BinaryIO, NoReturn, Optional, Protocol, Sequence

try:
    import numpy as np
except ImportError as missing:
    sys.exit(print(f"error {type(missing).__name__}: {missing}"))

PROTOCOL = "sphereface-loadgen 1"


@dataclass(frozen=True)
class Model:
    """What an engine is asked to run."""

    #: The model's file, in one of the engine's ``formats``; other files of the model lie beside it. All of them are gone
    #: when ``load`` has returned. For an engine without formats the path given with ``--model``, or None.
    path: Optional[str]
    #: Height, width and channels of an image.
    image_shape: tuple[int, int, int]
    #: float32 values of one image's embedding.
    embedding_values: int

    def layers(self) -> list[dict[str, Any]]:
        """Of a network in the format "safetensors", which holds weights alone, in the order of computation."""
        if self.path is None:
            raise EngineFault("there are no layers, because there is no model")
        with open(os.path.join(os.path.dirname(self.path), "layers.json"), encoding="utf-8") as file:
            layers: list[dict[str, Any]] = json.load(file)
        return layers


@dataclass(frozen=True)
class Options:
    """How the user wants it to be run."""

    #: "fp32", "bf16" or "int8".
    precision: str
    #: How many threads may compute one inference.
    threads: int
    #: The most images that ``infer`` is given at a time.
    batch: int
    #: One of the engine's ``devices``; None if the user has chosen none.
    device: Optional[str] = None
    #: One of the engine's ``providers``; None if the user has chosen none.
    provider: Optional[str] = None


class Engine(Protocol):
    """What the author writes. Deriving from it is not needed.

    Optional members: ``name`` (letters, digits, ".", "-", "_"; the module's name if left out), ``formats`` (of "onnx",
    "tflite", "safetensors", "tfjs", the preferred one first; none if the engine brings its own model), ``precisions``
    ("fp32" alone if left out), ``devices`` and ``providers`` (what the user may choose from with ``--device`` and
    ``--provider``), and a method ``close()``. Set in ``load``, if not before: ``version`` (of the library that computes),
    ``instruction_set``, ``device`` and ``provider`` (what computes, for the logs).
    """

    def load(self, model: Model, options: Options) -> None:
        """Make everything ready, untimed. What it raises is shown to the user."""

    def infer(self, batch: np.ndarray) -> np.ndarray:
        """Turn images into embeddings.

        ``batch``: float32, 1 to ``options.batch`` images x height x width x channels, read-only, valid until this
        returns. Returns float32, as many images x ``embedding_values``.
        """


class EngineFault(Exception):
    """What the user has to be told, without a traceback."""


def main() -> None:
    answers = take_standard_output()
    requests = take_standard_input()
    # An engine that imports this file by its name gets this module, not a second one with other classes.
    sys.modules["sphereface_loadgen"] = sys.modules[__name__]
    if len(sys.argv) != 2:
        fail(answers, "expected one argument, the file or module of an engine")
    try:
        serve(find_engine(sys.argv[1]), requests, answers, module_name(sys.argv[1]))
    except (EngineFault, ImportError) as fault:
        fail(answers, f"{type(fault).__name__}: {fault}{place_of(fault)}" if isinstance(fault, ImportError) else str(fault))
    except BaseException as thrown:  # SystemExit, too: an engine that exits has failed
        print_traceback(thrown)
        fail(answers, f"{type(thrown).__name__}: {thrown}{place_of(thrown)}")
    leave(0)


def take_standard_output() -> BinaryIO:
    """What an engine prints must not come between the answers: it goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def take_standard_input() -> BinaryIO:
    """An engine, or a program that it starts, must not read the requests."""
    requests = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return requests


def module_name(target: str) -> str:
    return os.path.splitext(os.path.basename(target))[0] if target.endswith(".py") else target.split(".")[-1]


def find_engine(target: str) -> Any:
    """The one class of the module that has ``load`` and ``infer``, made without arguments."""
    module = import_target(target)
    own = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    engines = [value for value in own if has_method(value, "load") and has_method(value, "infer")]
    if len(engines) == 1:
        return engines[0]()
    if engines:
        raise EngineFault(f"found {len(engines)} engines in {target}: {names_of(engines)}; expected one")
    found = f"found {names_of(own)}" if own else "found no class"
    raise EngineFault(f"{found} in {target}, expected a class with the methods load(model, options) and infer(batch)")


def import_target(target: str) -> ModuleType:
    if not target.endswith(".py"):
        sys.path.insert(0, os.getcwd())
        return importlib.import_module(target)
    path = os.path.abspath(target)
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location(module_name(path), path)
    if spec is None or spec.loader is None:
        raise EngineFault(f"{target} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def has_method(owner: type, name: str) -> bool:
    return callable(getattr(owner, name, None))


def names_of(classes: Sequence[type]) -> str:
    return ", ".join(one.__name__ for one in classes)


def serve(engine: Any, requests: BinaryIO, answers: BinaryIO, default_name: str) -> None:
    """Answers requests, a line each, until ``close`` or the end of the input. See docs/programs.md for the protocol."""
    settings: dict[str, str] = {}
    images = np.zeros((0, 1, 1, 1), np.float32)
    embedding_values = 0
    for line in requests:
        word, _, rest = line.decode().rstrip("\n").partition(" ")
        if word == "infer":
            first, count = map(int, rest.split())
            embeddings = engine.infer(images[first : first + count])
            completed_ns = time.monotonic_ns()
            check_embeddings(embeddings, (count, embedding_values))
            send(answers, b"embeddings %d\n" % completed_ns + embeddings.tobytes())
        elif word == "clock":
            send(answers, b"clock %d\n" % time.monotonic_ns())
        elif word == "samples":
            shape = tuple(map(int, settings["image"].split()))
            values = np.memmap(rest, np.float32, "r")
            images = values.reshape(-1, *shape)
            send(answers, b"mapped\n")
        elif word == "sphereface-loadgen":
            if f"{word} {rest}" != PROTOCOL:
                raise EngineFault(f"found the protocol {rest}, expected {PROTOCOL.split()[1]}")
            send(answers, description_of(engine, default_name).encode())
        elif word == "load":
            model = model_of(settings)
            embedding_values = model.embedding_values
            engine.load(model, options_of(settings))
            send(answers, state_of(engine).encode())
        elif word == "close":
            break
        else:
            settings[word] = rest
    if has_method(type(engine), "close"):
        engine.close()


def send(answers: BinaryIO, content: bytes) -> None:
    answers.write(content)
    answers.flush()


def description_of(engine: Any, default_name: str) -> str:
    name = getattr(engine, "name", default_name)
    formats = " ".join(getattr(engine, "formats", ()))
    precisions = " ".join(getattr(engine, "precisions", ("fp32",)))
    choices = [f"{kind} {' '.join(getattr(engine, kind))}\n" for kind in ("devices", "providers") if hasattr(engine, kind)]
    return f"name {name}\nformats {formats}\nprecisions {precisions}\n{''.join(choices)}described\n"


def model_of(settings: dict[str, str]) -> Model:
    height, width, channels = map(int, settings["image"].split())
    return Model(settings.get("model"), (height, width, channels), int(settings["embedding"]))


def options_of(settings: dict[str, str]) -> Options:
    chosen = (settings.get("device"), settings.get("provider"))
    return Options(settings["precision"], int(settings["threads"]), int(settings["batch"]), *chosen)


def state_of(engine: Any) -> str:
    version = getattr(engine, "version", "unknown")
    instruction_set = getattr(engine, "instruction_set", "unknown")
    used = [f"{kind} {getattr(engine, kind)}\n" for kind in ("device", "provider") if hasattr(engine, kind)]
    return f"version {version}\ninstructions {instruction_set}\n{''.join(used)}loaded\n"


def check_embeddings(found: Any, shape: tuple[int, int]) -> None:
    if isinstance(found, np.ndarray) and found.shape == shape and found.dtype == np.float32:
        return
    kind = f"{found.dtype} of {found.shape}" if isinstance(found, np.ndarray) else type(found).__name__
    raise EngineFault(f"infer returned {kind}, expected a NumPy array of float32 of {shape}")


def place_of(thrown: BaseException) -> str:
    """Where in the author's files it was thrown: the innermost frame outside of this file and of installed packages."""
    frames = traceback.extract_tb(thrown.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__ and not frame.filename.startswith("<")]
    libraries = tuple(sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib"))
    near = [frame for frame in own if not frame.filename.startswith(libraries)]
    if not (near or own):
        return ""
    frame = (near or own)[-1]
    return f" ({os.path.basename(frame.filename)}, line {frame.lineno})"


def fail(answers: BinaryIO, message: str) -> NoReturn:
    send(answers, ("error " + " ".join(message.split()) + "\n").encode(errors="replace"))
    leave(1)


def leave(exit_code: int) -> NoReturn:
    """At once: an engine's threads may keep Python from ending."""
    sys.stderr.flush()
    os._exit(exit_code)


def print_traceback(thrown: BaseException) -> None:
    """Without the frames of this file, which are not the author's."""
    lines = traceback.TracebackException.from_exception(thrown)
    lines.stack = traceback.StackSummary.from_list([frame for frame in lines.stack if frame.filename != __file__])
    sys.stderr.write("".join(lines.format()))


if __name__ == "__main__":
    main()
