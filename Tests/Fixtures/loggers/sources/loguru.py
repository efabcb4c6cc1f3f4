"""loguru as it is out of the box, without colours."""
import sys
from loguru import logger

logger.remove()
logger.add(sys.stdout, colorize=False, diagnose=False)
logger.info("added {} items", 3)
logger.success("order placed")
logger.error("payment failed")


@logger.catch
def pay():
    return {}["cart"]


pay()
