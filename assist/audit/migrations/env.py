"""Alembic runs this to run the steps, on the connection that the store hands it."""

from alembic import context

from assist.audit.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
