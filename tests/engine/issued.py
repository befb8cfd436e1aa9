"""Receipts as they were given to people, and what each must bring back for good: `python -m tests.engine.issued`.

Writes `tests/cases/receipts.json` anew for versions that are not released yet. What is written there of a released
version (`"released": true`) is never written again: whoever has such a code must get the same page in ten years.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from screening.engine import Engine, engine_for
from screening.engine.document import digest
from screening.engine.receipt import answers_in, receipt
from screening.engine.report import report
from screening.engine.spec import LANGUAGES
from screening.population import stream
from screening.protocol import PROTOCOLS

ISSUED = Path(__file__).resolve().parents[1] / "cases" / "receipts.json"
PEOPLE, SEED = 60, 1


def fingerprint(engine: Engine, code: str) -> str:
    """A fingerprint of every byte that `assess --receipt` prints for this code, in all languages."""
    assessment = engine.assess_checked(answers_in(engine, code))
    printed = [
        json.dumps(report(assessment, language), indent=2, ensure_ascii=False) for language in LANGUAGES
    ]
    return hashlib.sha256("\n".join(printed).encode()).hexdigest()[:16]


def known() -> dict[str, Any]:
    return json.loads(ISSUED.read_text(encoding="utf-8")) if ISSUED.exists() else {}


def main() -> None:
    record = known()
    for version, protocol in PROTOCOLS.items():
        if record.get(version, {}).get("released"):
            continue
        engine = engine_for(protocol)
        codes = [receipt(engine, engine.door.parse(sheet)) for sheet in stream(protocol, PEOPLE, SEED)]
        record[version] = {
            "released": False,
            "digest": digest(protocol),
            "receipts": {code: fingerprint(engine, code) for code in codes},
        }
    ISSUED.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
