"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "conversations",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("customer", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("agents", sa.JSON, nullable=False),
        sa.Column("opened", moment),
        sa.Column("closed", moment),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("customer_messages", sa.Integer, nullable=False),
        sa.Column("agent_messages", sa.Integer, nullable=False),
        sa.Column("bot_messages", sa.Integer, nullable=False),
        sa.Column("system_messages", sa.Integer, nullable=False),
        sa.Column("unknown_messages", sa.Integer, nullable=False),
        sa.Column("notes", sa.Integer, nullable=False),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.Column("first_response", sa.Double),
        sa.Column("solved", sa.Boolean),
        sa.Column("inferred_solved", sa.Boolean),
        sa.Column("handed_on", sa.Integer),
        sa.Column("inferred_handovers", sa.Integer, nullable=False),
        sa.Column("escalated", sa.Boolean, nullable=False),
        sa.Column("rating", sa.Double),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("complaint", sa.Boolean, nullable=False),
        sa.Column("upset_at_start", sa.Boolean, nullable=False),
        sa.Column("upset_at_close", sa.Boolean, nullable=False),
        sa.Column("leaving", sa.Boolean, nullable=False),
        sa.Column("at_risk", sa.Boolean, nullable=False),
        sa.Column("apology_due", sa.Boolean, nullable=False),
        sa.Column("apology_reply", sa.Integer),
        sa.Column("taken_up", sa.Boolean, nullable=False),
        sa.Column("timeline_given", sa.Boolean, nullable=False),
        sa.Column("repeat_requests", sa.Integer, nullable=False),
        sa.Column("unanswered", sa.JSON, nullable=False),
        sa.Column("promises", sa.JSON, nullable=False),
        sa.Column("remedies", sa.JSON, nullable=False),
        sa.Column("doubts", sa.JSON, nullable=False),
    )
    op.create_index("ix_conversations_customer", "conversations", ["customer"])
    op.create_table(
        "forgotten",
        sa.Column("customer", sa.Text, primary_key=True),
    )
    op.create_table(
        "messages",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", moment),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("note", sa.Boolean, nullable=False),
        sa.Column("reply", sa.Integer),
        sa.Column("waited", sa.Double),
        sa.Column("acts", sa.JSON, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reply", sa.Integer, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("at", moment),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("timing", sa.Text),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("meant", sa.Boolean, nullable=False),
    )
    op.create_index("ix_notes_id", "notes", ["id"])
    op.create_table(
        "partitions",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_table(
        "runs",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("finished", moment, nullable=False),
        sa.Column("lexicon", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("inputs", sa.JSON, nullable=False),
        sa.Column("conversations", sa.Integer, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("set_aside", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("runs")
    op.drop_table("partitions")
    op.drop_table("notes")
    op.drop_table("messages")
    op.drop_table("forgotten")
    op.drop_table("conversations")
