// AVX-512 with VBMI2 and GFNI: 64 bytes a vector, lookups in 128 entries, products of 8 by 8 bits, and a compress
// instruction for the offsets.
#include "scan_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,gfni,bmi,bmi2,lzcnt,popcnt")))
#define LANES 8
#define HAS_READ_QUOTES
#define HAS_DOUBLE_SHIFT
// A lane and the next one, shifted as one number.
#define ahead(x, k) ((wide)_mm512_shrdi_epi64((__m512i)(x), _mm512_alignr_epi64(_mm512_setzero_si512(), (__m512i)(x), 1), (k)))
#include "scan_vector.h"

static TARGET inline __m512i load(const void *p) { return _mm512_loadu_si512(p); }

// 64 bytes, with 0x7F from `left` on; these are not touched. The branch is there because masked loads of whole lines
// took three times as long.
static TARGET inline __m512i load_part(const uint8_t *p, size_t left) {
    if (left >= 64) return load(p);
    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(0x7F), ((uint64_t)1 << left) - 1, p);
}

static TARGET inline uint64_t equal(__m512i v, char c) { return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c)); }

static TARGET inline uint64_t in_range(__m512i v, char first, char length) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)), _mm512_set1_epi8(length));
}

static TARGET inline uint64_t find_equal(const uint8_t *p, char wanted) { return equal(load(p), wanted); }

static TARGET inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high) {
    __m512i v = load_part(p, left);
    *quote = equal(v, '"');
    *backslash = equal(v, '\\');
    *control = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
    *high = _mm512_movepi8_mask(v);
}

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
static TARGET inline __m512i classes(__m512i v) {
    const __m512i keep_0_to_4_and_6 = _mm512_set1_epi64(0x0102040810400000);  // `class_of` as a product of bits
    return _mm512_gf2p8affine_epi64_epi8(v, keep_0_to_4_and_6, 0);
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
        for (int i = 0; i < TEDDY_BYTES; i++) text[i] = classes(load_part(block + i, here));
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

// The classes of ASCII as bits, in two sets of eight.
enum { QUOTE = 1, DIGIT = 2, ALNUM = 4, UPPER = 8, SEP = 16, DOT = 32, AT = 64, OPERATOR = 128 };
enum { SPECIAL = 1, COLON = 2, DASH = 4, PAREN = 8 };

static const uint8_t common_classes[128] = {
    ['"'] = QUOTE, ['0' ... '9'] = DIGIT | ALNUM, ['A' ... 'Z'] = ALNUM | UPPER, ['a' ... 'z'] = ALNUM,
    [' '] = SEP, ['-'] = SEP, ['.'] = DOT, ['@'] = AT, ['='] = OPERATOR, [':'] = OPERATOR,
};
static const uint8_t rare_classes[128] = {
    [0 ... 31] = SPECIAL, ['\\'] = SPECIAL, ['%'] = SPECIAL, [':'] = COLON, ['-'] = DASH, ['(' ... ')'] = PAREN,
};

// Eight bitmaps of 64 bytes side by side, one for each bit of what a table says of them: a lookup, then 64
// transpositions of 8 by 8 bits.
static TARGET inline __m512i bitmaps_by(const uint8_t table[128], __m512i reversed, __mmask64 ascii) {
    const __m512i unit = _mm512_set1_epi64((long long)0x8040201008040201);
    static const uint8_t columns[64] = {
        0, 8,  16, 24, 32, 40, 48, 56, 1, 9,  17, 25, 33, 41, 49, 57, 2, 10, 18, 26, 34, 42, 50, 58, 3, 11, 19, 27, 35, 43, 51, 59,
        4, 12, 20, 28, 36, 44, 52, 60, 5, 13, 21, 29, 37, 45, 53, 61, 6, 14, 22, 30, 38, 46, 54, 62, 7, 15, 23, 31, 39, 47, 55, 63,
    };
    __m512i bits = _mm512_maskz_permutex2var_epi8(ascii, load(table), reversed, load(table + 64));
    return _mm512_permutexvar_epi8(load(columns), _mm512_gf2p8affine_epi64_epi8(unit, bits, 0));
}

// The product of bits takes the bytes of each eight in the order from last to first.
static TARGET inline __m512i reverse_eights(__m512i v) {
    const __m128i order = _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    return _mm512_shuffle_epi8(v, _mm512_broadcast_i32x4(order));
}

static TARGET inline void read_blocks(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t from, size_t to, bitmaps *c) {
    (void)t;
    for (size_t first = from; first <= to + 1; first += LANES) {
        __m512i columns[12];
        for (int i = 0; i < 12; i++) columns[i] = _mm512_setzero_si512();
        for (size_t b = first; b <= to && b < first + LANES; b++) {
            const uint8_t *block = p + (b - 1) * 64;
            size_t here = left - (b - 1) * 64;
            __m512i v = reverse_eights(load_part(block, here));
            __mmask64 high = _mm512_movepi8_mask(v);
            __m512i common = bitmaps_by(common_classes, v, ~high), rare = bitmaps_by(rare_classes, v, ~high);
            __mmask8 lane = (__mmask8)(1 << (b - first));
            for (int i = 0; i < 8; i++)
                columns[i] = _mm512_mask_permutexvar_epi64(columns[i], lane, _mm512_set1_epi64(i), common);
            for (int i = 0; i < 4; i++)
                columns[8 + i] = _mm512_mask_permutexvar_epi64(columns[8 + i], lane, _mm512_set1_epi64(i), rare);
            c->high_bit[b] = high;
        }
        uint64_t *const to_fill[12] = {
            c->quote, c->digit, c->alnum, c->upper, c->sep, c->dot, c->at, c->operator_, c->special, c->colon, c->dash, c->paren,
        };
        for (int i = 0; i < 12; i++) _mm512_storeu_si512(to_fill[i] + first, columns[i]);
        for (int kind = 0; kind < KIND_COUNT; kind++) _mm512_storeu_si512(c->literal[kind] + first, _mm512_setzero_si512());
    }
}

bool martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    if (!__builtin_cpu_supports("avx512vbmi2") || !__builtin_cpu_supports("gfni")) return false;
    if (!__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512vbmi")) return false;
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
