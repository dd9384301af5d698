"""What leaves the house of a record: tables of columns, each with what it means.

Law: a column stands here once, and every door and file that tells of it reads it here; a new
field of a model leaves by no door until it stands here.
"""
