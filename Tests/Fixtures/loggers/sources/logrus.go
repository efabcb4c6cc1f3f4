// logrus as JSON, as text, and as text on a terminal.
package main

import (
	"errors"
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	log := logrus.New()
	log.SetOutput(os.Stdout)
	log.SetFormatter(&logrus.JSONFormatter{})
	log.WithFields(logrus.Fields{"method": "GET", "path": "/cart", "status": 200, "took": "12.5ms"}).Info("request done")
	log.WithError(errors.New("card declined")).Error("payment failed")
	log.SetFormatter(&logrus.TextFormatter{DisableColors: true})
	log.WithField("request_id", "req-8f14e45f").Warn("nearly full")
	log.SetFormatter(&logrus.TextFormatter{ForceColors: true})
	log.WithField("items", 3).Info("on a terminal")
	log.Error("payment failed")
}
