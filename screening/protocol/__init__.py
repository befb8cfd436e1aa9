"""The published protocols, and the one that is live. Data only."""

from screening.protocol.v1 import PROTOCOL as V1

PROTOCOLS = {V1.version: V1}
LIVE = V1
