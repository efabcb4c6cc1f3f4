"""Flask's development server: a request, a missing page, an exception."""
import logging, sys, threading, time, urllib.request, urllib.error
from flask import Flask
from werkzeug.serving import make_server

sys.stderr = sys.stdout
app = Flask("shop")


@app.get("/cart")
def cart():
    return "ok"


@app.get("/fail")
def fail():
    raise RuntimeError("no cart")


logging.getLogger("werkzeug").setLevel(logging.INFO)
server = make_server("127.0.0.1", 0, app)
threading.Thread(target=server.serve_forever, daemon=True).start()
for path in ["/cart?x=1", "/nothing", "/fail"]:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}").read()
    except urllib.error.HTTPError:
        pass
server.shutdown()
