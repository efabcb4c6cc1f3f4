// What the benchmarks compare with: simdjson's DOM parser, and zlib at level 1.
#ifndef MARTLET_REFERENCE_H
#define MARTLET_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Parses newline-separated documents with simdjson's DOM `parse_many`; returns how many parsed.
size_t reference_simdjson(const uint8_t *bytes, size_t count);
// Compresses with zlib level 1; returns the compressed length.
size_t reference_zlib(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif
#endif
