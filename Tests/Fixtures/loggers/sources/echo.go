// Echo's request logger (JSON) and its own logger.
package main

import (
	"net/http/httptest"
	"os"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	app := echo.New()
	app.Logger.SetOutput(os.Stdout)
	app.Use(middleware.LoggerWithConfig(middleware.LoggerConfig{Output: os.Stdout}), middleware.RequestID())
	app.GET("/cart", func(c echo.Context) error { return c.String(200, "ok") })
	for _, path := range []string{"/cart?x=1", "/nothing"} {
		app.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	app.Logger.Error("payment failed")
}
