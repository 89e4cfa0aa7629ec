"""The same batches on a Dask cluster: sent as there is room, sent again by Dask where a worker is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from distributed import Client, as_completed
from distributed.scheduler import KilledWorker

from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings
from velveteen.cohort.part_run import Batch, Rows, Runner, Step
from velveteen.cohort.rows import lost_row, row_of
from velveteen.problems import BadInput

AHEAD = 2  # batches in flight for each thread of the cluster


def on_cluster(address: str, wait: float = 20.0) -> Runner:
    """Judge batches on the Dask scheduler at this address; `wait` seconds for it to answer."""

    def run(settings: Settings, batches: Iterator[Batch], step: Step) -> Iterator[Rows]:
        try:
            client: Any = Client(address, timeout=wait)
        except (OSError, ValueError) as error:
            message = (
                f"No Dask scheduler answered at {address}. What was done is kept; please check the address."
            )
            raise BadInput("scheduler_unreachable", message) from error
        with client:
            yield from _gather(client, settings, batches, step)

    return run


def _gather(client: Any, settings: Settings, batches: Iterator[Batch], step: Step) -> Iterator[Rows]:
    sent, arriving = {}, as_completed()

    def send(count: int) -> None:
        for k, households in islice(batches, count):
            future = client.submit(_rows, settings, households, pure=False)
            sent[future] = k, households
            arriving.add(future)

    send(AHEAD * max(1, sum(client.nthreads().values())))
    for future in arriving:
        k, households = sent.pop(future)
        yield k, _result(client, settings, future, households)
        step(len(households))
        send(1)


def _result(
    client: Any, settings: Settings, future: Any, households: list[Household]
) -> list[dict[str, Any]]:
    """The rows of a batch; where it took several workers along, each household on its own, to find which did."""
    try:
        return list(future.result())
    except KilledWorker:
        if len(households) == 1:
            return [lost_row(households[0])]
        alone = (([h], client.submit(_rows, settings, [h], pure=False)) for h in households)
        return [row for one, again in alone for row in _result(client, settings, again, one)]
    except Exception as error:
        message = (
            f"The cluster could not do the work ({type(error).__name__}). What was done is kept: run the same again "
            "once its workers have the same Velveteen as this machine."
        )
        raise BadInput("cluster_failed", message) from error


def _rows(settings: Settings, households: list[Household]) -> list[dict[str, Any]]:
    return [row_of(settings, household) for household in households]
