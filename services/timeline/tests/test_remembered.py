"""Answers are kept while nothing new is known, and no longer; parts of them, while nothing new is about them."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.timeline.remembered import MOST_PARTS, MOST_WANTED, Remembered, State, question

CLOCK = itertools.count()


def state(revision, model=1, life=0):
    """Read now."""
    return State(model, life, revision, unseen=str(100 + revision), read_at=next(CLOCK))


class Asked:
    """A read model that counts how often it is asked."""

    def __init__(self, rows=1):
        self.times, self._rows = 0, rows

    def __call__(self):
        self.times += 1
        return [{"answer": self.times}] * self._rows


def test_a_question_is_asked_once_in_each_state():
    remembered, asked = Remembered(), Asked()
    assert [remembered.get(state(1), "q", asked) for _ in range(3)] == [[{"answer": 1}]] * 3
    assert remembered.get(state(2), "q", asked) == [{"answer": 2}], "something was written"
    assert remembered.get(state(2, model=2), "q", asked) == [{"answer": 3}], "another schema took its place"
    assert remembered.get(state(2, life=1), "q", asked) == [{"answer": 4}], "the server may have forgotten revisions"


def test_an_answer_that_took_longer_than_its_state_lasted_is_not_one_of_the_next():
    remembered, later = Remembered(), Asked()

    def slow():
        remembered.get(state(2), "another", Asked())  # somebody else, who saw the next state
        return [{"answer": "old"}]

    assert remembered.get(state(1), "q", slow) == [{"answer": "old"}]
    assert remembered.get(state(2), "q", later) == [{"answer": 1}]


def test_a_long_download_and_those_who_see_the_next_state_do_not_make_each_other_ask_again():
    remembered, before, after = Remembered(), Asked(), Asked()
    for _ in range(3):
        remembered.get(state(1), "q", before)
        remembered.get(state(2), "q", after)
    assert (before.times, after.times) == (1, 1)
    for revision in (3, 4):
        remembered.get(state(revision), "q", Asked())
    remembered.get(state(1), "q", before)
    assert before.times == 2, "only two states are kept"


def test_nothing_is_an_answer_too():
    remembered, asked = Remembered(), Asked(rows=0)
    assert remembered.get(state(1), "q", asked) == remembered.get(state(1), "q", asked) == []
    assert asked.times == 1


def test_what_was_not_asked_for_the_longest_is_forgotten_first():
    remembered, asked = Remembered(largest=35), {name: Asked(rows=10) for name in "abcd"}
    for name in "abcabd":
        remembered.get(state(1), name, asked[name])
    assert {name: one.times for name, one in asked.items()} == {"a": 1, "b": 1, "c": 1, "d": 1}
    for name in "abdc":
        remembered.get(state(1), name, asked[name])
    assert {name: one.times for name, one in asked.items()} == {"a": 1, "b": 1, "c": 2, "d": 1}


def test_an_answer_larger_than_all_is_not_kept():
    remembered, asked = Remembered(largest=5), Asked(rows=10)
    assert len(remembered.get(state(1), "q", asked)) == len(remembered.get(state(1), "q", asked)) == 10
    assert asked.times == 2


def test_questions_differ_by_their_words_and_by_what_is_filled_in():
    assert question("q", {"a": [1, 2], "b": None}) == question("q", {"a": [1, 2], "b": None})
    assert len({question("q", {"a": [1]}), question("q", {"a": [2]}), question("p", {"a": [1]})}) == 3


class AskedInParts:
    """Goals a, b, c, of which something was written since a transaction; it says what it was asked for."""

    def __init__(self, known="abc"):
        self.times, self.asked, self.written, self.known = 0, [], {}, known

    def touched(self, before):
        return {goal for goal, transaction in self.written.items() if transaction >= int(before.since)}

    def everything(self):
        return self._answer(None, self.known)

    def some(self, goals, _before):
        return self._answer(sorted(goals), goals)

    def _answer(self, asked, goals):
        self.times += 1
        self.asked.append(asked)
        return {goal: self.times for goal in goals if goal in self.known}


def in_parts(remembered, state_, question_, goals, wanted=None):
    return remembered.in_parts(state_, question_, goals.touched, goals.some, wanted=wanted, everything=goals.everything)


def test_of_an_answer_in_parts_only_what_was_touched_is_asked_anew():
    remembered, goals = Remembered(), AskedInParts()

    def answer(state_):
        return in_parts(remembered, state_, "q", goals)

    assert answer(state(1)) == answer(state(1)) == {"a": 1, "b": 1, "c": 1}
    assert answer(state(2)) == {"a": 1, "b": 1, "c": 1}, "what was written was about something else"
    goals.written = {"b": 102}
    assert answer(state(3)) == {"a": 1, "b": 2, "c": 1}
    goals.written = {"b": 102, "c": 103, "d": 103}
    assert answer(state(4)) == {"a": 1, "b": 2, "c": 3}, "d has no part any more"
    assert answer(state(5, model=2)) == {"a": 4, "b": 4, "c": 4}, "another schema took its place"
    assert answer(state(4, model=2)) == {"a": 5, "b": 5, "c": 5}, "a database was put back"
    assert goals.asked == [None, ["b"], ["c", "d"], None, None]


def test_a_request_of_an_older_state_gets_what_is_newer_and_leaves_it():
    remembered, goals = Remembered(), AskedInParts()
    older, newer = state(1), state(2)
    assert in_parts(remembered, newer, "q", goals) == in_parts(remembered, older, "q", goals)
    assert in_parts(remembered, older, "q", goals, wanted=["a", "d"]) == {"a": 1, "b": 1, "c": 1}
    assert in_parts(remembered, newer, "q", goals) == {"a": 1, "b": 1, "c": 1}
    assert goals.asked == [None, ["d"]], "d has no part"


def test_what_an_older_state_asked_for_is_asked_again_when_something_was_written_about_it():
    """It may have been made of what that state knew, as the moves of a gap are of who works when."""
    remembered, goals = Remembered(), AskedInParts()
    older, newer = state(1), state(2)
    in_parts(remembered, newer, "q", goals, wanted=["a"])
    goals.written = {"b": 101}
    in_parts(remembered, older, "q", goals, wanted=["b"])
    assert in_parts(remembered, newer, "q", goals, wanted=["a", "b"]) == {"a": 1, "b": 3}
    assert goals.asked == [["a"], ["b"], ["b"]]


def test_threads_that_ask_for_everything_wait_for_the_first_of_them():
    remembered, goals, began, go_on = Remembered(), AskedInParts(), threading.Barrier(4), threading.Event()
    everything = goals.everything

    def slowly():
        go_on.wait(10)
        return everything()

    goals.everything = slowly

    def ask():
        of = state(1)
        began.wait(10)
        return in_parts(remembered, of, "q", goals)

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask) for _ in range(3)]
        began.wait(10)
        go_on.set()
        assert [one.result(10) for one in asked] == [{"a": 1, "b": 1, "c": 1}] * 3
    assert goals.asked == [None]


def test_threads_do_not_wait_for_ever_for_one_that_gets_no_answer(monkeypatch):
    monkeypatch.setattr("services.timeline.remembered.PATIENCE", 0.2)
    remembered, goals, stuck, end = Remembered(), AskedInParts(), threading.Event(), threading.Event()

    def never():
        stuck.set()
        end.wait(30)
        return {}

    with ThreadPoolExecutor(1) as pool:
        pool.submit(remembered.in_parts, state(1), "q", goals.touched, goals.some, everything=never)
        assert stuck.wait(10)
        for revision in (1, 2):
            assert in_parts(remembered, state(revision), "q", goals)
        end.set()
    assert goals.asked == [None], "what one asked for who did not wait is kept"


def test_transactions_of_another_life_of_the_server_have_no_order_with_those_before():
    remembered, goals = Remembered(), AskedInParts()
    for life in (0, 1, 1):
        in_parts(remembered, state(1, life=life), "q", goals)
    assert goals.asked == [None, None]


def test_whoever_fails_lets_the_next_one_ask():
    remembered, goals = Remembered(), AskedInParts()
    with pytest.raises(ZeroDivisionError):
        remembered.in_parts(state(1), "q", goals.touched, goals.some, everything=lambda: 1 // 0)
    assert in_parts(remembered, state(1), "q", goals) == {"a": 1, "b": 1, "c": 1}


def test_answers_in_parts_that_were_not_asked_for_the_longest_are_forgotten():
    remembered, goals = Remembered(), AskedInParts()
    fit = MOST_PARTS // 4
    for number in [*range(fit + 1), fit, 0]:
        in_parts(remembered, state(1), number, goals)
    assert goals.times == fit + 2


def test_what_takes_no_room_stays_whatever_else_is_asked():
    """Who works when, known now: whoever asked for it next would wait for everybody to be read."""
    remembered, now, then = Remembered(), AskedInParts(), AskedInParts(range(MOST_PARTS // 3))
    for number in range(9):
        for goals, of, size in ((now, "now", lambda _: None), (then, f"known on {number}", len)):
            remembered.in_parts(state(1), of, goals.touched, goals.some, everything=goals.everything, size=size)
    assert now.asked == [None]
    for number in range(9, 18):
        in_parts(remembered, state(1), f"known on {number}", then)
    remembered.in_parts(state(1), "now", now.touched, now.some, everything=now.everything, size=lambda _: None)
    assert now.asked == [None]
    assert len(remembered._in_parts) == 3


def test_answers_without_a_part_are_forgotten_too():
    remembered, nothing = Remembered(), AskedInParts(known="")
    for number in [*range(MOST_PARTS + 1), MOST_PARTS, 0]:
        in_parts(remembered, state(1), number, nothing)
    assert nothing.times == MOST_PARTS + 2


def test_an_answer_of_very_many_parts_is_not_kept_and_leaves_the_others():
    remembered, goals, many = Remembered(), AskedInParts(), AskedInParts(range(MOST_PARTS + 1))
    for _ in range(2):
        in_parts(remembered, state(1), "q", goals)
        assert len(in_parts(remembered, state(1), "many", many)) == MOST_PARTS + 1
    assert (goals.times, many.times) == (1, 2)


def test_of_an_answer_in_parts_what_is_wanted_is_asked_for_once_until_it_is_touched():
    remembered, goals = Remembered(), AskedInParts()

    def answer(state_, *wanted):
        return {**in_parts(remembered, state_, "q", goals, wanted)}

    assert answer(state(1), "a") == {"a": 1}
    assert answer(state(1), "a", "b") == {"a": 1, "b": 2}, "in one state too"
    goals.written = {"a": 102}
    assert answer(state(2), "b") == {"b": 2}, "what was touched is forgotten, and asked for when it is wanted"
    assert answer(state(2), "a", "b") == {"a": 3, "b": 2}
    assert answer(state(3, model=2), "b") == {"b": 4}
    assert goals.asked == [["a"], ["b"], ["a"], ["b"]]


def test_an_answer_of_very_many_rows_is_not_kept_and_leaves_the_others():
    remembered, asked = Remembered(largest=9), []

    def ask(rows):
        asked.append(len(rows))
        return rows

    for rows in ([1], [1] * 9, [1] * 9, [1]):
        remembered.get(state(1), len(rows), lambda rows=rows: ask(rows))
        remembered.lasting({"a": len(rows)}, lambda _, rows=rows: {"a": ask(rows)})
    assert asked == [1, 1, 9, 9, 9, 9]
    remembered.lasting({"a": "of weight"}, lambda _: {"a": ask([1] * 90)}, size=lambda rows: len(rows) // 10 - 1)
    assert len(remembered.lasting({"a": "of weight"}, lambda _: {"a": ask([])})[0]) == 90


def test_of_very_many_that_were_wanted_the_last_ones_are_kept():
    remembered, goals = Remembered(), AskedInParts(range(MOST_WANTED + 2))
    for wanted in (range(MOST_WANTED), range(9), [MOST_WANTED, 9], [MOST_WANTED, 9], [1]):
        assert in_parts(remembered, state(1), "q", goals, wanted).keys() >= {*wanted}
    assert [len(asked) for asked in goals.asked] == [MOST_WANTED, 1, 1]


def test_what_is_right_for_ever_is_asked_for_once_and_together():
    remembered, asked = Remembered(), []

    def ask(places):
        asked.append(places)
        return {place: [{"answer": place}] for place in places}

    assert remembered.lasting({"a": "qa", "b": "qb"}, ask) == [[{"answer": "a"}], [{"answer": "b"}]]
    assert remembered.lasting({"b": "qb", "c": "qc", "a": "qa"}, ask) == [[{"answer": place}] for place in "bca"]
    assert remembered.lasting({"a": "qa of another state"}, ask) == [[{"answer": "a"}]]
    assert asked == [["a", "b"], ["c"], ["a"]]
