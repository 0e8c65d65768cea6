"""Runs an engine without the harness: `bareLoop.py ENGINE.py MODEL`, then a number of inferences a line.

Answers each line with the median time of an inference of a pair's four images, in nanoseconds.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "sut" / "programs" / "python"))
import numpy as np
from sphereface_loadgen import Model, Options, find_engine

IMAGE = (112, 96, 3)
engine = find_engine(sys.argv[1])
engine.load(Model(sys.argv[2], IMAGE, 512), Options("fp32", 1, 4))
images = np.full((4, *IMAGE), 0.25, np.float32)
engine.infer(images)
print("ready", flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        started = time.monotonic_ns()
        engine.infer(images)
        times.append(time.monotonic_ns() - started)
    print(statistics.median(times), flush=True)
