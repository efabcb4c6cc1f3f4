// The line kernel: one pass over one log line finds where its strings are and where redaction must look.
// Pure functions on bytes: no allocation, no globals but the choice of instruction set, lengths always passed.
#ifndef MARTLET_SCAN_H
#define MARTLET_SCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Bytes that must be readable (their values do not matter) behind every line handed to the kernel.
#define MARTLET_SCAN_SLACK 64

enum {
    MARTLET_LINE_BACKSLASH = 1,  // the line holds at least one backslash
    MARTLET_LINE_CONTROL = 2,    // … one byte below 0x20
    MARTLET_LINE_NON_ASCII = 4,  // … one byte at or above 0x80
};

typedef struct {
    uint32_t quote_count;      // entries written to `quotes`
    uint32_t candidate_count;  // entries written to `candidates`
    uint32_t flags;            // MARTLET_LINE_*
} martlet_line_index;

// What the kernel looks for besides quotes; built once from the detectors' anchors, then immutable.
typedef struct martlet_scan_tables martlet_scan_tables;

// Scans `count` bytes at `line` (MARTLET_SCAN_SLACK more are readable).
// `quotes`: offsets of the double quotes that no backslash escapes (backslash runs counted over the whole line).
// `candidates`: ascending offsets at which some detector must look: the first byte of a literal anchor or of a
// digit shape. Every true anchor is reported; a few false ones may be.
// Both arrays hold at least `count + 64` entries. `tables` may be NULL: then no candidates are sought.
void martlet_scan_line(const martlet_scan_tables *tables, const uint8_t *line, size_t count,
                       uint32_t *quotes, uint32_t *candidates, martlet_line_index *out);

// The same by the plainest possible loops: the oracle of the tests, and the fallback of unknown processors.
void martlet_scan_line_scalar(const martlet_scan_tables *tables, const uint8_t *line, size_t count,
                              uint32_t *quotes, uint32_t *candidates, martlet_line_index *out);

#ifdef __cplusplus
}
#endif
#endif
