// NEON: 16 bytes a vector. Every 64-bit ARM has it.
#include "scan_internal.h"

#if defined(__aarch64__)
#include <arm_neon.h>

#define TARGET
#define LANES 2
#include "scan_vector.h"
#include "scan_offsets.h"

typedef struct {
    uint8x16_t part[4];
} block;

static inline block load(const uint8_t *p) {
    block v;
    for (int i = 0; i < 4; i++) v.part[i] = vld1q_u8(p + 16 * i);
    return v;
}

// One bit a byte from bytes that are 0 or 0xFF: a power of two in each, then three rounds of pairwise sums.
static inline uint64_t bits_of(block v) {
    static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t power = vld1q_u8(powers);
    for (int i = 0; i < 4; i++) v.part[i] = vandq_u8(v.part[i], power);
    uint8x16_t pairs = vpaddq_u8(vpaddq_u8(v.part[0], v.part[1]), vpaddq_u8(v.part[2], v.part[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(pairs, pairs)), 0);
}

static inline uint64_t equal(block v, uint8_t c) {
    for (int i = 0; i < 4; i++) v.part[i] = vceqq_u8(v.part[i], vdupq_n_u8(c));
    return bits_of(v);
}

static inline uint64_t in_range(block v, uint8_t first, uint8_t length, uint8_t fold) {
    for (int i = 0; i < 4; i++)
        v.part[i] = vcltq_u8(vsubq_u8(vorrq_u8(v.part[i], vdupq_n_u8(fold)), vdupq_n_u8(first)), vdupq_n_u8(length));
    return bits_of(v);
}

static inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high) {
    uint64_t valid = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    block v = load(p);
    *quote = equal(v, '"') & valid;
    *backslash = equal(v, '\\') & valid;
    *control = in_range(v, 0, 0x20, 0) & valid;
    *high = in_range(v, 0x80, 0x80, 0) & valid;
}

// Teddy: 16 bytes, of which those that are not zero may begin a literal of a kind.
static inline void find_literals(const martlet_scan_tables *t, const uint8_t *p, uint8x16_t found[KIND_COUNT]) {
    uint8x16_t low[HALF_BYTES], high[HALF_BYTES];
    for (int i = 0; i < HALF_BYTES; i++) {
        uint8x16_t v = vld1q_u8(p + i);
        low[i] = vandq_u8(v, vdupq_n_u8(15));
        high[i] = vshrq_n_u8(v, 4);
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        found[kind] = vdupq_n_u8(0);
        for (int pass = by_halves.first_pass[kind]; pass < by_halves.first_pass[kind + 1]; pass++) {
            uint8x16_t hits = vdupq_n_u8(0xFF);
            for (int i = 0; i < by_halves.bytes[kind]; i++) {
                uint8x16_t by_low = vqtbl1q_u8(vld1q_u8(t->low[pass][i]), low[i]);
                hits = vandq_u8(hits, vandq_u8(by_low, vqtbl1q_u8(vld1q_u8(t->high[pass][i]), high[i])));
            }
            found[kind] = vorrq_u8(found[kind], hits);
        }
    }
}

static inline void read_literals_of_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    uint8_t copy[64 + HALF_BYTES - 1];
    uint64_t valid = ~(uint64_t)0;
    if (left < 64) {
        memset(copy, 0x7F, sizeof copy);
        memcpy(copy, p, left);
        p = copy;
        valid = ((uint64_t)1 << left) - 1;
    }
    block hits[KIND_COUNT];
    for (int part = 0; part < 4; part++) {
        uint8x16_t found[KIND_COUNT];
        find_literals(t, p + 16 * part, found);
        for (int kind = 0; kind < KIND_COUNT; kind++) hits[kind].part[part] = vtstq_u8(found[kind], found[kind]);
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) c->literal[kind][k] = valid & bits_of(hits[kind]);
}

static inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    uint8_t copy[64];
    if (left < 64) {
        memset(copy, 0x7F, sizeof copy);
        memcpy(copy, p, left);
        p = copy;
    }
    block v = load(p);
    c->quote[k] = equal(v, '"');
    c->digit[k] = in_range(v, '0', 10, 0);
    c->alnum[k] = c->digit[k] | in_range(v, 'a', 26, 0x20);
    c->upper[k] = in_range(v, 'A', 26, 0);
    c->sep[k] = equal(v, '-') | equal(v, ' ');
    c->word[k] = c->alnum[k] | equal(v, '-') | equal(v, '_');
    c->dot[k] = equal(v, '.');
    c->at[k] = equal(v, '@');
    c->operator_[k] = equal(v, '=') | equal(v, ':');
    c->special[k] = equal(v, '\\') | equal(v, '%') | in_range(v, 0, 0x20, 0);
    c->high_bit[k] = in_range(v, 0x80, 0x80, 0);
    if (!(t->shapes & SHAPES_WITH_RARE_BITMAPS)) return;
    c->colon[k] = equal(v, ':');
    c->dash[k] = equal(v, '-');
    c->paren[k] = in_range(v, '(', 2, 0);
}

bool martlet_has_neon(void) {
    return true;
}

void martlet_scan_line_neon(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    scan(t, line, count, quotes, candidates, out);
}

#else

bool martlet_has_neon(void) { return false; }

void martlet_scan_line_neon(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    (void)t, (void)line, (void)count, (void)quotes, (void)candidates, (void)out;
}

#endif
