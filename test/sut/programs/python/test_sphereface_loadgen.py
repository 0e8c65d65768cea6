"""Tests of the Python side of the protocol: `python -m pytest test/sut/programs/python`."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SIDE = Path(__file__).parents[4] / "sut" / "programs" / "python" / "sphereface_loadgen.py"
sys.path.insert(0, str(SIDE.parent))
import sphereface_loadgen as side  # noqa: E402

CUT = """
import numpy as np
class Cut:
    version = "1"
    def load(self, model, options):
        self.version = f"{model.path} {model.image_shape} {options.precision} {options.threads} {options.batch}"
    def infer(self, batch):
        return batch.reshape(len(batch), -1)[:, :2].copy()
"""
SETTINGS = "model a b.onnx\nprecision int8\nthreads 2\nbatch 4\nimage 1 2 3\nembedding 2\n"


def talk(engine: Path, requests: str) -> tuple[int, bytes, str]:
    done = subprocess.run([sys.executable, SIDE, engine], input=requests.encode(), capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    path = tmp_path / "cut.py"
    path.write_text(CUT)
    return path


def test_says_what_it_is(engine: Path) -> None:
    code, answers, _ = talk(engine, "sphereface-loadgen 1\n")
    assert (code, answers) == (0, b"name cut\nformats \nprecisions fp32\ndescribed\n")


def test_loads_with_what_it_is_told(engine: Path) -> None:
    _, answers, _ = talk(engine, SETTINGS + "load\n")
    assert answers.decode().splitlines()[0] == "version a b.onnx (1, 2, 3) int8 2 4"


def test_says_what_it_can_compute_on_and_is_told_what_is_chosen(engine: Path) -> None:
    chosen = 'self.device = options.device; self.version = str(options.provider)'
    engine.write_text(CUT.replace('version = "1"', 'devices = ("CPU", "GPU.0")').replace("self.version = f", f"{chosen}; f"))
    _, answers, _ = talk(engine, f"sphereface-loadgen 1\n{SETTINGS}device GPU.0\nload\n")
    described, _, loaded = answers.decode().partition("described\n")
    assert described == "name cut\nformats \nprecisions fp32\ndevices CPU GPU.0\n"
    assert loaded == "version None\ninstructions unknown\ndevice GPU.0\nloaded\n"


def test_a_fault_that_an_engine_reports_is_told_without_a_traceback(engine: Path) -> None:
    load = "import sphereface_loadgen\n        raise sphereface_loadgen.EngineFault('no such GPU')\n"
    engine.write_text(CUT.replace("self.version = f", f"{load}        f"))
    code, answers, told = talk(engine, SETTINGS + "load\n")
    assert (code, answers, told) == (1, b"error no such GPU\n", "")


def test_infers_from_the_mapped_file(engine: Path, tmp_path: Path) -> None:
    samples = np.arange(4 * 6, dtype=np.float32)
    samples.tofile(tmp_path / "my samples")
    requests = f"{SETTINGS}load\nsamples {tmp_path / 'my samples'}\ninfer 1 2\nclose\n"
    _, answers, _ = talk(engine, requests)
    head, _, rest = answers.partition(b"mapped\n")[2].partition(b"\n")
    assert head.startswith(b"embeddings ")
    assert np.frombuffer(rest, np.float32).tolist() == [6, 7, 12, 13]


def test_another_protocol_is_refused(engine: Path) -> None:
    code, answers, _ = talk(engine, "sphereface-loadgen 2\n")
    assert code == 1
    assert answers == b"error found the protocol 2, expected 1\n"


def test_a_traceback_shows_the_author_s_lines_alone(engine: Path) -> None:
    engine.write_text("import json\nclass Mine:\n    def load(self, m, o): json.loads('{')\n    def infer(self, b): pass\n")
    code, answers, told = talk(engine, SETTINGS + "load\n")
    assert code == 1
    assert b"(cut.py, line 3)" in answers
    assert "cut.py" in told and SIDE.name not in told


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (None, "NoneType"),
        ([[1.0, 2.0]], "list"),
        (np.zeros((1, 2)), "float64 of (1, 2)"),
        (np.zeros((2, 2), np.float32), "float32 of (2, 2)"),
        (np.zeros(2, np.float32), "float32 of (2,)"),
    ],
)
def test_what_is_no_embedding_is_refused(found: object, message: str) -> None:
    with pytest.raises(side.EngineFault) as fault:
        side.check_embeddings(found, (1, 2))
    assert str(fault.value) == f"infer returned {message}, expected a NumPy array of float32 of (1, 2)"


def test_embeddings_are_taken() -> None:
    side.check_embeddings(np.zeros((1, 2), np.float32), (1, 2))


def test_a_model_of_weights_has_its_layers_beside_it(tmp_path: Path) -> None:
    (tmp_path / "layers.json").write_text('[{"type": "prelu", "name": "relu1_1", "channels": 64}]', encoding="utf-8")
    model = side.Model(str(tmp_path / "weights.safetensors"), (112, 96, 3), 512)
    assert model.layers() == [{"type": "prelu", "name": "relu1_1", "channels": 64}]


def test_without_a_model_there_are_no_layers() -> None:
    with pytest.raises(side.EngineFault, match="there is no model"):
        side.Model(None, (112, 96, 3), 512).layers()
