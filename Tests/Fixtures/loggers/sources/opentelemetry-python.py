"""OpenTelemetry's log correlation for Python's logging."""
import logging, sys

sys.stderr = sys.stdout
from opentelemetry import trace
from opentelemetry.instrumentation.logging import LoggingInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.id_generator import IdGenerator


class Fixed(IdGenerator):
    def generate_span_id(self):
        return 0x00F067AA0BA902B7

    def generate_trace_id(self):
        return 0x4BF92F3577B34DA6A3CE929D0E0E4736


trace.set_tracer_provider(TracerProvider(id_generator=Fixed()))
LoggingInstrumentor().instrument(set_logging_format=True)
logging.getLogger("shop").setLevel(logging.INFO)
with trace.get_tracer("shop").start_as_current_span("cart"):
    logging.getLogger("shop").info("added 3 items")
    logging.getLogger("shop").error("payment failed")
