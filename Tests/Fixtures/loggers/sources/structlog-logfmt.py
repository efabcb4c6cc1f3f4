"""structlog's logfmt renderer."""
import structlog

structlog.configure(processors=[
    structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])])
log = structlog.get_logger()
log.info("request done", method="GET", path="/cart", status=200, took="12.5ms")
log.critical("out of memory")
