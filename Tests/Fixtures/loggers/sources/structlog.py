"""structlog's JSON renderer."""
import structlog

structlog.configure(processors=[
    structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
log = structlog.get_logger()
log.info("request done", method="POST", path="/orders", status=201, request_id="req-8f14e45f", duration=0.0125)
log.error("payment failed", code="declined")
try:
    {}["cart"]
except KeyError:
    log.exception("cannot show cart")
