"""What can go wrong on somebody's machine, said so that they can mend it."""


class StackError(Exception):
    """`problem` says what is wrong, `remedy` what to do about it; each is a sentence."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy
