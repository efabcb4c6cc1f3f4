// zap's development logger on a console.
package main

import (
	"errors"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	development := zap.NewDevelopmentEncoderConfig()
	log := zap.New(zapcore.NewCore(zapcore.NewConsoleEncoder(development), zapcore.Lock(os.Stdout), zap.DebugLevel), zap.AddCaller(), zap.AddStacktrace(zap.ErrorLevel))
	log.Named("shop").Info("added items", zap.Int("count", 3))
	log.Warn("nearly full")
	log.Error("payment failed", zap.Error(errors.New("card declined")))
}
