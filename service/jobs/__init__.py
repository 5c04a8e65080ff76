"""Work that a request leaves behind: asked for in its transaction, done once, by `run`, in every mode."""
