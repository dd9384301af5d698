"""What users wait for, beside the limit of each: its own SQL, SQL by hand, stock tools.

Run as a module: `python -m tools.bench --help`, or `make bench ARGS="--size 10000"`.
"""
