"""The laboratory of the transformer: from labelled comments to weights. README.md tells how it is run."""
