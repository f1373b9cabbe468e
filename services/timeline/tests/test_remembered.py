"""Answers are kept while nothing new is known, and no longer."""

from services.timeline.remembered import Remembered, question


class Asked:
    """A read model that counts how often it is asked."""

    def __init__(self, rows=1):
        self.times, self._rows = 0, rows

    def __call__(self):
        self.times += 1
        return [{"answer": self.times}] * self._rows


def test_a_question_is_asked_once_in_each_state():
    remembered, asked = Remembered(), Asked()
    assert [remembered.get((1, 1), "q", asked) for _ in range(3)] == [[{"answer": 1}]] * 3
    assert remembered.get((1, 2), "q", asked) == [{"answer": 2}], "something was written"
    assert remembered.get((2, 2), "q", asked) == [{"answer": 3}], "another schema took its place"


def test_an_answer_that_took_longer_than_its_state_lasted_is_given_and_not_kept():
    remembered, later = Remembered(), Asked()

    def slow():
        remembered.get((1, 2), "another", Asked())  # somebody else, who saw the next state
        return [{"answer": "old"}]

    assert remembered.get((1, 1), "q", slow) == [{"answer": "old"}]
    assert remembered.get((1, 2), "q", later) == [{"answer": 1}]


def test_nothing_is_an_answer_too():
    remembered, asked = Remembered(), Asked(rows=0)
    assert remembered.get((1,), "q", asked) == remembered.get((1,), "q", asked) == []
    assert asked.times == 1


def test_what_was_not_asked_for_the_longest_is_forgotten_first():
    remembered, asked = Remembered(largest=35), {name: Asked(rows=10) for name in "abcd"}
    for name in "abcabd":
        remembered.get((1,), name, asked[name])
    assert {name: one.times for name, one in asked.items()} == {"a": 1, "b": 1, "c": 1, "d": 1}
    for name in "abdc":
        remembered.get((1,), name, asked[name])
    assert {name: one.times for name, one in asked.items()} == {"a": 1, "b": 1, "c": 2, "d": 1}


def test_an_answer_larger_than_all_is_not_kept():
    remembered, asked = Remembered(largest=5), Asked(rows=10)
    assert len(remembered.get((1,), "q", asked)) == len(remembered.get((1,), "q", asked)) == 10
    assert asked.times == 2


def test_questions_differ_by_their_words_and_by_what_is_filled_in():
    assert question("q", {"a": [1, 2], "b": None}) == question("q", {"a": [1, 2], "b": None})
    assert len({question("q", {"a": [1]}), question("q", {"a": [2]}), question("p", {"a": [1]})}) == 3
