// zap's production logger, and its development logger on a console.
package main

import (
	"errors"
	"os"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	production := zap.NewProductionEncoderConfig()
	log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(production), zapcore.Lock(os.Stdout), zap.InfoLevel), zap.AddCaller(), zap.AddStacktrace(zap.ErrorLevel))
	log.Info("request done", zap.String("method", "GET"), zap.String("path", "/cart"), zap.Int("status", 200), zap.Duration("duration", 12500*time.Microsecond))
	log.Error("payment failed", zap.Error(errors.New("card declined")))
	log.DPanic("no cart")
}
