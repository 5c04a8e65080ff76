"""The recipe of the bundled model, from parallel text to Argos packages. Not part of the product; see README.md."""
