"""HTTP: the API, the reader pages, and what they share."""
