// What the instruction-set files share: the tables, the chunk of bitmaps, and the exact checks.
#ifndef MARTLET_SCAN_INTERNAL_H
#define MARTLET_SCAN_INTERNAL_H

#include <string.h>

#include "martlet_scan.h"

// Literals that want a left edge, and those that stand anywhere.
enum { KIND_EDGE, KIND_ANYWHERE, KIND_COUNT };
// Teddy looks at three bytes, and for each kind runs PASSES times over BUCKETS groups of literals.
enum { TEDDY_BYTES = 3, PASSES = 2, BUCKETS = 8, GROUPS = PASSES * BUCKETS };
enum { PREFIX_HASH_BITS = 1 << 16, CHAIN_HEADS = 1024, NO_LITERAL = 0xFFFF };

typedef struct {
    uint8_t value[MARTLET_LITERAL_MAX];
    uint8_t mask[MARTLET_LITERAL_MAX];  // bits that must agree; 0 behind the literal's end
    uint8_t count;
    uint8_t flags;
    uint16_t next;  // in the chain of literals with the same first two (folded) bytes
} literal_row;

struct martlet_scan_tables {
    // For a byte at position i of a literal: the buckets that its low and its high half may belong to. Held twice,
    // for vectors of two 16-byte lanes.
    uint8_t low[KIND_COUNT][PASSES][TEDDY_BYTES][32];
    uint8_t high[KIND_COUNT][PASSES][TEDDY_BYTES][32];
    // The same for whole bytes (their low seven bits), for instruction sets that look up 128 of them.
    uint8_t whole[KIND_COUNT][PASSES][TEDDY_BYTES][128];
    uint32_t shapes;
    uint32_t literal_count;
    double expected_hits;
    uint8_t prefix_hash[PREFIX_HASH_BITS / 8];  // first three bytes, hashed
    uint8_t pairs[PREFIX_HASH_BITS / 8];        // literals of two bytes, exactly
    uint16_t heads[CHAIN_HEADS];
    literal_row rows[];
};

// A tables value that finds nothing, for calls with tables == NULL.
extern const martlet_scan_tables martlet_scan_no_tables;

static inline uint32_t prefix_of(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static inline uint32_t prefix_hash(uint32_t prefix) { return (prefix * 0x9E3779B1u) >> 16; }

static inline bool prefix_may_start_literal(const martlet_scan_tables *t, const uint8_t *p) {
    uint32_t prefix = prefix_of(p), h = prefix_hash(prefix), pair = prefix & 0xFFFF;
    return (t->prefix_hash[h >> 3] >> (h & 7) | t->pairs[pair >> 3] >> (pair & 7)) & 1;
}

static inline uint32_t chain_of(const uint8_t *p) {
    uint32_t folded = ((uint32_t)p[0] | 0x20) | ((uint32_t)p[1] | 0x20) << 8;
    return (folded * 0x9E3779B1u) >> 22;
}

static inline bool is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }
static inline bool is_upper(uint8_t c) { return (uint8_t)(c - 'A') < 26; }
static inline bool is_alnum(uint8_t c) { return is_digit(c) || (uint8_t)((c | 0x20) - 'a') < 26; }

// The byte at `i`, or 0 outside the line.
static inline uint8_t byte_at(const uint8_t *line, size_t count, size_t i) { return i < count ? line[i] : 0; }

// Whether a terminal colour ends right before `at`: ESC [ digits and semicolons m, the ESC as a byte or as one of
// `\e`, `\033`, `\x1b`, `\u001b`.
static inline bool is_behind_colour(const uint8_t *line, size_t at) {
    if (at < 3 || line[at - 1] != 'm') return false;
    size_t i = at - 1, first = at > 16 ? at - 16 : 0;
    while (i > first && (is_digit(line[i - 1]) || line[i - 1] == ';')) i--;
    if (i < 2 || line[i - 1] != '[') return false;
    if (line[i - 2] == 0x1B) return true;
    for (size_t back = 3; back <= 7 && back <= i; back++)
        if (line[i - back] == '\\') return true;
    return false;
}

// A left edge: behind no letter or digit, or behind `\n` and its like, `%3D`, or a terminal colour.
// The vector kernels rely on this: an edge behind a letter or digit has a backslash, a percent sign or a control
// character less than 64 bytes before it.
static inline bool has_left_edge(const uint8_t *line, size_t at) {
    if (at == 0 || !is_alnum(line[at - 1])) return true;
    if (at >= 2 && line[at - 2] == '\\') return true;
    return (at >= 3 && line[at - 3] == '%') || is_behind_colour(line, at);
}

// Whether the `length` digits at `at` can be anything but a time, a counter or the decimals of a number.
static inline bool long_run_is_wanted(const uint8_t *line, size_t at, size_t length) {
    if (length < 12 || line[at] == '0' || (at > 1 && line[at - 1] == '.' && is_alnum(line[at - 2]))) return false;
    return line[at] != '1' || (length != 13 && length != 16 && length < 19);
}

// Shapes that need the bitmaps of colons, dashes and parentheses.
enum { SHAPES_WITH_RARE_BITMAPS = MARTLET_SHAPE_NETWORK | MARTLET_SHAPE_PHONE_GROUPS };

static inline bool literal_matches(const literal_row *row, const uint8_t *line, size_t count, size_t at) {
    if (row->count > count - at) return false;
    uint64_t difference = 0;
    for (size_t i = 0; i < row->count; i += 8) {
        uint64_t text, value, mask;
        memcpy(&text, line + at + i, 8);  // within the slack: at + count <= count of the line
        memcpy(&value, row->value + i, 8);
        memcpy(&mask, row->mask + i, 8);
        difference |= (text ^ value) & mask;
    }
    return difference == 0 && (!(row->flags & MARTLET_LITERAL_EDGE) || has_left_edge(line, at));
}

static inline bool some_literal_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t at) {
    for (uint16_t i = t->heads[chain_of(line + at)]; i != NO_LITERAL; i = t->rows[i].next)
        if (literal_matches(&t->rows[i], line, count, at)) return true;
    return false;
}

// Groups literals and fills `low`, `high` and `whole`; returns the share of text positions that `whole` lets through,
// or a negative number when memory is short.
double martlet_scan_group_literals(martlet_scan_tables *t, const martlet_literal *literals, size_t count);

static inline bool literal_folds(const martlet_literal *literal, size_t position) {
    uint8_t c = literal->bytes[position] | 0x20;
    return (literal->flags & MARTLET_LITERAL_FOLD) && c >= 'a' && c <= 'z';
}

bool martlet_scan_line_ssse3(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                             uint32_t *candidates, martlet_line_index *out);
bool martlet_scan_line_avx2(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out);
bool martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                              uint32_t *candidates, martlet_line_index *out);
bool martlet_scan_line_neon(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out);

#endif
