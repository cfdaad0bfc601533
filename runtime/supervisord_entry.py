"""Starts supervisord so that it never outlives the process that started it.

`python -m runtime.supervisord_entry PARENT_PID -c FILE`: supervisord in the foreground; when the parent is
gone, however it ended, supervisord stops its programs in order and ends.
"""

import os
import signal
import sys
import threading
import time

from supervisor import supervisord

CHECK_SECONDS = 0.5


def stop_with(parent: int) -> None:
    """Ask this process to end once `parent` is no longer its parent."""
    while os.getppid() == parent:
        time.sleep(CHECK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=stop_with, args=(int(sys.argv[1]),), daemon=True).start()
    supervisord.main(sys.argv[2:])
