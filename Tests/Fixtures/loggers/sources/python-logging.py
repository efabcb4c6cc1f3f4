"""Python's logging with the formats that its documentation shows."""
import logging, sys

logging.basicConfig(
    stream=sys.stdout, level=logging.DEBUG, format="%(asctime)s - %(name)s - %(levelname)s - %(message)s")
log = logging.getLogger("shop.cart")
log.info("added %d items to the cart", 3)
log.error("payment failed: %s", "card declined")
try:
    {}["cart"]
except KeyError:
    log.exception("cannot show cart")
