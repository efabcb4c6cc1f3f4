#include "martlet_escape.h"

#include <string.h>

static inline uint8_t *escape_byte(uint8_t *out, uint8_t byte) {
    static const char hex[] = "0123456789abcdef";
    if (byte == '"' || byte == '\\') {
        *out++ = '\\';
        *out++ = byte;
    } else if (byte >= 0x20) {
        *out++ = byte;
    } else {
        *out++ = '\\';
        switch (byte) {
        case '\n': *out++ = 'n'; break;
        case '\r': *out++ = 'r'; break;
        case '\t': *out++ = 't'; break;
        default:
            memcpy(out, "u00", 3);
            out[3] = (uint8_t)hex[byte >> 4];
            out[4] = (uint8_t)hex[byte & 15];
            out += 5;
        }
    }
    return out;
}

size_t martlet_json_escape_scalar(uint8_t *out, const uint8_t *in, size_t count) {
    uint8_t *start = out;
    for (size_t i = 0; i < count; i++) out = escape_byte(out, in[i]);
    return (size_t)(out - start);
}

#if defined(__x86_64__)
#include <immintrin.h>

// Eight bytes become up to sixteen: for each of the 256 sets of bytes to escape, where every byte goes, and a
// backslash in front of those that need one.
typedef struct {
    uint8_t shuffle[256][16];
    uint8_t slashes[256][16];
} escape_tables;

static void fill_tables(escape_tables *tables) {
    for (int set = 0; set < 256; set++) {
        int to = 0;
        memset(tables->shuffle[set], 0x80, 16);
        memset(tables->slashes[set], 0, 16);
        for (int byte = 0; byte < 8; byte++) {
            if (set >> byte & 1) tables->slashes[set][to++] = '\\';
            tables->shuffle[set][to++] = (uint8_t)byte;
        }
    }
}

static escape_tables tables;

// Runs once, before main: afterwards the tables never change.
__attribute__((constructor)) static void make_tables(void) { fill_tables(&tables); }

__attribute__((target("ssse3,popcnt"))) static size_t escape_ssse3(uint8_t *out, const uint8_t *in, size_t count) {
    uint8_t *start = out;
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), space = _mm_set1_epi8(0x1F);
    size_t i = 0;
    while (i + 16 <= count) {
        __m128i text = _mm_loadu_si128((const __m128i *)(in + i));
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(text, space), text);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, slash));
        if (_mm_movemask_epi8(control)) {
            for (size_t end = i + 16; i < end; i++) out = escape_byte(out, in[i]);
            continue;
        }
        unsigned set = (unsigned)_mm_movemask_epi8(special);
        if (set == 0) {
            _mm_storeu_si128((__m128i *)out, text);
            out += 16;
        } else {
            unsigned low = set & 255, high = set >> 8;
            __m128i first = _mm_shuffle_epi8(text, _mm_loadu_si128((const __m128i *)tables.shuffle[low]));
            first = _mm_or_si128(first, _mm_loadu_si128((const __m128i *)tables.slashes[low]));
            _mm_storeu_si128((__m128i *)out, first);
            out += 8 + __builtin_popcount(low);
            __m128i second = _mm_shuffle_epi8(_mm_srli_si128(text, 8),
                                              _mm_loadu_si128((const __m128i *)tables.shuffle[high]));
            second = _mm_or_si128(second, _mm_loadu_si128((const __m128i *)tables.slashes[high]));
            _mm_storeu_si128((__m128i *)out, second);
            out += 8 + __builtin_popcount(high);
        }
        i += 16;
    }
    for (; i < count; i++) out = escape_byte(out, in[i]);
    return (size_t)(out - start);
}

size_t martlet_json_escape(uint8_t *out, const uint8_t *in, size_t count) {
    return __builtin_cpu_supports("ssse3") ? escape_ssse3(out, in, count)
                                           : martlet_json_escape_scalar(out, in, count);
}
#else
size_t martlet_json_escape(uint8_t *out, const uint8_t *in, size_t count) {
    return martlet_json_escape_scalar(out, in, count);
}
#endif
