// Gin's logger and recovery.
package main

import (
	"net/http/httptest"
	"os"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	gin.DisableConsoleColor()
	gin.DefaultWriter = os.Stdout
	gin.DefaultErrorWriter = os.Stdout
	app := gin.Default()
	app.GET("/cart", func(c *gin.Context) { c.String(200, "ok") })
	app.GET("/fail", func(c *gin.Context) { panic("no cart") })
	for _, path := range []string{"/cart?x=1", "/nothing", "/fail"} {
		app.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
}
