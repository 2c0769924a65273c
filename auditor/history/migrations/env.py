"""Run by alembic, on the connection that `auditor.history.migrate` hands it.

A new migration: a file in `versions/` after the last one, and its number as `HEAD` there; a test compares the tables
that all migrations make with `auditor.history.tables`."""

from alembic import context

from auditor.history.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
