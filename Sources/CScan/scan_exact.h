// What follows the vectors, for all instruction sets: quotes that are escaped, and a look at the bytes wherever the
// bitmaps suspect something. The file that includes this defines
//   TARGET              the function attribute that turns the instruction set on
//   write_offsets       appends `base` + the number of each set bit; may write 63 entries too many
//   read_quotes         the bitmaps of quotes, backslashes, control characters and bytes beyond ASCII in a block of 64
//                       bytes of which the first `left` count
//
// A line is taken in chunks of at most CHUNK_BLOCKS blocks of 64 bytes.

enum { CHUNK_BLOCKS = 16, COLUMNS = 32 };

// Where in a chunk candidates may begin: one bit a byte, the first block in column 0.
typedef struct {
    uint64_t loose[COLUMNS];    // shapes that need no left edge
    uint64_t edged[COLUMNS];    // shapes that do
    uint64_t literal[COLUMNS];
    uint64_t key[COLUMNS];      // operators behind a letter
    uint64_t digit[COLUMNS];    // not where, but how far: a column more than the chunk has blocks
} findings;

typedef struct {
    const martlet_scan_tables *tables;
    const uint8_t *line;
    size_t count;
} scan_input;

typedef struct {
    uint32_t *quote, *candidate;  // where the next offsets go
    uint64_t odd;                 // `unescaped`'s carry
    uint32_t flags;
} scan_output;

static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base);
static TARGET inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high);

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
static TARGET inline size_t run_length(const findings *r, unsigned b, unsigned i) {
    uint64_t window = i ? r->digit[b] >> i | r->digit[b + 1] << (64 - i) : r->digit[b];
    return ~window ? (size_t)__builtin_ctzll(~window) : 64;
}

static TARGET inline bool shape_stands(const scan_input *in, const findings *r, unsigned b, unsigned i, size_t offset) {
    if ((r->loose[b] >> i & 1) && loose_shape_is_wanted(in->line, in->count, offset)) return true;
    if (!(r->edged[b] >> i & 1) || !has_left_edge(in->line, offset)) return false;
    size_t run = run_length(r, b, i);
    return run < 12 || long_run_is_wanted(in->line, in->count, offset, run);
}

// Which of the bits of a column are true for all that a glance can tell: no branches for what is not.
static TARGET inline uint64_t likely_literals(const scan_input *in, uint64_t bits, size_t start) {
    uint64_t likely = 0;
    for (; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);
        likely |= (uint64_t)literal_may_stand(in->tables, in->line + start + i) << i;
    }
    return likely;
}

static TARGET inline uint64_t likely_keys(const scan_input *in, uint64_t bits, size_t start) {
    uint64_t likely = 0;
    for (; bits; bits &= bits - 1) {
        unsigned i = (unsigned)__builtin_ctzll(bits);
        likely |= (uint64_t)key_may_end(in->tables, in->line, start + i) << i;
    }
    return likely;
}

// Writes the candidates of a chunk of blocks from `first` on. A bit of `columns` is set where there are findings.
static TARGET __attribute__((noinline)) uint32_t *write_candidates(const scan_input *in, const findings *r, size_t first, uint32_t columns, uint32_t *candidates) {
    for (; columns; columns &= columns - 1) {
        unsigned b = (unsigned)__builtin_ctz(columns);
        size_t start = (first + b) * 64;
        uint64_t shape = r->loose[b] | r->edged[b], key = likely_keys(in, r->key[b], start);
        uint64_t literal = likely_literals(in, r->literal[b], start);
        for (uint64_t bits = shape | key | literal; bits; bits &= bits - 1) {
            unsigned i = (unsigned)__builtin_ctzll(bits);
            size_t offset = start + i;
            bool stands = key >> i & 1;
            if (!stands && (shape >> i & 1)) stands = shape_stands(in, r, b, i, offset);
            if (!stands && (literal >> i & 1)) stands = some_literal_at(in->tables, in->line, in->count, offset);
            *candidates = (uint32_t)offset;
            candidates += stands;
        }
    }
    return candidates;
}

// Quotes and flags from block `first` up to `end`, with an eye to backslashes.
static TARGET inline void write_quotes_slowly(const uint8_t *line, size_t count, size_t first, size_t end, scan_output *out) {
    for (size_t b = first; b < end; b++) {
        uint64_t quote, backslash, control, high;
        read_quotes(line + b * 64, count - b * 64, &quote, &backslash, &control, &high);
        out->flags |= (backslash ? MARTLET_LINE_BACKSLASH : 0) | (control ? MARTLET_LINE_CONTROL : 0) | (high ? MARTLET_LINE_NON_ASCII : 0);
        out->quote = write_offsets(out->quote, unescaped(quote, backslash, &out->odd), (uint32_t)(b * 64));
    }
}

// A scan for quotes and flags alone: nothing else is wanted of a line without tables.
static TARGET void scan_quotes(const uint8_t *line, size_t count, uint32_t *quotes, martlet_line_index *result) {
    scan_output out = {quotes, NULL, 0, 0};
    write_quotes_slowly(line, count, 0, (count + 63) / 64, &out);
    *result = (martlet_line_index){(uint32_t)(out.quote - quotes), 0, out.flags};
}
