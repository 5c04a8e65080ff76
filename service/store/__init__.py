"""What is kept: SQLAlchemy Core over SQLite, a module for each family of tables. Functions take a connection."""
