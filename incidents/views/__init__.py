"""Pages for people: each asks a question and shows what it was told."""
