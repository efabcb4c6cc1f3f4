// JSON string escaping (RFC 8259, section 7) at memory speed; see martlet_inline.h for numbers.
#ifndef MARTLET_ESCAPE_H
#define MARTLET_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Writes the `count` bytes at `in` to `out` as the inside of a JSON string: `"` and `\` get a backslash, bytes
// below 0x20 become \n, \r, \t or \u00XX. Returns the bytes written, at most 6 * count.
// `out` has room for 6 * count + 32 bytes; 16 bytes behind `in` are readable.
size_t martlet_json_escape(uint8_t *out, const uint8_t *in, size_t count);

// The same by the plain loop: oracle and fallback.
size_t martlet_json_escape_scalar(uint8_t *out, const uint8_t *in, size_t count);

#ifdef __cplusplus
}
#endif
#endif
