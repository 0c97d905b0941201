"""The labelled sets: how each is read, and what its labels mean."""
