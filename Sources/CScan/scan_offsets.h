// For instruction sets that have nothing better: write_offsets, read_blocks and read_literals.
//
// Offsets are written eight at a time, whether they are there or not,
// which saves a branch for each.
static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base) {
    int left = __builtin_popcountll(bits);
    uint32_t *end = to + left;
    for (; left > 0; left -= 8, to += 8)
        for (int i = 0; i < 8; i++) {
            // Bit 63 stands in for "none"; what is written then is overwritten or not counted.
            uint32_t bit = (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
            __asm__("" : "+r"(bit));  // else the compiler makes vectors of this, which is four times slower
            to[i] = base + bit;
            bits &= bits - 1;
        }
    return end;
}

// Zeros in LANES columns from `b` on, so that whole vectors may be read there.
static TARGET inline void clear_columns(uint32_t shapes, bitmaps *c, size_t b) {
    const wide zeros = {0};
#define CLEAR(x) memcpy(c->x + b, &zeros, sizeof zeros);
    COMMON_BITMAPS(CLEAR)
    if (shapes & SHAPES_WITH_RARE_BITMAPS) { RARE_BITMAPS(CLEAR) }
#undef CLEAR
}

// The bitmaps, block by block; the file that includes this defines `read_block`.
static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t b);

static TARGET inline void read_blocks(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c) {
    for (size_t b = from; b <= to; b++) read_block(t, p + (b - 1) * 64, left - (b - 1) * 64, c, b);
    clear_columns(t->shapes, c, to + 1);
}

// The bitmaps of literals, block by block; the file that includes this defines `read_literals_of_block`.
static TARGET inline void read_literals_of_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t b);

static TARGET inline void read_literals(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c) {
    for (size_t b = from; b <= to; b++) read_literals_of_block(t, p + (b - 1) * 64, left - (b - 1) * 64, c, b);
}
