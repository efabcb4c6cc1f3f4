"""uvicorn: started, one request, one that fails, stopped. Prints to stdout and stderr, joined."""
import asyncio, sys, threading, time, urllib.request, urllib.error, uvicorn

sys.stderr = sys.stdout


async def app(scope, receive, send):
    if scope["path"] == "/fail":
        raise RuntimeError("no cart")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", use_colors=False)
config.log_config["handlers"]["default"]["stream"] = "ext://sys.stdout"
config.configure_logging()
server = uvicorn.Server(config)
thread = threading.Thread(target=server.run)
thread.start()
while not server.started:
    time.sleep(0.05)
port = server.servers[0].sockets[0].getsockname()[1]
urllib.request.urlopen(f"http://127.0.0.1:{port}/cart?x=1").read()
try:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/fail").read()
except urllib.error.HTTPError:
    pass
server.should_exit = True
thread.join()
