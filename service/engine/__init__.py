"""Translation models: Argos packages on disk, CTranslate2 in memory. Knows sentences, never articles."""
