"""The journal of facts, the cursors of its readers, and background jobs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class TransactionId(models.Func):
    """The running transaction's 64-bit id on PostgreSQL; 0 on SQLite, where id order is enough."""

    output_field = models.BigIntegerField()
    arity = 0
    template = "0"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        return "(pg_current_xact_id()::text::bigint)", []


class Fact(models.Model):
    """One thing that happened. Append-only: triggers of the database refuse anything else.

    The order of facts is the pair (xid, id). On SQLite ids are drawn under the write lock, so
    they are in order of commit; on PostgreSQL only the pair together with the snapshot's xmin is.
    """

    TRAIL, SIGNAL = "trail", "signal"

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_default=TransactionId(), editable=False)
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=6, choices=[(TRAIL, TRAIL), (SIGNAL, SIGNAL)])
    actor_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="fact_order"),
            models.Index(fields=["kind", "at"], name="fact_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.data}"


class Cursor(models.Model):
    """How far a named reader of the journal has come."""

    name = models.CharField(max_length=64, primary_key=True)
    xid = models.BigIntegerField(default=0)
    fact_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at ({self.xid}, {self.fact_id})"


class Job(models.Model):
    """Work that takes long or may fail: tried again with growing pauses, then shown as dead."""

    name = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    dead = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["dead", "due_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.arguments}"


class Secret(models.Model):
    """Keys that the server made for itself on its first start."""

    name = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()

    def __str__(self) -> str:
        return self.name
