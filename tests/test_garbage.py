"""Garbage is looked for less often while much is read, and as before afterwards."""

from __future__ import annotations

import gc

import pytest

from perfgoals_xl.garbage import rarely_collected


def test_the_thresholds_come_back_whatever_happens():
    before = gc.get_threshold()
    with rarely_collected():
        assert gc.isenabled()
        assert gc.get_threshold()[0] > before[0]
        with rarely_collected():
            pass
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with pytest.raises(ZeroDivisionError), rarely_collected():
        raise ZeroDivisionError
    assert gc.get_threshold() == before


def test_the_thresholds_come_back_when_the_last_of_several_threads_ends():
    before = gc.get_threshold()
    first, second = rarely_collected(), rarely_collected()
    with first:
        second.__enter__()
    assert gc.get_threshold()[0] > before[0]
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
