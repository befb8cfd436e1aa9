"""Run every benchmark, one after another. `python -m benchmarks throughput proofs` runs those two."""

import argparse
import sys
from importlib import import_module

ALL = (
    "throughput",
    "lines",
    "proofs",
    "replay",
    "path_length",
    "early_stop",
    "fit",
    "guide_pages",
    "pages",
    "desk",
    "desk_paint",
    "figures",
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", default=[], help=f"of: {', '.join(ALL)}")
    names = parser.parse_args(arguments).names or ALL
    for name in names:
        if name not in ALL:
            parser.error(f"no benchmark is called {name}; there are {', '.join(ALL)}")
    for name in names:
        module = import_module(f"benchmarks.{name}")
        print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
