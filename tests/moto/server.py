"""moto on a loopback port, with a lock around its DynamoDB.

moto is an AWS that shares no code with this project. It checks a condition and
writes afterwards, and serves requests on several threads, so two conditional
writes at once may both succeed: of 60 secrets, moto revealed 1 to 6 twice. AWS
does not do that, and moto does not claim to. `test_server.py` shows both.
"""

import collections
import logging
import threading

from moto.core.responses import BaseResponse
from moto.dynamodb.responses import DynamoHandler
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

_table = threading.Lock()
_unlocked = DynamoHandler.call_action


def _locked(handler):
    with _table:
        return _unlocked(handler)


def _counted(calls, carry_out):
    def call_action(handler):
        calls[f"{handler.service_name}:{handler._get_action()}"] += 1
        return carry_out(handler)

    return call_action


class Moto:
    """A running moto; `origin` is where, and `calls` counts its calls by name."""

    def __init__(self, lock_table=True):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.calls = collections.Counter()
        DynamoHandler.call_action = _locked if lock_table else _unlocked
        self._count = BaseResponse.call_action
        BaseResponse.call_action = _counted(self.calls, self._count)
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        self.origin = "http://127.0.0.1:{1}".format(*self._server.get_host_and_port())

    def stop(self):
        self._server.stop()
        BaseResponse.call_action = self._count
