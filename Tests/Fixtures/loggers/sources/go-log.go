// Go's log package, and a panic that nobody recovers.
package main

import (
	"log"
	"os"
)

type cart struct{ items map[string]int }

func (c *cart) add(name string) { c.items[name]++ }

func main() {
	log.SetOutput(os.Stderr)
	log.Println("listening on :8080")
	log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.Lshortfile)
	log.Println("payment failed")
	(&cart{}).add("book")
}
