// What the instruction-set files share: the tables, the chunk of bitmaps, and the exact checks.
#ifndef MARTLET_SCAN_INTERNAL_H
#define MARTLET_SCAN_INTERNAL_H

#include <string.h>

#include "martlet_scan.h"

// Literals that want a left edge, and those that stand anywhere. (The third kind, `is_key_ending`, is not Teddy's.)
enum { KIND_EDGE, KIND_ANYWHERE, KIND_COUNT };
// Teddy looks at four bytes and runs PASSES times over BUCKETS groups of literals: EDGE_PASSES for those that want a
// left edge, of which there are ten times as many, then the others.
enum { TEDDY_BYTES = 4, EDGE_PASSES = 3, PASSES = 4, BUCKETS = 8 };

// The first pass of a kind; that of KIND_COUNT is the end.
static inline int first_pass(int kind) { return kind == KIND_EDGE ? 0 : kind == KIND_ANYWHERE ? EDGE_PASSES : PASSES; }
enum { PREFIX_HASH_LOG = 17, PREFIX_HASH_BITS = 1 << PREFIX_HASH_LOG, CHAIN_HEADS = 1024, NO_LITERAL = 0xFFFF };

typedef struct {
    uint8_t value[MARTLET_LITERAL_MAX];
    uint8_t mask[MARTLET_LITERAL_MAX];  // bits that must agree; 0 behind the literal's end
    uint8_t count;
    uint8_t flags;
    uint8_t word_bytes;
    uint16_t next;  // in the chain of literals with the same first two (folded) bytes
} literal_row;

struct martlet_scan_tables {
    // For a byte at position i of a literal: the buckets that its low and its high half may belong to. Held twice,
    // for vectors of two 16-byte lanes.
    uint8_t low[PASSES][TEDDY_BYTES][32];
    uint8_t high[PASSES][TEDDY_BYTES][32];
    // The same for whole bytes in 64 classes (`class_of`), for instruction sets that look up so many.
    _Alignas(64) uint8_t whole[PASSES][TEDDY_BYTES][64];
    uint32_t shapes;
    uint32_t literal_count;
    bool has_key_endings;
    double expected_hits;
    uint8_t prefixes[PREFIX_HASH_BITS / 8];  // the beginnings of literals, folded and hashed
    uint16_t heads[CHAIN_HEADS];
    literal_row rows[];
};

// A tables value that finds nothing, for calls with tables == NULL.
extern const martlet_scan_tables martlet_scan_no_tables;

// Capitals and small letters, and the signs beside them, are one class; bytes beyond ASCII are like those 128 below.
static inline uint8_t class_of(uint8_t c) { return (uint8_t)((c & 0x1F) | (c & 0x40) >> 1); }

// How much of a literal's beginning `prefix_may_start_literal` compares: by length, and for the shortest tokens by
// what stands behind them.
typedef enum { PREFIX_2, PREFIX_3, PREFIX_3_WORD, PREFIX_4, PREFIX_6, PREFIX_8, PREFIX_COUNT } prefix_kind;

static const uint64_t prefix_masks[PREFIX_COUNT] = {
    0xFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
};

// Word bytes that literals of PREFIX_3_WORD have behind them, at least.
enum { SHORT_TOKEN_WORD_BYTES = 5 };

static inline uint32_t prefix_hash(uint64_t folded, prefix_kind kind) {
    return (uint32_t)(((folded & prefix_masks[kind]) + kind) * 0x9E3779B97F4A7C15u >> (64 - PREFIX_HASH_LOG));
}

static inline uint32_t prefix_bit(const martlet_scan_tables *t, uint64_t folded, prefix_kind kind) {
    uint32_t h = prefix_hash(folded, kind);
    return t->prefixes[h >> 3] >> (h & 7);
}

// The top bit of each byte that is a letter, a digit, a dash or an underscore; nothing of bytes beyond ASCII.
static inline uint64_t word_bits(uint64_t x) {
    const uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
    uint64_t ascii = ~x & tops, low = x & ~tops, folded = low | 0x20 * ones;
    // Within seven bits, adding 128 - n sets the top bit of what is at least n.
    uint64_t digit = (low + (0x80 - '0') * ones) & ~(low + (0x80 - '9' - 1) * ones);
    uint64_t letter = (folded + (0x80 - 'a') * ones) & ~(folded + (0x80 - 'z' - 1) * ones);
    uint64_t dash = ~((low ^ '-' * ones) + 0x7F * ones), underscore = ~((low ^ '_' * ones) + 0x7F * ones);
    return (digit | letter | dash | underscore) & ascii;
}

// Whether the first bytes of some literal may stand here. No branches: most of what the vectors find ends here.
static inline uint32_t prefix_may_start_literal(const martlet_scan_tables *t, const uint8_t *p) {
    uint64_t text, behind;
    memcpy(&text, p, 8);
    memcpy(&behind, p + 3, 8);
    const uint64_t wanted = 0x8080808080808080 >> (64 - 8 * SHORT_TOKEN_WORD_BYTES);
    uint64_t folded = text | 0x2020202020202020;
    uint32_t is_word = (word_bits(behind) & wanted) == wanted;
    uint32_t found = prefix_bit(t, folded, PREFIX_3_WORD) & is_word;
    found |= prefix_bit(t, folded, PREFIX_2) | prefix_bit(t, folded, PREFIX_3) | prefix_bit(t, folded, PREFIX_4);
    return (found | prefix_bit(t, folded, PREFIX_6) | prefix_bit(t, folded, PREFIX_8)) & 1;
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
    if (length < 12 || line[at] == '0' || (at > 0 && line[at - 1] == '.')) return false;
    return line[at] != '1' || (length != 13 && length != 16 && length < 19);
}

// Shapes that need the bitmaps of colons, dashes and parentheses.
enum { SHAPES_WITH_RARE_BITMAPS = MARTLET_SHAPE_NETWORK | MARTLET_SHAPE_PHONE_GROUPS };

// What follows a short literal tells words from tokens: `path"` is no `pat` + 14 letters and digits.
static inline bool has_word_behind(const literal_row *row, const uint8_t *line, size_t count, size_t at) {
    if (row->word_bytes > count - at) return false;
    for (size_t i = at; i < at + row->word_bytes; i++)
        if (!is_alnum(line[i]) && line[i] != '-' && line[i] != '_') return false;
    return true;
}

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
    if (difference != 0 || !has_word_behind(row, line, count, at + row->count)) return false;
    return !(row->flags & MARTLET_LITERAL_EDGE) || has_left_edge(line, at);
}

static inline bool some_literal_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t at) {
    for (uint16_t i = t->heads[chain_of(line + at)]; i != NO_LITERAL; i = t->rows[i].next)
        if (literal_matches(&t->rows[i], line, count, at)) return true;
    return false;
}

// Groups literals and fills `low`, `high` and `whole`; returns the share of text positions that `whole` lets through,
// or a negative number when memory is short.
double martlet_scan_group_literals(martlet_scan_tables *t, const martlet_literal *literals, size_t count);

static inline bool is_letter(uint8_t c) { return (uint8_t)((c | 0x20) - 'a') < 26; }

// Two bytes of a key, the second a letter, and the `=` or `:` behind it: there are hundreds of them, and the operator
// behind a letter tells them from nearly all else.
static inline bool is_key_ending(const martlet_literal *literal) {
    return literal->count == 3 && !(literal->flags & MARTLET_LITERAL_EDGE) && is_letter(literal->bytes[1])
        && (literal->bytes[2] == '=' || literal->bytes[2] == ':');
}

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
