"""When nobody is there any more."""

from __future__ import annotations

import pytest

from perfgoals_xl.page.presence import AFTER_BREAK, AFTER_LEAVE, MOST_LINES, Presence


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def on(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def presence(clock):
    return Presence(clock)


def over_after(presence, clock, seconds):
    """It is over after so many seconds and no sooner."""
    clock.on(seconds - 1)
    before = presence.is_over()
    clock.on(2)
    return not before and presence.is_over()


def test_a_page_that_never_came_is_waited_for_as_long_as_one_that_broke(presence, clock):
    assert over_after(presence, clock, AFTER_BREAK)


def test_an_open_page_is_there_however_long_it_says_nothing(presence, clock):
    with presence.line():
        clock.on(100_000)
        assert not presence.is_over()


def test_a_page_that_says_that_it_goes(presence, clock):
    with presence.line():
        clock.on(500)
        presence.leave()
    assert over_after(presence, clock, AFTER_LEAVE)


def test_the_word_may_come_behind_the_end_of_the_line(presence, clock):
    with presence.line():
        clock.on(500)
    clock.on(1)
    presence.leave()
    assert over_after(presence, clock, AFTER_LEAVE)


def test_a_line_that_breaks_without_a_word(presence, clock):
    with presence.line():
        clock.on(500)
    assert over_after(presence, clock, AFTER_BREAK)


def test_a_page_that_is_loaded_anew_is_back_in_time(presence, clock):
    with presence.line():
        presence.leave()
    clock.on(AFTER_LEAVE - 5)
    with presence.line():
        clock.on(AFTER_LEAVE * 2)
        assert not presence.is_over()
    assert over_after(presence, clock, AFTER_BREAK)


def test_the_word_of_one_tab_is_not_that_of_another(presence, clock):
    with presence.line():
        with presence.line():
            presence.leave()
        clock.on(3600)
    assert over_after(presence, clock, AFTER_BREAK)


def test_both_tabs_say_that_they_go(presence, clock):
    with presence.line(), presence.line():
        presence.leave()
        presence.leave()
    assert over_after(presence, clock, AFTER_LEAVE)


def test_an_old_word_is_forgotten(presence, clock):
    with presence.line():
        presence.leave()
        clock.on(30)
    assert over_after(presence, clock, AFTER_BREAK)


def test_a_page_without_a_line_is_there_by_what_it_asks(presence, clock):
    for _ in range(10):
        clock.on(AFTER_BREAK - 1)
        presence.seen()
    assert over_after(presence, clock, AFTER_BREAK)


def test_a_page_without_a_line_may_go_as_well(presence, clock):
    presence.seen()
    presence.leave()
    assert over_after(presence, clock, AFTER_LEAVE)


def test_not_every_tab_holds_a_line(presence):
    held = [presence.line() for _ in range(MOST_LINES)]
    for line in held:
        assert presence.has_room
        line.__enter__()
    assert not presence.has_room
    held[0].__exit__(None, None, None)
    assert presence.has_room
