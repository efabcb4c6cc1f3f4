// go-kit's logfmt and JSON, as Prometheus used them.
package main

import (
	"os"

	"github.com/go-kit/log"
	"github.com/go-kit/log/level"
)

func main() {
	logfmt := log.With(log.NewLogfmtLogger(os.Stdout), "ts", log.DefaultTimestampUTC, "caller", log.DefaultCaller)
	level.Info(logfmt).Log("msg", "request done", "method", "GET", "path", "/cart", "status", 200, "duration", "12.5ms")
	level.Error(logfmt).Log("msg", "payment failed", "err", "card declined")
	json := log.With(log.NewJSONLogger(os.Stdout), "ts", log.DefaultTimestampUTC, "caller", log.DefaultCaller)
	level.Warn(json).Log("msg", "nearly full")
}
