// AVX2: 32 bytes a vector.
#include "scan_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define LANES 4
#include "scan_vector.h"
#include "scan_offsets.h"

static TARGET inline uint64_t bits_of(__m256i first, __m256i second) {
    return (uint32_t)_mm256_movemask_epi8(first) | (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
}

static TARGET inline __m256i load(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }

static TARGET inline __m256i equal(__m256i v, char c) { return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c)); }

static TARGET inline __m256i in_range(__m256i v, char first, char length) {
    __m256i from_first = _mm256_sub_epi8(v, _mm256_set1_epi8(first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, _mm256_set1_epi8((char)(length - 1))), from_first);
}

static TARGET inline __m256i special(__m256i v) {
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1F)), v);
    return _mm256_or_si256(control, _mm256_or_si256(equal(v, '\\'), equal(v, '%')));
}

static TARGET inline void read_quotes(const uint8_t *p, size_t left, uint64_t *quote, uint64_t *backslash, uint64_t *control, uint64_t *high) {
    uint64_t valid = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    __m256i first = load(p), second = load(p + 32), last_control = _mm256_set1_epi8(0x1F);
    *quote = bits_of(equal(first, '"'), equal(second, '"')) & valid;
    *backslash = bits_of(equal(first, '\\'), equal(second, '\\')) & valid;
    *control = bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(first, last_control), first),
                       _mm256_cmpeq_epi8(_mm256_min_epu8(second, last_control), second)) & valid;
    *high = bits_of(first, second) & valid;
}

// Teddy: 32 bytes, of which those that are not zero may begin a literal of a kind.
static TARGET inline void find_literals(const martlet_scan_tables *t, const uint8_t *p, __m256i found[KIND_COUNT]) {
    const __m256i half = _mm256_set1_epi8(15);
    __m256i low[HALF_BYTES], high[HALF_BYTES];
    for (int i = 0; i < HALF_BYTES; i++) {
        low[i] = _mm256_and_si256(load(p + i), half);
        high[i] = _mm256_and_si256(_mm256_srli_epi16(load(p + i), 4), half);
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        found[kind] = _mm256_setzero_si256();
        for (int pass = by_halves.first_pass[kind]; pass < by_halves.first_pass[kind + 1]; pass++) {
            __m256i hits = _mm256_set1_epi8(-1);
            for (int i = 0; i < by_halves.bytes[kind]; i++) {
                __m256i by_low = _mm256_shuffle_epi8(load(t->low[pass][i]), low[i]);
                __m256i by_high = _mm256_shuffle_epi8(load(t->high[pass][i]), high[i]);
                hits = _mm256_and_si256(hits, _mm256_and_si256(by_low, by_high));
            }
            found[kind] = _mm256_or_si256(found[kind], hits);
        }
    }
}

static TARGET inline void read_literals_of_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    uint8_t copy[64 + HALF_BYTES - 1];
    if (left < HALF_BYTES - 1) {  // so many bytes from here would pass the slack
        memset(copy, 0x7F, sizeof copy);
        memcpy(copy, p, left);
        p = copy;
    }
    __m256i first[KIND_COUNT], second[KIND_COUNT];
    find_literals(t, p, first);
    find_literals(t, p + 32, second);
    uint64_t valid = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        c->literal[kind][k] = valid & ~bits_of(equal(first[kind], 0), equal(second[kind], 0));
}

// The vector with 0x7F in place of the bytes from `left` on.
static TARGET inline __m256i cut(__m256i v, ptrdiff_t left) {
    static const uint8_t masks[96] = {[0 ... 31] = 0xFF};
    ptrdiff_t from = left >= 32 ? 0 : left <= 0 ? 32 : 32 - left;
    __m256i valid = load(masks + from);
    return _mm256_blendv_epi8(_mm256_set1_epi8(0x7F), v, valid);
}

static TARGET inline void read_block(const martlet_scan_tables *t, const uint8_t *p, size_t left, bitmaps *c, size_t k) {
    __m256i a = load(p), b = load(p + 32);
    if (left < 64) {
        a = cut(a, (ptrdiff_t)left);
        b = cut(b, (ptrdiff_t)left - 32);
    }
    const __m256i case_bit = _mm256_set1_epi8(0x20);
    __m256i letter_a = in_range(_mm256_or_si256(a, case_bit), 'a', 26), letter_b = in_range(_mm256_or_si256(b, case_bit), 'a', 26);
    uint64_t letters = bits_of(letter_a, letter_b);
    c->quote[k] = bits_of(equal(a, '"'), equal(b, '"'));
    c->digit[k] = bits_of(in_range(a, '0', 10), in_range(b, '0', 10));
    c->alnum[k] = c->digit[k] | letters;
    c->upper[k] = letters & ~bits_of(_mm256_slli_epi16(a, 2), _mm256_slli_epi16(b, 2));
    c->sep[k] = bits_of(_mm256_or_si256(equal(a, '-'), equal(a, ' ')), _mm256_or_si256(equal(b, '-'), equal(b, ' ')));
    __m256i word_a = _mm256_or_si256(letter_a, _mm256_or_si256(equal(a, '-'), equal(a, '_')));
    __m256i word_b = _mm256_or_si256(letter_b, _mm256_or_si256(equal(b, '-'), equal(b, '_')));
    c->word[k] = c->digit[k] | bits_of(word_a, word_b);
    c->dot[k] = bits_of(equal(a, '.'), equal(b, '.'));
    c->at[k] = bits_of(equal(a, '@'), equal(b, '@'));
    c->operator_[k] = bits_of(_mm256_or_si256(equal(a, '='), equal(a, ':')), _mm256_or_si256(equal(b, '='), equal(b, ':')));
    c->special[k] = bits_of(special(a), special(b));
    c->high_bit[k] = bits_of(a, b);
    if (!(t->shapes & SHAPES_WITH_RARE_BITMAPS)) return;
    c->colon[k] = bits_of(equal(a, ':'), equal(b, ':'));
    c->dash[k] = bits_of(equal(a, '-'), equal(b, '-'));
    c->paren[k] = bits_of(in_range(a, '(', 2), in_range(b, '(', 2));
}

bool martlet_has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

void martlet_scan_line_avx2(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    scan(t, line, count, quotes, candidates, out);
}

#else

bool martlet_has_avx2(void) { return false; }

void martlet_scan_line_avx2(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                            uint32_t *candidates, martlet_line_index *out) {
    (void)t, (void)line, (void)count, (void)quotes, (void)candidates, (void)out;
}

#endif
