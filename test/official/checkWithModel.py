"""Runs the official submission checker, as it is, with one model more in its tables.

    python3 checkWithModel.py CHECKOUT MODEL SAMPLES TARGET [the checker's own arguments]

CHECKOUT is a folder with mlcommons/inference. The model is added in memory: to the models, the scenarios that an edge
system has to run, the target for "accuracy=N%", the numbers of samples and queries, and the compliance tests.
"""

import importlib
import os
import sys

VERSION = "v6.1"


def add_model(constants, model, samples, target):
    tables = constants.MODEL_CONFIG[VERSION]
    for name in ("models", "models_TEST01", "models_TEST04"):
        tables[name].append(model)
    required = ["SingleStream", "Offline"]
    tables["required-scenarios-edge"][model] = required
    tables["optional-scenarios-edge"][model] = ["MultiStream", "Server"]
    tables["accuracy-target"][model] = ("acc", target)
    tables["performance-sample-count"][model] = samples
    tables["dataset-size"][model] = samples
    tables["min-queries"][model] = {
        scenario: 1 for scenario in required + ["MultiStream", "Server"]
    }
    constants.OFFLINE_MIN_SPQ_SINCE_V4[model] = samples


def main():
    checkout, model, samples, target = sys.argv[1:5]
    sys.path.insert(0, os.path.join(checkout, "tools", "submission"))
    add_model(
        importlib.import_module("submission_checker.constants"),
        model,
        int(samples),
        float(target),
    )
    checker = importlib.import_module("submission_checker.main")
    sys.argv = ["submission_checker", "--version", VERSION, *sys.argv[5:]]
    return checker.main()


if __name__ == "__main__":
    sys.exit(main())
