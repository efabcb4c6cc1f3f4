// zerolog's JSON and its console writer.
package main

import (
	"errors"
	"os"
	"time"

	"github.com/rs/zerolog"
)

func main() {
	log := zerolog.New(os.Stdout).With().Timestamp().Logger()
	log.Info().Str("method", "GET").Str("path", "/cart").Int("status", 200).Dur("duration_ms", 12500*time.Microsecond).Msg("request done")
	log.Error().Err(errors.New("card declined")).Msg("payment failed")
	zerolog.TimeFieldFormat = zerolog.TimeFormatUnixMs
	log.Warn().Str("request_id", "req-8f14e45f").Msg("nearly full")
	console := zerolog.New(zerolog.ConsoleWriter{Out: os.Stdout, NoColor: true, TimeFormat: time.RFC3339}).With().Timestamp().Logger()
	console.Info().Str("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736").Msg("on a console")
	log.Panic().Msg("no cart")
}
