// The line kernel: one pass over one log line finds where its strings are and where redaction must look.
// Pure functions on bytes: no allocation, no globals but the choice of instruction set, lengths always passed.
#ifndef MARTLET_SCAN_H
#define MARTLET_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Bytes that must be readable (their values do not matter) behind every line handed to the kernel.
#define MARTLET_SCAN_SLACK 64
// The longest literal anchor.
#define MARTLET_LITERAL_MAX 32

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

// Forms of digits and letters that are candidates by their shape. A "left edge" is a byte behind no letter or
// digit, or behind an escape: `\n`, `%3D`, a terminal colour. "sep" is a space or a dash.
enum {
    MARTLET_SHAPE_AT = 1,            // @, then a letter or digit; behind no blank, quote or angle bracket
    MARTLET_SHAPE_LONG_DIGITS = 2,   // edge, not behind a dot: 12 to 19 digits that long_run_is_wanted lets through
    MARTLET_SHAPE_CARD_GROUPS = 4,   // edge: dddd sep dddd sep dddd, dddd sep dddddd sep dddd
    MARTLET_SHAPE_SSN = 8,           // edge: ddd sep dd sep dddd
    MARTLET_SHAPE_IBAN = 16,         // edge: UUdd, then a digit, capital or sep
    MARTLET_SHAPE_NATIONAL = 32,     // edge: the dotted, dashed and lettered national ids (see scan_scalar.c)
    MARTLET_SHAPE_NETWORK = 64,      // public IPv4 (first dot), IPv6 (first colon), MAC (first separator)
    MARTLET_SHAPE_PHONE_GROUPS = 128 // edge: ddd sep ddd sep dddd, also with dots; ddd) ddd
};

enum {
    MARTLET_LITERAL_FOLD = 1,  // ASCII letters of the literal match in both cases
    MARTLET_LITERAL_EDGE = 2,  // only at a left edge
};

// A literal anchor of 2 to MARTLET_LITERAL_MAX bytes; its first three bytes should be rare in logs.
typedef struct {
    const uint8_t *bytes;
    uint8_t count;
    uint8_t flags;  // MARTLET_LITERAL_*
    uint8_t word_bytes;  // so many letters, digits, dashes and underscores must stand behind it; at most 16
} martlet_literal;

// The ends of keys: the last three bytes before a `=` or `:`, the third of them a letter; cases are alike, and so is
// all that is no letter. The set has a bit for each number that martlet_key_ending gives.
enum { MARTLET_KEY_ENDINGS = 1 << 15 };
uint32_t martlet_key_ending(uint8_t first, uint8_t second, uint8_t third);

// What the kernel looks for besides quotes; built once from the detectors' anchors, then immutable.
typedef struct martlet_scan_tables martlet_scan_tables;

// Builds tables for at most 4,000 literals, the MARTLET_SHAPE_* in `shapes`, and the keys whose ends are in
// `key_endings` (MARTLET_KEY_ENDINGS bits, or NULL for none); NULL when a literal has a wrong length, there are too
// many, or memory is short.
martlet_scan_tables *martlet_scan_tables_make(const martlet_literal *literals, size_t count, uint32_t shapes,
                                              const uint8_t *key_endings);
void martlet_scan_tables_free(martlet_scan_tables *tables);

// Scans `count` bytes at `line` (MARTLET_SCAN_SLACK more are readable; count < 2^31).
// `quotes`: offsets of the double quotes that no backslash escapes (backslash runs counted over the whole line).
// `candidates`: ascending offsets at which some detector must look: the first byte of a literal anchor (checked
// in full) or of a digit shape, the operator behind a key.
// Both arrays hold at least `count + 64` entries. `tables` may be NULL: then no candidates are sought.
void martlet_scan_line(const martlet_scan_tables *tables, const uint8_t *line, size_t count,
                       uint32_t *quotes, uint32_t *candidates, martlet_line_index *out);

// The same by the plainest possible loops: the oracle of the tests, and the fallback of unknown processors.
void martlet_scan_line_scalar(const martlet_scan_tables *tables, const uint8_t *line, size_t count,
                              uint32_t *quotes, uint32_t *candidates, martlet_line_index *out);

enum {
    MARTLET_TEXT_SIGN = 1,   // one of : = [
    MARTLET_TEXT_UPPER = 2,  // a letter A…Z
};

// Which of the bytes that give a line of text some structure it holds: MARTLET_TEXT_*.
uint32_t martlet_text_classes(const uint8_t *line, size_t count);

// Indices of the literals that stand at `offset` (edges checked), at most `limit`; returns how many.
size_t martlet_scan_literals_at(const martlet_scan_tables *tables, const uint8_t *line, size_t count, size_t offset,
                                uint16_t *literals, size_t limit);

// Whether a key of the tables ends right before `offset`.
bool martlet_scan_key_ends_at(const martlet_scan_tables *tables, const uint8_t *line, size_t count, size_t offset);

// The public IPv4 address whose first dot is at `dot`: its length, and in `start` where it begins; 0 where there is
// none, or a private, loopback, link-local, multicast or documentation one.
size_t martlet_public_ipv4(const uint8_t *text, size_t count, size_t dot, size_t *start);

// The share of positions of ordinary log text that reach the exact check, by the byte histogram the literals were
// grouped with; for the bench and for the load-time warning about costly anchors.
double martlet_scan_tables_expected_hits(const martlet_scan_tables *tables);

typedef enum { MARTLET_KERNEL_SCALAR, MARTLET_KERNEL_SSSE3, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_AVX512, MARTLET_KERNEL_NEON } martlet_kernel;

// The instruction set that martlet_scan_line uses: the best of this processor, or what the environment variable
// MARTLET_KERNEL (scalar, ssse3, avx2, avx512, neon) names, if the processor has it.
martlet_kernel martlet_scan_chosen_kernel(void);
// Scans with the given kernel; false when this processor does not have it.
bool martlet_scan_line_with(martlet_kernel kernel, const martlet_scan_tables *tables, const uint8_t *line,
                            size_t count, uint32_t *quotes, uint32_t *candidates, martlet_line_index *out);

#ifdef __cplusplus
}
#endif
#endif
