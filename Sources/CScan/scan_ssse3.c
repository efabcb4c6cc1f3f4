// SSSE3: 16 bytes a vector.
#include "scan_internal.h"

#if defined(__x86_64__)
#include <tmmintrin.h>

#define TARGET __attribute__((target("ssse3")))
#define LANES 2
#include "scan_vector.h"
#include "scan_offsets.h"

typedef struct {
    __m128i part[4];
} block;

static TARGET inline block load(const uint8_t *p) {
    block v;
    for (int i = 0; i < 4; i++) v.part[i] = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    return v;
}

static TARGET inline uint64_t bits_of(block v) {
    uint64_t bits = 0;
    for (int i = 0; i < 4; i++) bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(v.part[i]) << (16 * i);
    return bits;
}

static TARGET inline uint64_t equal(block v, char c) {
    for (int i = 0; i < 4; i++) v.part[i] = _mm_cmpeq_epi8(v.part[i], _mm_set1_epi8(c));
    return bits_of(v);
}

static TARGET inline uint64_t in_range(block v, char first, char length, char fold) {
    for (int i = 0; i < 4; i++) {
        __m128i from_first = _mm_sub_epi8(_mm_or_si128(v.part[i], _mm_set1_epi8(fold)), _mm_set1_epi8(first));
        v.part[i] = _mm_cmpeq_epi8(_mm_min_epu8(from_first, _mm_set1_epi8((char)(length - 1))), from_first);
    }
    return bits_of(v);
}

static TARGET inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high) {
    uint64_t valid = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    block v = load(p);
    *quote = equal(v, '"') & valid;
    *backslash = equal(v, '\\') & valid;
    *control = in_range(v, 0, 0x20, 0) & valid;
    *high = bits_of(v) & valid;
}

static TARGET inline __m128i lookup(const uint8_t *table, __m128i index) {
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)table), index);
}

// Teddy: 16 bytes, of which those that are not zero may begin a literal of a kind.
static TARGET inline void find_literals(const martlet_scan_tables *t, const uint8_t *p, __m128i found[KIND_COUNT]) {
    const __m128i half = _mm_set1_epi8(15);
    __m128i low[HALF_BYTES], high[HALF_BYTES];
    for (int i = 0; i < HALF_BYTES; i++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
        low[i] = _mm_and_si128(v, half);
        high[i] = _mm_and_si128(_mm_srli_epi16(v, 4), half);
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        found[kind] = _mm_setzero_si128();
        for (int pass = by_halves.first_pass[kind]; pass < by_halves.first_pass[kind + 1]; pass++) {
            __m128i hits = _mm_set1_epi8(-1);
            for (int i = 0; i < by_halves.bytes[kind]; i++)
                hits = _mm_and_si128(hits, _mm_and_si128(lookup(t->low[pass][i], low[i]), lookup(t->high[pass][i], high[i])));
            found[kind] = _mm_or_si128(found[kind], hits);
        }
    }
}

static TARGET inline void read_literals_of_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    uint8_t copy[64 + HALF_BYTES - 1];
    uint64_t valid = ~(uint64_t)0;
    if (left < 64) {
        memset(copy, 0x7F, sizeof copy);
        memcpy(copy, p, left);
        p = copy;
        valid = ((uint64_t)1 << left) - 1;
    }
    block none[KIND_COUNT];
    for (int part = 0; part < 4; part++) {
        __m128i found[KIND_COUNT];
        find_literals(t, p + 16 * part, found);
        for (int kind = 0; kind < KIND_COUNT; kind++) none[kind].part[part] = _mm_cmpeq_epi8(found[kind], _mm_setzero_si128());
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) c->literal[kind][k] = valid & ~bits_of(none[kind]);
}

static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
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
    c->high_bit[k] = bits_of(v);
    if (!(t->shapes & SHAPES_WITH_RARE_BITMAPS)) return;
    c->colon[k] = equal(v, ':');
    c->dash[k] = equal(v, '-');
    c->paren[k] = in_range(v, '(', 2, 0);
}

bool martlet_has_ssse3(void) {
    return __builtin_cpu_supports("ssse3");
}

void martlet_scan_line_ssse3(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                             uint32_t *candidates, martlet_line_index *out) {
    scan(t, line, count, quotes, candidates, out);
}

#else

bool martlet_has_ssse3(void) { return false; }

void martlet_scan_line_ssse3(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                             uint32_t *candidates, martlet_line_index *out) {
    (void)t, (void)line, (void)count, (void)quotes, (void)candidates, (void)out;
}

#endif
