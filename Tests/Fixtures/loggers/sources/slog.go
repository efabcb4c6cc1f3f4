// slog's two handlers (golang.org/x/exp/slog, which became log/slog).
package main

import (
	"errors"
	"os"
	"time"

	"golang.org/x/exp/slog"
)

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stdout))
	log.Info("request done", "method", "GET", "path", "/cart", "status", 200, "duration", 12500*time.Microsecond)
	log.Error("payment failed", errors.New("card declined"))
	text := slog.New(slog.NewTextHandler(os.Stdout))
	text.Info("request done", "method", "GET", "path", "/cart", "status", 200, "duration", 12500*time.Microsecond)
	text.Warn("nearly full", "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
}
