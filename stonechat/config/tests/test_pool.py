"""A pool's threads outlive every job, and nobody waits for ever before them."""

from __future__ import annotations

import asyncio
import threading

import pytest

from stonechat.config import pools


async def _with_pool(use):
    pool = pools.Pool("tried", 1)
    pool.start()
    try:
        return await use(pool)
    finally:
        pool.stop()


def test_a_result_comes_back():
    async def use(pool):
        return await pool.run(lambda a, b: a + b, 2, 3)

    assert asyncio.run(_with_pool(use)) == 5


def test_an_error_comes_back_and_the_thread_lives_on():
    async def use(pool):
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 / 0)
        return await pool.run(threading.current_thread)

    assert asyncio.run(_with_pool(use)).name == "tried-0"


def test_work_of_somebody_who_left_is_never_begun():
    done: list[object] = []

    async def use(pool):
        gate = threading.Event()
        first = pool.run(gate.wait)
        second = pool.run(done.append, "second")
        second.cancel()
        gate.set()
        await first
        await pool.run(done.append, "third")

    asyncio.run(_with_pool(use))
    assert done == ["third"]


def test_a_full_queue_says_so(monkeypatch):
    monkeypatch.setattr(pools, "LONGEST_QUEUE", 2)

    async def use():
        pool = pools.Pool("never started", 1)
        pool.run(print)
        pool.run(print)
        with pytest.raises(pools.Full):
            pool.run(print)

    asyncio.run(use())


def test_stopping_lets_what_is_queued_finish():
    done: list[object] = []

    async def use(pool):
        for number in range(5):
            pool.run(done.append, number)

    asyncio.run(_with_pool(use))
    assert done == [0, 1, 2, 3, 4]
