// What a few instructions do that Swift has no name for: inlined where it is used.
#ifndef MARTLET_INLINE_H
#define MARTLET_INLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Asks for a cache line that will be written soon.
static inline void martlet_prefetch(const void *address) { __builtin_prefetch(address, 1); }

#if defined(__SSE2__)
#include <emmintrin.h>

// Reads 16 digits of either case, the first the highest; false where another byte is among them.
static inline bool martlet_hex_read(const uint8_t *text, uint64_t *value) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)text);
    const __m128i digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i letter = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    const __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
    const __m128i nibbles = _mm_or_si128(_mm_and_si128(is_digit, digit),
                                         _mm_and_si128(is_letter, _mm_add_epi8(letter, _mm_set1_epi8(10))));
    // Each pair of bytes: the first is the higher nibble.
    const __m128i high = _mm_slli_epi16(_mm_and_si128(nibbles, _mm_set1_epi16(0x00FF)), 4);
    const __m128i pairs = _mm_packus_epi16(_mm_or_si128(high, _mm_srli_epi16(nibbles, 8)), _mm_setzero_si128());
    *value = __builtin_bswap64((uint64_t)_mm_cvtsi128_si64(pairs));
    return _mm_movemask_epi8(_mm_or_si128(is_digit, is_letter)) == 0xFFFF;
}

// Writes 16 lower-case digits.
static inline void martlet_hex_write(uint8_t *text, uint64_t value) {
    const __m128i bytes = _mm_cvtsi64_si128((int64_t)__builtin_bswap64(value));
    const __m128i high = _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(15));
    const __m128i nibbles = _mm_unpacklo_epi8(high, _mm_and_si128(bytes, _mm_set1_epi8(15)));
    const __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(nibbles, _mm_set1_epi8(9)), _mm_set1_epi8('a' - '0' - 10));
    _mm_storeu_si128((__m128i *)text, _mm_add_epi8(_mm_add_epi8(nibbles, _mm_set1_epi8('0')), letters));
}

// One bit for each of 16 bytes that is a decimal digit, the first lowest.
static inline uint32_t martlet_digit_mask(const uint8_t *text) {
    const __m128i digit = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)text), _mm_set1_epi8('0'));
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
}

// Where the first of 16 bytes stands that no key of a pair goes on at: `=`, `:`, `,`, `[`, blanks and controls; 16: none.
static inline uint32_t martlet_key_end(const uint8_t *text) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)text);
    const __m128i blanks = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ')), bytes);
    const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(':')),
                                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('=')));
    const __m128i others = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('[')));
    const __m128i ends = _mm_or_si128(blanks, _mm_or_si128(signs, others));
    return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(ends) | 0x10000u);
}

// One bit for each of 16 bytes that may not stand in a request id: all but printable ASCII, and blank, `"`, `\`.
static inline uint32_t martlet_id_mask(const uint8_t *text) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)text);
    const __m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8(0x21));
    const __m128i printable = _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(0x7E - 0x21)), shifted);
    const __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(quotes, printable)) ^ 0xFFFFu;
}

#else

static inline bool martlet_hex_read(const uint8_t *text, uint64_t *value) {
    uint64_t sum = 0;
    bool is_hex = true;
    for (int i = 0; i < 16; i++) {
        const uint8_t digit = (uint8_t)(text[i] - '0'), letter = (uint8_t)((text[i] | 0x20) - 'a');
        is_hex &= digit < 10 || letter < 6;
        sum = sum << 4 | (digit < 10 ? digit : (uint8_t)(letter + 10) & 15);
    }
    *value = sum;
    return is_hex;
}

static inline void martlet_hex_write(uint8_t *text, uint64_t value) {
    for (int i = 0; i < 16; i++) {
        const uint8_t nibble = value >> (60 - 4 * i) & 15;
        text[i] = (uint8_t)(nibble + (nibble < 10 ? '0' : 'a' - 10));
    }
}

static inline uint32_t martlet_digit_mask(const uint8_t *text) {
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++) mask |= (uint32_t)((uint8_t)(text[i] - '0') < 10) << i;
    return mask;
}

static inline uint32_t martlet_key_end(const uint8_t *text) {
    uint32_t i = 0;
    while (i < 16 && text[i] > ' ' && text[i] != ':' && text[i] != '=' && text[i] != ',' && text[i] != '[') i++;
    return i;
}

static inline uint32_t martlet_id_mask(const uint8_t *text) {
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++) {
        const bool allowed = (uint8_t)(text[i] - 0x21) <= 0x7E - 0x21 && text[i] != '"' && text[i] != '\\';
        mask |= (uint32_t)!allowed << i;
    }
    return mask;
}

#endif

#endif
