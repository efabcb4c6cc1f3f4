"""Elastic's ECS formatter for Python."""
import logging, sys, ecs_logging

handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(ecs_logging.StdlibFormatter())
log = logging.getLogger("shop")
log.addHandler(handler)
log.setLevel(logging.INFO)
log.info("request done", extra={
    "http.request.method": "GET", "url.path": "/cart", "http.response.status_code": 503,
    "trace.id": "4bf92f3577b34da6a3ce929d0e0e4736", "event.duration": 12500000})
try:
    {}["cart"]
except KeyError:
    log.exception("cannot show cart")
