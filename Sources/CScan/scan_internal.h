// What the instruction-set files share: the tables, the chunk of bitmaps, and the exact checks.
#ifndef MARTLET_SCAN_INTERNAL_H
#define MARTLET_SCAN_INTERNAL_H

#include <string.h>

#include "martlet_scan.h"

// Literals that want a left edge and begin a run of at least TOKEN_RUN letters, digits, dashes and underscores; those
// that want a left edge only; those that stand anywhere.
enum { KIND_TOKEN, KIND_EDGE, KIND_ANYWHERE, KIND_COUNT };
enum { TOKEN_RUN = 16 };
// Teddy: how many bytes of a literal of each kind are looked at, and which pass over BUCKETS groups of literals is the
// first of a kind. A byte in one of 64 classes says more than its halves in 16 each, so fewer groups will do, and more
// bytes instead. So long a run at an edge is so rare that one pass will do for tokens, of which there are most.
typedef struct {
    int bytes[KIND_COUNT], first_pass[KIND_COUNT + 1];
} teddy_layout;
static const teddy_layout by_class = {{3, 6, 6}, {0, 1, 2, 3}}, by_halves = {{4, 4, 4}, {0, 1, 3, 5}};
enum { CLASS_BYTES = 6, CLASS_PASSES = 3, HALF_BYTES = 4, HALF_PASSES = 5, BUCKETS = 8 };

// Where chains of literals begin: by the hash of the first three bytes, and for literals of two bytes by these.
enum { HEADS_LOG = 12, HEADS = 1 << HEADS_LOG, SHORT_HEADS_LOG = 9, SHORT_HEADS = 1 << SHORT_HEADS_LOG };

typedef struct {
    // The first eight bytes, and the bits of them that must agree: none behind the literal's end.
    uint64_t value, mask;
    uint8_t rest_value[MARTLET_LITERAL_MAX - 8];
    uint8_t rest_mask[MARTLET_LITERAL_MAX - 8];
    uint8_t count;
    uint8_t flags;
    uint8_t word_bytes;
    uint16_t next;  // in the chain; 0 ends it
} literal_row;

// What the literals of a chain have in common of their first eight bytes; of no chain, bytes that no text has.
typedef struct {
    uint64_t value, mask;
} common_bytes;

struct martlet_scan_tables {
    // For a byte at position i of a literal: the buckets that its low and its high half may belong to. Held twice,
    // for vectors of two 16-byte lanes.
    uint8_t low[HALF_PASSES][HALF_BYTES][32];
    uint8_t high[HALF_PASSES][HALF_BYTES][32];
    // The same for whole bytes in 64 classes (`class_of`), for instruction sets that look up so many.
    _Alignas(64) uint8_t whole[CLASS_PASSES][CLASS_BYTES][64];
    uint32_t shapes;
    uint32_t literal_count;
    bool has_key_endings;
    double expected_hits;
    const uint8_t *key_endings;  // behind the rows; few of its 128 KiB are ever looked at
    // Row numbers; 0: none.
    uint16_t heads[HEADS];
    uint16_t short_heads[SHORT_HEADS];
    const common_bytes *common;  // behind these: of the chain that a row heads
    literal_row rows[];          // literal i is row i + 1; row 0 is none
};

// A tables value that finds nothing, for calls with tables == NULL.
extern const martlet_scan_tables martlet_scan_no_tables;

// Capitals and small letters, and the signs beside them, are one class; bytes beyond ASCII are like those 128 below.
static inline uint8_t class_of(uint8_t c) { return (uint8_t)((c & 0x1F) | (c & 0x40) >> 1); }

static inline uint64_t load_8(const uint8_t *p) {
    uint64_t bytes;
    memcpy(&bytes, p, 8);
    return bytes;
}

static inline uint64_t load_4(const uint8_t *p) {
    uint32_t bytes;
    memcpy(&bytes, p, 4);
    return bytes;
}

static inline uint32_t head_of(uint64_t text) {
    return ((uint32_t)(text | 0x202020) << 8) * 0x9E3779B1u >> (32 - HEADS_LOG);
}

static inline uint32_t short_head_of(uint64_t text) {
    return ((uint32_t)(text | 0x2020) << 16) * 0x9E3779B1u >> (32 - SHORT_HEADS_LOG);
}

static inline bool is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }
static inline bool is_upper(uint8_t c) { return (uint8_t)(c - 'A') < 26; }
static inline uint32_t is_ascii_letter(uint8_t c) { return (uint8_t)((c | 0x20) - 'a') < 26; }
static inline bool is_alnum(uint8_t c) { return is_digit(c) || (uint8_t)((c | 0x20) - 'a') < 26; }

static inline bool is_word(uint8_t c) { return is_alnum(c) || c == '-' || c == '_'; }

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

// Bit n: cards of 12 + n digits begin with these two (ISO/IEC 7812; the verifier knows the rest of the prefixes).
static const uint8_t card_lengths[100] = {
    [22 ... 27] = 0x10, [30] = 0x04, [34] = 0x08, [35] = 0xF0, [36] = 0x14, [37] = 0x08, [38 ... 39] = 0x14,
    [40 ... 49] = 0x92, [50] = 0xFF,  [51 ... 55] = 0x10, [56 ... 58] = 0xFF, [60] = 0xF0, [62] = 0xF0, [63] = 0xFF,
    [64 ... 65] = 0xF0, [67] = 0xFF,  [81 ... 82] = 0x10,
};

// Whether the `length` digits at `at` can be anything but a time, a counter or the decimals of a number: a card, a
// French or Chinese id, the number before the bar of an app's access token.
static inline bool long_run_is_wanted(const uint8_t *line, size_t count, size_t at, size_t length) {
    if (length < 12 || length > 19) return false;
    uint8_t next = byte_at(line, count, at + length);
    if (next == '|') return true;
    if (at > 1 && line[at - 1] == '.' && is_alnum(line[at - 2])) return false;
    bool has_right_edge = !is_alnum(next) && next != '_';
    if (length == 15 && has_right_edge && (line[at] == '1' || line[at] == '2')) return true;
    bool has_year = (line[at + 6] == '1' && line[at + 7] == '9') || (line[at + 6] == '2' && line[at + 7] == '0');
    if ((length == 17 || length == 18) && has_year) return true;
    return has_right_edge && (card_lengths[(line[at] - '0') * 10 + line[at + 1] - '0'] >> (length - 12) & 1);
}

// Whether the bytes around an `@` allow an address or the end of a password: nothing ends in what is excluded here.
static inline bool at_sign_is_wanted(const uint8_t *line, size_t at) {
    if (at == 0) return false;
    switch (line[at - 1]) {
    case ' ': case '\t': case '\n': case '\r': case '"': case '`': case '<': case '>': return false;
    default: return true;
    }
}

static inline bool ipv4_is_public(const unsigned octet[4]) {
    switch (octet[0]) {
    case 0: case 10: case 127: return false;
    case 100: return octet[1] < 64 || octet[1] > 127;
    case 169: return octet[1] != 254;
    case 172: return octet[1] < 16 || octet[1] > 31;
    case 192: return octet[1] != 168 && !(octet[1] == 0 && (octet[2] == 0 || octet[2] == 2));
    case 198: return octet[1] != 18 && octet[1] != 19 && !(octet[1] == 51 && octet[2] == 100);
    case 203: return !(octet[1] == 0 && octet[2] == 113);
    default: return octet[0] < 224;
    }
}

// No word, version (`v1.2.3.4`, `Chrome/120.0.0.0`) or longer chain stands before an address.
static inline bool has_address_edge(const uint8_t *line, size_t at) {
    if (at == 0) return true;
    uint8_t before = line[at - 1];
    if (before == '_' || (before == '.' && at > 1 && is_alnum(line[at - 2]))) return false;
    if (is_alnum(before)) return has_left_edge(line, at);
    return before != '/' || at < 2 || !is_ascii_letter(line[at - 2]);
}

static inline size_t public_ipv4(const uint8_t *line, size_t count, size_t dot, size_t *start) {
    size_t at = dot;
    while (at > 0 && dot - at < 4 && is_digit(line[at - 1])) at--;
    if (!has_address_edge(line, at)) return 0;
    *start = at;
    unsigned octet[4];
    for (int i = 0; i < 4; i++) {
        size_t first = at;
        octet[i] = 0;
        while (at - first < 4 && is_digit(byte_at(line, count, at))) octet[i] = octet[i] * 10 + (line[at++] & 15);
        size_t digits = at - first;
        if (digits == 0 || digits > 3 || octet[i] > 255 || (digits > 1 && line[first] == '0')) return 0;
        if (i < 3 && byte_at(line, count, at++) != '.') return 0;
    }
    uint8_t next = byte_at(line, count, at);
    if (is_alnum(next) || next == '_' || (next == '.' && is_digit(byte_at(line, count, at + 1)))) return 0;
    return ipv4_is_public(octet) ? at - *start : 0;
}

// Whether the shape without a left edge that the bitmaps suspect at `at` can be one.
static inline bool loose_shape_is_wanted(const uint8_t *line, size_t count, size_t at) {
    size_t start;
    if (line[at] == '@') return at_sign_is_wanted(line, at);
    if (line[at] != '.') return true;
    bool is_mac = byte_at(line, count, at + 5) == '.' && is_alnum(line[at + 2]) && is_alnum(line[at + 3]);
    return is_mac || public_ipv4(line, count, at, &start) != 0;
}

// Shapes that need the bitmaps of colons, dashes and parentheses.
enum { SHAPES_WITH_RARE_BITMAPS = MARTLET_SHAPE_NETWORK | MARTLET_SHAPE_PHONE_GROUPS };

// What follows a short literal tells words from tokens: `path"` is no `pat` + 14 letters and digits.
static inline bool has_word_behind(const literal_row *row, const uint8_t *line, size_t count, size_t at) {
    if (row->word_bytes > count - at) return false;
    for (size_t i = at; i < at + row->word_bytes; i++)
        if (!is_word(line[i])) return false;
    return true;
}

static inline bool rest_matches(const literal_row *row, const uint8_t *text) {
    uint64_t difference = 0;
    for (size_t i = 8; i < row->count; i += 8)
        difference |= (load_8(text + i) ^ load_8(row->rest_value + i - 8)) & load_8(row->rest_mask + i - 8);
    return difference == 0;
}

static inline bool literal_matches(const literal_row *row, const uint8_t *line, size_t count, size_t at) {
    if (((load_8(line + at) ^ row->value) & row->mask) != 0) return false;
    if (row->count > count - at || !rest_matches(row, line + at)) return false;  // within the slack
    if (!has_word_behind(row, line, count, at + row->count)) return false;
    return !(row->flags & MARTLET_LITERAL_EDGE) || has_left_edge(line, at);
}

static inline bool some_in_chain(const martlet_scan_tables *t, uint16_t first, const uint8_t *line, size_t count, size_t at) {
    for (uint16_t i = first; i != 0; i = t->rows[i].next)
        if (literal_matches(&t->rows[i], line, count, at)) return true;
    return false;
}

static inline bool some_literal_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t at) {
    uint64_t text = load_8(line + at);
    return some_in_chain(t, t->heads[head_of(text)], line, count, at)
        || some_in_chain(t, t->short_heads[short_head_of(text)], line, count, at);
}

// Whether it is worth to look for a literal here. No branches: most of what the vectors find ends here.
static inline uint32_t literal_may_stand(const martlet_scan_tables *t, const uint8_t *p) {
    uint64_t text = load_8(p);
    uint32_t head = t->heads[head_of(text)], short_head = t->short_heads[short_head_of(text)];
    const common_bytes *a = &t->common[head], *b = &t->common[short_head];
    uint64_t difference = (text ^ a->value) & a->mask, short_difference = (text ^ b->value) & b->mask;
    return (uint32_t)((((difference - 1) & ~difference) | ((short_difference - 1) & ~short_difference)) >> 63);
}

// 1 to 26 for letters of either case, 0 for all else.
static const uint8_t letter_number[256] = {
#define LETTER(lower, number) [lower] = number, [lower - 32] = number
    LETTER('a', 1), LETTER('b', 2), LETTER('c', 3), LETTER('d', 4), LETTER('e', 5), LETTER('f', 6), LETTER('g', 7),
    LETTER('h', 8), LETTER('i', 9), LETTER('j', 10), LETTER('k', 11), LETTER('l', 12), LETTER('m', 13), LETTER('n', 14),
    LETTER('o', 15), LETTER('p', 16), LETTER('q', 17), LETTER('r', 18), LETTER('s', 19), LETTER('t', 20),
    LETTER('u', 21), LETTER('v', 22), LETTER('w', 23), LETTER('x', 24), LETTER('y', 25), LETTER('z', 26),
#undef LETTER
};

static inline uint32_t key_ending(const uint8_t end[4]) {
    return (uint32_t)letter_number[end[0]] << 15 | (uint32_t)letter_number[end[1]] << 10
        | (uint32_t)letter_number[end[2]] << 5 | letter_number[end[3]];
}

// Whether a key with the four bytes before `at` is one of the tables'. No branches: few operators end here.
static inline uint32_t key_may_end(const martlet_scan_tables *t, const uint8_t *line, size_t at) {
    size_t back = at < 4 ? at : 4;
    uint64_t bytes = load_4(line + at - back) << (32 - 8 * back);
    uint32_t number = (uint32_t)letter_number[bytes & 255] << 15 | (uint32_t)letter_number[bytes >> 8 & 255] << 10
        | (uint32_t)letter_number[bytes >> 16 & 255] << 5 | letter_number[bytes >> 24 & 255];
    return t->key_endings[number >> 3] >> (number & 7) & 1;
}

static inline bool key_ends_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t at) {
    if (!t->has_key_endings || at == 0 || at >= count || (line[at] != '=' && line[at] != ':')) return false;
    return is_ascii_letter(line[at - 1]) && key_may_end(t, line, at);
}

static inline int kind_of(const martlet_literal *literal) {
    if (!(literal->flags & MARTLET_LITERAL_EDGE)) return KIND_ANYWHERE;
    for (size_t i = 0; i < literal->count; i++)
        if (!is_word(literal->bytes[i])) return KIND_EDGE;
    return literal->count + literal->word_bytes >= TOKEN_RUN ? KIND_TOKEN : KIND_EDGE;
}

// Groups literals and fills `low`, `high` and `whole`; returns the share of text positions that `whole` lets through,
// or a negative number when memory is short.
double martlet_scan_group_literals(martlet_scan_tables *t, const martlet_literal *literals, size_t count);

static inline bool literal_folds(const martlet_literal *literal, size_t position) {
    uint8_t c = literal->bytes[position] | 0x20;
    return (literal->flags & MARTLET_LITERAL_FOLD) && c >= 'a' && c <= 'z';
}

// Whether this processor has an instruction set; its kernel may be called only then.
bool martlet_has_ssse3(void);
bool martlet_has_avx2(void);
bool martlet_has_avx512(void);
bool martlet_has_neon(void);
void martlet_scan_line_ssse3(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                             uint32_t *candidates, martlet_line_index *out);
void martlet_scan_line_avx2(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out);
void martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                              uint32_t *candidates, martlet_line_index *out);
void martlet_scan_line_neon(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out);

#endif
