// AVX-512 with VBMI2: 64 bytes a vector, comparisons that give bitmaps, and a compress instruction for the offsets.
#include "scan_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#define LANES 8

#include "scan_vector.h"

static TARGET inline __m512i load(const void *p) { return _mm512_loadu_si512(p); }

static TARGET inline uint64_t equal(__m512i v, char c) { return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c)); }

static TARGET inline uint64_t in_range(__m512i v, char first, char length) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)), _mm512_set1_epi8(length));
}

static TARGET inline uint64_t find_equal(const uint8_t *p, char wanted) { return equal(load(p), wanted); }

static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base) {
    static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    };
    int count = __builtin_popcountll(bits);
    __m512i set = _mm512_maskz_compress_epi8(bits, load(numbers));
    const __m512i bases = _mm512_set1_epi32((int)base);
    _mm512_storeu_si512(to, _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set))));
    if (__builtin_expect(count > 16, 0)) {
        _mm512_storeu_si512(to + 16, _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 1))));
        _mm512_storeu_si512(to + 32, _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 2))));
        _mm512_storeu_si512(to + 48, _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 3))));
    }
    return to + count;
}

// Teddy with classes of bytes: one lookup of 64 entries a position. The exact check sorts out what shares a class.
// Masked loads do not touch what lies behind the slack.
static TARGET inline __m512i classes(__m512i v) {
    __m512i high = _mm512_and_si512(_mm512_srli_epi16(v, 1), _mm512_set1_epi8(0x20));
    return _mm512_or_si512(_mm512_and_si512(v, _mm512_set1_epi8(0x1F)), high);
}

static TARGET inline void read_literals(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c) {
    __m512i table[PASSES][TEDDY_BYTES];  // stay in registers
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < TEDDY_BYTES; i++) table[pass][i] = load(t->whole[pass][i]);
    for (size_t b = from; b <= to; b++) {
        const uint8_t *block = p + (b - 1) * 64;
        size_t here = left - (b - 1) * 64;
        uint64_t valid = here < 64 ? ((uint64_t)1 << here) - 1 : ~(uint64_t)0;
        __m512i text[TEDDY_BYTES];
        for (int i = 0; i < TEDDY_BYTES; i++) text[i] = classes(_mm512_maskz_loadu_epi8(valid, block + i));
        for (int kind = 0; kind < KIND_COUNT; kind++) {
            __m512i any = _mm512_setzero_si512();
            for (int pass = first_pass(kind); pass < first_pass(kind + 1); pass++) {
                __m512i hits = _mm512_permutexvar_epi8(text[0], table[pass][0]);
                for (int i = 1; i < TEDDY_BYTES; i++)
                    hits = _mm512_and_si512(hits, _mm512_permutexvar_epi8(text[i], table[pass][i]));
                any = _mm512_or_si512(any, hits);
            }
            c->literal[kind][b] = valid & _mm512_test_epi8_mask(any, any);
        }
    }
}

static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    __m512i v = left < 64 ? _mm512_mask_loadu_epi8(_mm512_set1_epi8(0x7F), ((uint64_t)1 << left) - 1, p) : load(p);
    uint64_t letters = in_range(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), 'a', 26);
    c->quote[k] = equal(v, '"');
    c->digit[k] = in_range(v, '0', 10);
    c->alnum[k] = c->digit[k] | letters;
    c->upper[k] = in_range(v, 'A', 26);
    c->sep[k] = equal(v, '-') | equal(v, ' ');
    c->dot[k] = equal(v, '.');
    c->at[k] = equal(v, '@');
    c->operator_[k] = equal(v, '=') | equal(v, ':');
    c->special[k] = equal(v, '\\') | equal(v, '%') | _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
    c->high_bit[k] = _mm512_movepi8_mask(v);
    if (!(t->shapes & SHAPES_WITH_RARE_BITMAPS)) return;
    c->colon[k] = equal(v, ':');
    c->dash[k] = equal(v, '-');
    c->paren[k] = in_range(v, '(', 2);
}

bool martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    if (!__builtin_cpu_supports("avx512vbmi2") || !__builtin_cpu_supports("avx512bw")) return false;
    if (!__builtin_cpu_supports("avx512vl") || !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("bmi2")) return false;
    scan(t, line, count, quotes, candidates, out);
    return true;
}

#else

bool martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    (void)t, (void)line, (void)count, (void)quotes, (void)candidates, (void)out;
    return false;
}

#endif
