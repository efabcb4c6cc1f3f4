// The vector kernel, included once by each instruction set's file after it has defined
//   TARGET              the function attribute that turns the instruction set on
//   LANES               how many 64-bit numbers its vectors hold
// and which then defines
//   read_block          reads the 64 bytes at `p` into column `b` of the bitmaps; where `left` < 64, bytes from
//                       `left` on count as 0x7F (they may be read, up to MARTLET_SCAN_SLACK behind the line's end)
//   read_literals       does so with columns `from` to `to` of the bitmaps of literals; block 1 is at `p`, `left`
//                       bytes are left from there on
//   find_equal          the bitmap of one byte in such a block
//   write_offsets       appends `base` + the number of each set bit; may write 63 entries too many
//
// A line is taken in chunks of CHUNK_BLOCKS blocks of 64 bytes. The blocks of a chunk become bitmaps (one bit a
// byte, one array a class of bytes), then shapes are found by shifts and ANDs over the arrays (scan_shapes.h), then
// the set bits become offsets, and those of literals are checked in full.
//
// Left edges are exact only in the last step. Before it, "behind no letter or digit" will do, and in a chunk with
// backslashes, percent signs or control characters every byte counts as an edge.

enum { CHUNK_BLOCKS = 16, COLUMNS = 32 };

// Bitmaps of a chunk. Column 0 is the block before it, 1…16 its blocks, 17 the block behind it; then zeros.
typedef struct {
    uint64_t quote[COLUMNS], digit[COLUMNS], upper[COLUMNS], alnum[COLUMNS], sep[COLUMNS], dot[COLUMNS], at[COLUMNS];
    uint64_t operator_[COLUMNS];  // equals sign, colon
    uint64_t special[COLUMNS];  // backslash, percent sign, control character
    uint64_t high_bit[COLUMNS];
    uint64_t literal[KIND_COUNT][COLUMNS];
    uint64_t colon[COLUMNS], dash[COLUMNS], paren[COLUMNS];  // only where network or phone shapes are wanted
} bitmaps;

// Where candidates begin.
typedef struct {
    uint64_t loose[COLUMNS];     // shapes that need no left edge
    uint64_t edged[COLUMNS];     // shapes that do
    uint64_t candidate[COLUMNS]; // both, and literals
} findings;

static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t b);
static TARGET inline void read_literals(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c);
static TARGET inline uint64_t find_equal(const uint8_t *p, char wanted);
static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base);

#include "scan_shapes.h"

#define COMMON_BITMAPS(f) \
    f(quote) f(digit) f(upper) f(alnum) f(sep) f(dot) f(at) f(operator_) f(special) f(high_bit) f(literal[KIND_EDGE]) f(literal[KIND_ANYWHERE])
#define RARE_BITMAPS(f) f(colon) f(dash) f(paren)

// Zeros in LANES columns from `b` on, so that whole vectors may be read there.
static TARGET inline void clear_columns(uint32_t shapes, bitmaps *c, size_t b) {
    const wide zeros = {0};
#define CLEAR(x) memcpy(c->x + b, &zeros, sizeof zeros);
    COMMON_BITMAPS(CLEAR)
    if (shapes & SHAPES_WITH_RARE_BITMAPS) { RARE_BITMAPS(CLEAR) }
#undef CLEAR
}

// The next chunk begins with the last block of this one and the block behind it.
static TARGET void slide(bitmaps *c) {
#define SLIDE(x) c->x[0] = c->x[CHUNK_BLOCKS], c->x[1] = c->x[CHUNK_BLOCKS + 1];
    COMMON_BITMAPS(SLIDE)
    RARE_BITMAPS(SLIDE)
#undef SLIDE
}

// Which of the quotes are not escaped. `odd` carries a backslash run of odd length from block to block.
static TARGET inline uint64_t unescaped(uint64_t quotes, uint64_t backslashes, uint64_t *odd) {
    if (!(backslashes | *odd)) return quotes;
    const uint64_t even_bits = 0x5555555555555555;
    backslashes &= ~*odd;
    uint64_t follows = backslashes << 1 | *odd;
    uint64_t odd_starts = backslashes & ~even_bits & ~follows;
    uint64_t sequences;
    *odd = __builtin_add_overflow(odd_starts, backslashes, &sequences);
    uint64_t invert = sequences << 1;
    return quotes & ~((even_bits ^ invert) & follows);
}

// The digit run at bit `i` of column `b`, counted up to 64.
static TARGET inline size_t run_length(const bitmaps *c, size_t b, unsigned i) {
    uint64_t window = i ? c->digit[b] >> i | c->digit[b + 1] << (64 - i) : c->digit[b];
    return ~window ? (size_t)__builtin_ctzll(~window) : 64;
}

typedef struct {
    const martlet_scan_tables *tables;
    const uint8_t *line;
    size_t count;
} scan_input;

static TARGET bool is_true_candidate(const scan_input *in, const bitmaps *c, const findings *r, size_t chunk_start, uint32_t offset) {
    size_t within = offset - chunk_start, b = 1 + within / 64;
    unsigned i = within & 63;
    if (r->loose[b] >> i & 1) return true;
    if ((r->edged[b] >> i & 1) && has_left_edge(in->line, offset)) {
        size_t run = run_length(c, b, i);
        if (run < 12 || long_run_is_wanted(in->line, offset, run)) return true;
    }
    return in->tables->literal_count && prefix_may_start_literal(in->tables, in->line + offset)
        && some_literal_at(in->tables, in->line, in->count, offset);
}

// Keeps, of the offsets in [from, to), those where a shape or a whole literal stands; returns the new end.
static TARGET uint32_t *keep_true(const scan_input *in, const bitmaps *c, const findings *r, size_t chunk_start,
                                  uint32_t *from, uint32_t *to) {
    uint32_t *kept = from;
    for (uint32_t *p = from; p < to; p++) {  // no branch here: most offsets of literals end in this loop
        uint32_t offset = *p;
        size_t within = offset - chunk_start, b = 1 + within / 64;
        *kept = offset;
        kept += ((r->loose[b] | r->edged[b]) >> (within & 63) & 1) | prefix_may_start_literal(in->tables, in->line + offset);
    }
    to = kept;
    kept = from;
    for (uint32_t *p = from; p < to; p++) {
        uint32_t offset = *p;
        *kept = offset;
        kept += is_true_candidate(in, c, r, chunk_start, offset);
    }
    return kept;
}

typedef struct {
    uint32_t *quote, *candidate;  // where the next offsets go
    uint64_t odd;                 // `unescaped`'s carry
    uint32_t flags;
} scan_output;

// Quotes of a chunk in which backslashes, percent signs or control characters stand.
static TARGET __attribute__((noinline)) void write_quotes_slowly(const scan_input *in, const bitmaps *c, size_t first, size_t here, scan_output *out) {
    for (size_t b = 1; b <= here; b++) {
        size_t start = (first + b - 1) * 64, left = in->count - start;
        uint64_t backslashes = 0;
        if (c->special[b]) {
            uint64_t valid = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
            backslashes = find_equal(in->line + start, '\\') & valid;
            if (backslashes) out->flags |= MARTLET_LINE_BACKSLASH;
            if (c->special[b] & ~backslashes & ~find_equal(in->line + start, '%')) out->flags |= MARTLET_LINE_CONTROL;
        }
        out->quote = write_offsets(out->quote, unescaped(c->quote[b], backslashes, &out->odd), (uint32_t)start);
    }
}

static TARGET inline void write_quotes(const bitmaps *c, size_t first, size_t here, scan_output *out) {
    for (size_t b = 1; b <= here; b++)
        out->quote = write_offsets(out->quote, c->quote[b], (uint32_t)((first + b - 1) * 64));
}

static TARGET inline void write_candidates(const scan_input *in, const bitmaps *c, const findings *r, size_t first, size_t here, scan_output *out) {
    uint32_t *from = out->candidate;
    for (size_t b = 1; b <= here; b++)
        if (r->candidate[b]) out->candidate = write_offsets(out->candidate, r->candidate[b], (uint32_t)((first + b - 1) * 64));
    if (out->candidate != from) out->candidate = keep_true(in, c, r, first * 64, from, out->candidate);
}

static TARGET void scan(const martlet_scan_tables *tables, const uint8_t *line, size_t count, uint32_t *quotes,
                        uint32_t *candidates, martlet_line_index *result) {
    scan_input in = {tables ? tables : &martlet_scan_no_tables, line, count};
    uint32_t shapes = in.tables->shapes;
    scan_output out = {quotes, candidates, 0, 0};
    bitmaps c;
    findings r;
    size_t blocks = (count + 63) / 64, have = 1;
    uint64_t special_before = 0;
    clear_columns(shapes, &c, 0);
    if (!in.tables->literal_count) memset(c.literal, 0, sizeof c.literal);
    for (size_t first = 0; first < blocks; first += CHUNK_BLOCKS, have = 2) {
        size_t here = blocks - first < CHUNK_BLOCKS ? blocks - first : CHUNK_BLOCKS;
        size_t to_read = blocks - first < CHUNK_BLOCKS + 1 ? blocks - first : CHUNK_BLOCKS + 1;
        for (size_t b = have; b <= to_read; b++) {
            size_t start = (first + b - 1) * 64;
            read_block(in.tables, line + start, count - start, &c, b);
        }
        if (in.tables->literal_count) read_literals(in.tables, line + first * 64, count - first * 64, have, to_read, &c);
        clear_columns(shapes, &c, to_read + 1);
        uint64_t special = 0, high = 0;
        for (size_t b = 1; b <= here; b++) special |= c.special[b], high |= c.high_bit[b];
        if (high) out.flags |= MARTLET_LINE_NON_ASCII;
        uint64_t loose_edges = special | special_before ? ~(uint64_t)0 : 0;
        for (size_t b = 1; b <= here; b += LANES) find_shapes(in.tables, &c, b, loose_edges, &r);
        if (special | out.odd) {
            write_quotes_slowly(&in, &c, first, here, &out);
        } else {
            write_quotes(&c, first, here, &out);
        }
        write_candidates(&in, &c, &r, first, here, &out);
        special_before = special;
        if (first + CHUNK_BLOCKS < blocks) slide(&c);
    }
    *result = (martlet_line_index){(uint32_t)(out.quote - quotes), (uint32_t)(out.candidate - candidates), out.flags};
}
