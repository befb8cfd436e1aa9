"""The protocol as the clinical lead revises it: drafts, proofs, who moves, and a second person before it is live."""
