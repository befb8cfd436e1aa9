"""Tests of the engine and of the live protocol. None of them needs Django:

python -m pytest -c /dev/null --rootdir . --noconftest -p no:django tests/engine
"""
