"""gunicorn: started, a request, one that fails, stopped. Run by gunicorn with --access-logfile -."""


def app(environ, start_response):
    if environ["PATH_INFO"] == "/fail":
        raise RuntimeError("no cart")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
