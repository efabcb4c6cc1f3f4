"""Django's development server: a request, a missing page, an exception."""
import os, sys, threading, time, urllib.request, urllib.error

sys.path.pop(0)  # this file has the name of the package
sys.stderr = sys.stdout
import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

settings.configure(DEBUG=True, ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], SECRET_KEY="x")
django.setup()
from django.core.servers.basehttp import WSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


def cart(request):
    return HttpResponse("ok")


def fail(request):
    raise RuntimeError("no cart")


urlpatterns = [path("cart", cart), path("fail", fail)]
server = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
server.set_app(get_wsgi_application())
threading.Thread(target=server.serve_forever, daemon=True).start()
for target in ["/cart?x=1", "/nothing", "/fail"]:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{target}").read()
    except urllib.error.HTTPError:
        pass
server.shutdown()
