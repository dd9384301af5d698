"""What leaves the house of a record: tables of columns, each with what it means.

Law: a column stands here once, and every door of the API and every file that tells of it reads it
here; the flat table and GeoJSON choose from it. A new field of a model leaves by none of them until
it stands here. Pages read models.
"""
