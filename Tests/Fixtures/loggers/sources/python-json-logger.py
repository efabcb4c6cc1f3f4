"""python-json-logger with the fields of its documentation and extra ones."""
import logging, sys
from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
log = logging.getLogger("shop")
log.addHandler(handler)
log.setLevel(logging.INFO)
log.info("request done", extra={
    "http.method": "GET", "http.target": "/cart?x=1", "http.status_code": 200, "duration_ms": 12.5,
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"})
log.error("payment failed")
try:
    {}["cart"]
except KeyError:
    log.exception("cannot show cart")
