// The vector kernel, included once by each instruction set's file that has none of its own, after it has defined
//   TARGET              the function attribute that turns the instruction set on
//   LANES               how many 64-bit numbers its vectors hold
// and which then defines, besides what scan_exact.h asks for,
//   read_block          reads column `k` of the bitmaps but for literals: the block is at `p`, `left` bytes of it count,
//                       what is behind is 0x7F (it may be read, up to MARTLET_SCAN_SLACK)
//   read_literals_of_block   does so with the bitmaps of literals
//
// The blocks of a chunk become bitmaps (one bit a byte, one array a class of bytes), then shapes are found by shifts and
// ANDs over the arrays (scan_shapes.h), then what the bitmaps can only suspect is checked byte by byte, and what is left
// becomes offsets (scan_exact.h).
//
// Left edges are exact only in the last step. Before it, "behind no letter or digit" will do, and in a chunk with
// backslashes, percent signs or control characters every byte counts as an edge.
#include "scan_exact.h"
#include "scan_shapes.h"

// Bitmaps of a chunk. Column 0 is the block before it, 1…16 its blocks, 17 the block behind it; then zeros.
typedef struct {
    uint64_t quote[COLUMNS], digit[COLUMNS], upper[COLUMNS], alnum[COLUMNS], sep[COLUMNS], dot[COLUMNS], at[COLUMNS];
    uint64_t operator_[COLUMNS];  // equals sign, colon
    uint64_t word[COLUMNS];       // letter, digit, dash, underscore
    uint64_t special[COLUMNS];    // backslash, percent sign, control character
    uint64_t high_bit[COLUMNS];
    uint64_t literal[KIND_COUNT][COLUMNS];
    uint64_t colon[COLUMNS], dash[COLUMNS], paren[COLUMNS];  // only where network or phone shapes are wanted
} bitmaps;

static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k);
static TARGET inline void read_literals_of_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k);

#define COMMON_BITMAPS(f) \
    f(quote) f(digit) f(upper) f(alnum) f(sep) f(dot) f(at) f(operator_) f(word) f(special) f(high_bit) \
    f(literal[KIND_TOKEN]) f(literal[KIND_EDGE]) f(literal[KIND_ANYWHERE])
#define RARE_BITMAPS(f) f(colon) f(dash) f(paren)

// The next chunk begins with the last block of this one and the block behind it.
static TARGET void slide(bitmaps *c) {
#define SLIDE(x) c->x[0] = c->x[CHUNK_BLOCKS], c->x[1] = c->x[CHUNK_BLOCKS + 1];
    COMMON_BITMAPS(SLIDE)
    RARE_BITMAPS(SLIDE)
#undef SLIDE
}

static TARGET inline wide wide_at(const uint64_t *bits) {
    wide v;
    memcpy(&v, bits, sizeof v);
    return v;
}

// Zeros in LANES columns from `b` on, so that whole vectors may be read there.
static TARGET inline void clear_columns(uint32_t shapes, bitmaps *c, size_t b) {
    const wide zeros = {0};
#define CLEAR(x) memcpy(c->x + b, &zeros, sizeof zeros);
    COMMON_BITMAPS(CLEAR)
    if (shapes & SHAPES_WITH_RARE_BITMAPS) { RARE_BITMAPS(CLEAR) }
#undef CLEAR
}

static TARGET inline wide behind(const uint64_t *bits) { return wide_at(bits) << 1 | wide_at(bits - 1) >> 63; }

// Blocks from `b` on, or windows that begin in the middle of these: bitmaps are little-endian.
static TARGET inline wide bits_at(const uint64_t *columns, size_t b, bool is_window) {
    wide v;
    memcpy(&v, (const uint8_t *)(columns + b) + (is_window ? 4 : 0), sizeof v);
    return v;
}

static TARGET inline shapes_found find_shapes_at(uint32_t shapes, const bitmaps *c, size_t b, bool is_window) {
    byte_classes classes = {
        .digit = bits_at(c->digit, b, is_window), .upper = bits_at(c->upper, b, is_window),
        .alnum = bits_at(c->alnum, b, is_window), .sep = bits_at(c->sep, b, is_window),
        .dot = bits_at(c->dot, b, is_window), .word = bits_at(c->word, b, is_window),
    };
    if (shapes & SHAPES_WITH_RARE_BITMAPS) {
        classes.colon = bits_at(c->colon, b, is_window);
        classes.dash = bits_at(c->dash, b, is_window);
        classes.paren = bits_at(c->paren, b, is_window);
    }
    return find_shapes_in(shapes, &classes);
}

static TARGET inline wide join_windows(wide first, wide second) {
    const uint64_t first_40 = ((uint64_t)1 << 40) - 1;
    return (first & first_40) | (second << 32 & ~first_40);
}

// Each block is looked at twice: as it is, for shapes that begin in its first 40 bytes, and as a window over its second
// half and the first half of the next block, for the rest.
static TARGET inline shapes_found find_all_shapes(uint32_t shapes, const bitmaps *c, size_t b) {
    shapes_found first = find_shapes_at(shapes, c, b, false), second = find_shapes_at(shapes, c, b, true);
    first.edged = join_windows(first.edged, second.edged);
    first.ipv4 = join_windows(first.ipv4, second.ipv4);
    first.loose = join_windows(first.loose, second.loose);
    first.token = join_windows(first.token, second.token);
    return first;
}

// Fills LANES columns of the findings from block `b` on. Where bits of `loose_edges` are set, every byte is an edge.
static TARGET inline void find_shapes(const martlet_scan_tables *t, const bitmaps *c, size_t b, uint64_t loose_edges, findings *r) {
    const uint64_t all = ~(uint64_t)0;
    wide alnum_behind = behind(c->alnum + b), digit_behind = behind(c->digit + b);
    wide edge = ~alnum_behind | loose_edges;
    wide next_alnum = wide_at(c->alnum + b) >> 1 | wide_at(c->alnum + b + 1) << 63;
    shapes_found found = find_all_shapes(t->shapes, c, b);
    wide edged = found.edged & edge;
    wide at = wide_at(c->at + b) & next_alnum & (t->shapes & MARTLET_SHAPE_AT ? all : 0);
    wide loose = at | found.loose | (found.ipv4 & digit_behind);
    wide literal = (wide_at(c->literal[KIND_TOKEN] + b) & found.token & edge) | (wide_at(c->literal[KIND_EDGE] + b) & edge)
        | wide_at(c->literal[KIND_ANYWHERE] + b);
    wide key = wide_at(c->operator_ + b) & alnum_behind & ~digit_behind & (t->has_key_endings ? all : 0);
    memcpy(r->edged + b - 1, &edged, sizeof edged);
    memcpy(r->loose + b - 1, &loose, sizeof loose);
    memcpy(r->literal + b - 1, &literal, sizeof literal);
    memcpy(r->key + b - 1, &key, sizeof key);
}

static TARGET inline void write_quotes(const bitmaps *c, size_t first, size_t here, scan_output *out) {
    for (size_t b = 1; b <= here; b++)
        out->quote = write_offsets(out->quote, c->quote[b], (uint32_t)((first + b - 1) * 64));
}

static TARGET void scan(const martlet_scan_tables *tables, const uint8_t *line, size_t count, uint32_t *quotes,
                        uint32_t *candidates, martlet_line_index *result) {
    if (!tables) {
        scan_quotes(line, count, quotes, result);
        return;
    }
    scan_input in = {tables, line, count};
    scan_output out = {quotes, candidates, 0, 0};
    bitmaps c;
    findings r;
    size_t blocks = (count + 63) / 64, have = 1;
    uint64_t special_before = 0;
    c.alnum[0] = c.digit[0] = 0;
    for (size_t first = 0; first < blocks; first += CHUNK_BLOCKS, have = 2) {
        size_t here = blocks - first < CHUNK_BLOCKS ? blocks - first : CHUNK_BLOCKS;
        size_t to_read = blocks - first < CHUNK_BLOCKS + 1 ? blocks - first : CHUNK_BLOCKS + 1;
        for (size_t b = have; b <= to_read; b++) {
            size_t start = (first + b - 1) * 64;
            read_block(tables, line + start, count - start, &c, b);
        }
        for (size_t b = have; b <= to_read; b++) {
            size_t start = (first + b - 1) * 64;
            read_literals_of_block(tables, line + start, count - start, &c, b);
        }
        clear_columns(tables->shapes, &c, to_read + 1);
        uint64_t special = 0, high = 0;
        for (size_t b = 1; b <= here; b++) special |= c.special[b], high |= c.high_bit[b];
        if (high) out.flags |= MARTLET_LINE_NON_ASCII;
        uint64_t loose_edges = special | special_before ? ~(uint64_t)0 : 0;
        for (size_t b = 1; b <= here; b += LANES) find_shapes(tables, &c, b, loose_edges, &r);
        memcpy(r.digit, c.digit + 1, (here + 1) * sizeof r.digit[0]);
        if (special | out.odd) {
            write_quotes_slowly(line, count, first, first + here, &out);
        } else {
            write_quotes(&c, first, here, &out);
        }
        uint32_t columns = 0;
        for (size_t b = 0; b < here; b++) columns |= (uint32_t)((r.loose[b] | r.edged[b] | r.literal[b] | r.key[b]) != 0) << b;
        if (columns) out.candidate = write_candidates(&in, &r, first, columns, out.candidate);
        special_before = special;
        if (first + CHUNK_BLOCKS < blocks) slide(&c);
    }
    *result = (martlet_line_index){(uint32_t)(out.quote - quotes), (uint32_t)(out.candidate - candidates), out.flags};
}
