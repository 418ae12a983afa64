import signal
import threading
import time

import pytest

from kjreport.load import LoadError
from kjreport.load.limits import check_time, time_limit


def test_an_inner_limit_may_be_longer() -> None:
    with time_limit(0.05), time_limit(5):
        time.sleep(0.2)
        check_time()


def test_the_alarm_is_given_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(LoadError, match=r"Limits\.seconds"), time_limit(0.05):
        time.sleep(2)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_alarm_of_the_program_is_left_alone() -> None:
    mine = signal.signal(signal.SIGALRM, lambda *_: None)
    try:
        with time_limit(0.01):
            assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    finally:
        signal.signal(signal.SIGALRM, mine)


def test_threads_are_checked_between_parts() -> None:
    told: list[str] = []

    def run() -> None:
        try:
            with time_limit(0.01):
                time.sleep(0.05)
                check_time()
        except LoadError as error:
            told.append(error.kind)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert told == ["too slow"]
