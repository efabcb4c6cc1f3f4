// net/http: a handler that panics; the server recovers and logs.
package main

import (
	"log"
	"net/http"
	"net/http/httptest"
)

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic("no cart") }))
	http.Get(server.URL + "/cart")
	log.Println("stopped")
}
