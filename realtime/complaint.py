"""One line in the log for each class of error and minute, however many people run into it."""

import logging
import time

log = logging.getLogger("realtime")

QUIET_SECONDS = 60.0


class Complaints:
    def __init__(self) -> None:
        self._noted: dict[tuple[str, type[BaseException]], float] = {}

    def note(self, what: str, error: BaseException) -> None:
        """Say what is broken, unless the same was said within the last minute."""
        now, key = time.monotonic(), (what, type(error))
        if now - self._noted.get(key, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._noted[key] = now
            log.error("%s is broken", what, exc_info=error)
