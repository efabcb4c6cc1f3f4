// The vector kernel, included once by each instruction set's file after it has defined
//   TARGET              the function attribute that turns the instruction set on
//   LANES               how many 64-bit numbers its vectors hold
// and which then defines
//   read_blocks         reads columns `from` to `to` of the bitmaps: block 1 is at `p`, `left` bytes are left from
//                       there on. What is behind counts as 0x7F (it may be read, up to MARTLET_SCAN_SLACK); LANES
//                       columns behind `to` become zeros
//   read_literals       does so with the bitmaps of literals, but for the zeros
//   find_equal          the bitmap of one byte in such a block
//   read_quotes         optional, with HAS_READ_QUOTES: the bitmaps of quotes, backslashes, control characters and
//                       bytes beyond ASCII in such a block
//   write_offsets       appends `base` + the number of each set bit; may write 63 entries too many
//
//   ahead               with HAS_DOUBLE_SHIFT: the bytes k further on of bitmaps side by side, see scan_shapes.h
//
// A line is taken in chunks of CHUNK_BLOCKS blocks of 64 bytes. The blocks of a chunk become bitmaps (one bit a
// byte, one array a class of bytes), then shapes are found by shifts and ANDs over the arrays (scan_shapes.h), then
// what the bitmaps can only suspect is checked byte by byte, and what is left becomes offsets.
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
    uint64_t literal[COLUMNS];   // where a literal may begin
    uint64_t key[COLUMNS];       // operators behind a letter
} findings;

static TARGET inline void read_blocks(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c);
static TARGET inline void read_literals(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c);
static TARGET inline uint64_t find_equal(const uint8_t *p, char wanted);
static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base);
#ifdef HAS_READ_QUOTES
static TARGET inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high);
#endif

#include "scan_shapes.h"

#define COMMON_BITMAPS(f) \
    f(quote) f(digit) f(upper) f(alnum) f(sep) f(dot) f(at) f(operator_) f(special) f(high_bit) f(literal[KIND_EDGE]) f(literal[KIND_ANYWHERE])
#define RARE_BITMAPS(f) f(colon) f(dash) f(paren)

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

// Why the bitmaps suspect something at an offset.
enum { MAYBE_KEY = 1, MAYBE_LITERAL = 2, MAYBE_SHAPE = 4 };

static TARGET inline uint32_t bit_of(const uint64_t *columns, size_t within) {
    return columns[1 + within / 64] >> (within & 63) & 1;
}

static TARGET inline bool shape_stands(const scan_input *in, const bitmaps *c, const findings *r, size_t within, uint32_t offset) {
    if (bit_of(r->loose, within) && loose_shape_is_wanted(in->line, in->count, offset)) return true;
    if (!bit_of(r->edged, within) || !has_left_edge(in->line, offset)) return false;
    size_t run = run_length(c, 1 + within / 64, within & 63);
    return run < 12 || long_run_is_wanted(in->line, in->count, offset, run);
}

// Keeps, of the offsets in [from, to), those where a key ends or a shape or a literal stands; returns the new end. In
// two steps: without a branch for all that the vectors suspect, then in full for what is left.
static TARGET uint32_t *keep_true(const scan_input *in, const bitmaps *c, const findings *r, size_t chunk_start, uint32_t *from, uint32_t *to) {
    uint8_t reasons[CHUNK_BLOCKS * 64];
    uint32_t *left = from;
    for (uint32_t *p = from; p < to; p++) {
        uint32_t offset = *p, within = offset - (uint32_t)chunk_start;
        uint32_t reason = bit_of(r->key, within) && key_may_end(in->tables, in->line, offset);
        reason |= (bit_of(r->literal, within) & literal_may_stand(in->tables, in->line + offset)) * MAYBE_LITERAL;
        reason |= (bit_of(r->loose, within) | bit_of(r->edged, within)) * MAYBE_SHAPE;
        *left = offset;
        reasons[left - from] = (uint8_t)reason;
        left += reason != 0;
    }
    uint32_t *kept = from;
    for (uint32_t *p = from; p < left; p++) {
        uint32_t offset = *p, reason = reasons[p - from];
        bool stands = reason & MAYBE_KEY;
        if (!stands && (reason & MAYBE_SHAPE)) stands = shape_stands(in, c, r, offset - chunk_start, offset);
        if (!stands && (reason & MAYBE_LITERAL)) stands = some_literal_at(in->tables, in->line, in->count, offset);
        *kept = offset;
        kept += stands;
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
    for (size_t b = 1; b <= here; b++) {
        uint64_t bits = r->loose[b] | r->edged[b] | r->literal[b] | r->key[b];
        if (bits) out->candidate = write_offsets(out->candidate, bits, (uint32_t)((first + b - 1) * 64));
    }
    if (out->candidate != from) out->candidate = keep_true(in, c, r, first * 64, from, out->candidate);
}

#ifdef HAS_READ_QUOTES
// A scan for quotes and flags alone: nothing else is wanted of a line without tables.
static TARGET void scan_quotes(const uint8_t *line, size_t count, uint32_t *quotes, martlet_line_index *result) {
    uint32_t *out = quotes, flags = 0;
    uint64_t odd = 0;
    for (size_t start = 0; start < count; start += 64) {
        uint64_t quote, backslash, control, high;
        read_quotes(line + start, count - start, &quote, &backslash, &control, &high);
        flags |= (backslash ? MARTLET_LINE_BACKSLASH : 0) | (control ? MARTLET_LINE_CONTROL : 0) | (high ? MARTLET_LINE_NON_ASCII : 0);
        out = write_offsets(out, unescaped(quote, backslash, &odd), (uint32_t)start);
    }
    *result = (martlet_line_index){(uint32_t)(out - quotes), 0, flags};
}
#endif

static TARGET void scan(const martlet_scan_tables *tables, const uint8_t *line, size_t count, uint32_t *quotes,
                        uint32_t *candidates, martlet_line_index *result) {
#ifdef HAS_READ_QUOTES
    if (!tables) {
        scan_quotes(line, count, quotes, result);
        return;
    }
#endif
    scan_input in = {tables ? tables : &martlet_scan_no_tables, line, count};
    uint32_t shapes = in.tables->shapes;
    scan_output out = {quotes, candidates, 0, 0};
    bitmaps c;
    findings r;
    size_t blocks = (count + 63) / 64, have = 1;
    uint64_t special_before = 0;
    c.alnum[0] = c.digit[0] = 0;
    for (size_t first = 0; first < blocks; first += CHUNK_BLOCKS, have = 2) {
        size_t here = blocks - first < CHUNK_BLOCKS ? blocks - first : CHUNK_BLOCKS;
        size_t to_read = blocks - first < CHUNK_BLOCKS + 1 ? blocks - first : CHUNK_BLOCKS + 1;
        read_blocks(in.tables, line + first * 64, count - first * 64, have, to_read, &c);
        read_literals(in.tables, line + first * 64, count - first * 64, have, to_read, &c);
        uint64_t special = 0, high = 0;
        for (size_t b = 1; b <= here; b++) special |= c.special[b], high |= c.high_bit[b];
        if (high) out.flags |= MARTLET_LINE_NON_ASCII;
        uint64_t loose_edges = special | special_before ? ~(uint64_t)0 : 0;
        for (size_t b = 1; b <= here; b += STRIDE) find_shapes(in.tables, &c, b, loose_edges, &r);
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
