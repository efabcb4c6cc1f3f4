"""loguru's serialized records."""
import sys
from loguru import logger

logger.remove()
logger.add(sys.stdout, serialize=True)
logger.bind(request_id="req-8f14e45f").info("added {} items", 3)
logger.error("payment failed")
