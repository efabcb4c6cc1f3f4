// log15's formats.
package main

import (
	"os"

	"github.com/inconshreveable/log15"
)

func main() {
	log := log15.New()
	log.SetHandler(log15.StreamHandler(os.Stdout, log15.LogfmtFormat()))
	log.Info("request done", "method", "GET", "path", "/cart", "status", 200)
	log.Error("payment failed", "err", "card declined")
	log.SetHandler(log15.StreamHandler(os.Stdout, log15.JsonFormat()))
	log.Crit("no cart")
}
