"""What workers tell of themselves, as the database keeps it."""

from sqlalchemy import BigInteger, Column, Float, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class RunningTotal(SQLModel, table=True):
    """What all workers did since the beginning; ``labels`` in the order in which its figure names them."""

    __tablename__ = "running_total"

    name: str = Field(sa_type=Text, primary_key=True)
    labels: list[str] = Field(sa_column=Column(ARRAY(Text()), primary_key=True))
    value: float = Field(sa_type=Float)


class WorkerReport(SQLModel, table=True):
    """One worker process as of its last heartbeat; it counts as long as the queue knows the worker."""

    __tablename__ = "worker_report"

    worker_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    host: str = Field(sa_type=Text)
    process: int = Field(sa_type=Integer)
    jobs: int = Field(sa_type=Integer)
    resident_bytes: int | None = Field(default=None, sa_type=BigInteger)
    browser_bytes: int | None = Field(default=None, sa_type=BigInteger)
