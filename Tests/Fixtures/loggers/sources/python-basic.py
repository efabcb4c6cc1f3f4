"""Python's logging as basicConfig leaves it, and an uncaught exception."""
import logging, sys

logging.basicConfig(stream=sys.stdout, level=logging.INFO)
logging.getLogger("shop.cart").warning("cart is nearly full")
logging.error("payment failed")
sys.stdout.flush()
sys.stderr = sys.stdout


def pay(amount):
    try:
        return 1 / amount
    except ZeroDivisionError as error:
        raise ValueError("no amount") from error


pay(0)
