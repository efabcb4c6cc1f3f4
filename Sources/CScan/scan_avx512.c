// AVX-512 with VBMI2 and GFNI: 64 bytes a vector, lookups in 128 entries, products of 8 by 8 bits, and a compress
// instruction for the offsets.
//
// A chunk is eight blocks: bitmaps are one vector a class of bytes, a lane a block, and never leave the registers. Of a
// longer line the eighth block only lends its bits to the seventh, and begins the next chunk.
#include "scan_internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,gfni,bmi,bmi2,lzcnt,popcnt")))
#define LANES 8
#define HAS_DOUBLE_SHIFT
// A lane and the next one, shifted as one number.
#define ahead(x, k) ((k) ? (wide)_mm512_shrdi_epi64((__m512i)(x), _mm512_alignr_epi64(_mm512_setzero_si512(), (__m512i)(x), 1), (k)) : (x))
#include "scan_exact.h"
#include "scan_shapes.h"

static TARGET inline __m512i load(const void *p) { return _mm512_loadu_si512(p); }

// The bits of the first `left` of 64 bytes.
static TARGET inline uint64_t valid(size_t left) { return _bzhi_u64(~(uint64_t)0, left < 64 ? (uint32_t)left : 64); }

// 64 bytes, with 0x7F from `left` on. Without a branch, because nobody can predict how many whole blocks a line has. (Masked
// loads took three times as long.)
static TARGET inline __m512i load_part(const uint8_t *p, size_t left) {
    return _mm512_mask_mov_epi8(_mm512_set1_epi8(0x7F), valid(left), load(p));
}

static TARGET inline uint64_t equal(__m512i v, char c) { return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c)); }

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

// The classes of ASCII in eight bits. No byte is in two, so SIGN makes others of them.
enum { IS_DIGIT = 1, IS_UPPER = 2, IS_LOWER = 4, IS_SPACE = 8, IS_DASH = 16, IS_DOT = 32, IS_COLON = 64, IS_SIGN = 128 };
enum { IS_SPECIAL = IS_SPACE | IS_SIGN, IS_PAREN = IS_DASH | IS_SIGN, IS_AT = IS_DOT | IS_SIGN, IS_EQUALS = IS_COLON | IS_SIGN };

static const uint8_t class_bits[128] = {
    [0 ... 31] = IS_SPECIAL, ['\\'] = IS_SPECIAL, ['%'] = IS_SPECIAL,
    ['0' ... '9'] = IS_DIGIT, ['A' ... 'Z'] = IS_UPPER, ['a' ... 'z'] = IS_LOWER, [' '] = IS_SPACE, ['-'] = IS_DASH, ['.'] = IS_DOT,
    [':'] = IS_COLON, ['='] = IS_EQUALS, ['@'] = IS_AT, ['(' ... ')'] = IS_PAREN, ['_'] = IS_SIGN,
};

// Eight bitmaps of 64 bytes side by side, one for each bit of what `class_bits` says of them: a lookup, then 64
// transpositions of 8 by 8 bits, which take the bytes of each eight in the order from last to first.
static TARGET inline __m512i bitmaps_of(__m512i v) {
    const __m128i last_first = _mm_set_epi8(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    const __m512i unit = _mm512_set1_epi64((long long)0x8040201008040201);
    static const uint8_t columns[64] = {
        0, 8,  16, 24, 32, 40, 48, 56, 1, 9,  17, 25, 33, 41, 49, 57, 2, 10, 18, 26, 34, 42, 50, 58, 3, 11, 19, 27, 35, 43, 51, 59,
        4, 12, 20, 28, 36, 44, 52, 60, 5, 13, 21, 29, 37, 45, 53, 61, 6, 14, 22, 30, 38, 46, 54, 62, 7, 15, 23, 31, 39, 47, 55, 63,
    };
    __m512i reversed = _mm512_shuffle_epi8(v, _mm512_broadcast_i32x4(last_first));
    __mmask64 ascii = ~_mm512_movepi8_mask(reversed);
    __m512i bits = _mm512_maskz_permutex2var_epi8(ascii, load(class_bits), reversed, load(class_bits + 64));
    return _mm512_permutexvar_epi8(load(columns), _mm512_gf2p8affine_epi64_epi8(unit, bits, 0));
}

// What is in one row for each block into one column for each class.
static TARGET inline void transpose(__m512i v[8]) {
    __m512i pair[8], four[8];
    for (int i = 0; i < 8; i += 2) {
        pair[i] = _mm512_unpacklo_epi64(v[i], v[i + 1]);
        pair[i + 1] = _mm512_unpackhi_epi64(v[i], v[i + 1]);
    }
    for (int i = 0; i < 8; i += 4)
        for (int odd = 0; odd < 2; odd++) {
            four[i + odd] = _mm512_shuffle_i64x2(pair[i + odd], pair[i + 2 + odd], 0x88);
            four[i + 2 + odd] = _mm512_shuffle_i64x2(pair[i + odd], pair[i + 2 + odd], 0xDD);
        }
    for (int i = 0; i < 4; i++) {
        v[i] = _mm512_shuffle_i64x2(four[i], four[4 + i], 0x88);
        v[4 + i] = _mm512_shuffle_i64x2(four[i], four[4 + i], 0xDD);
    }
}

// What is known of the blocks of a chunk.
typedef struct {
    __m512i rows[LANES];  // bitmaps, block by block
    wide literal[KIND_COUNT];
    __m512i any;                     // all bytes, one over the other
    uint32_t *quotes, *last_quotes;  // behind the offsets of quotes, and of those before the last block
} chunk;

// Finds which bytes of block `b` may begin a literal of each kind; `left` bytes are left from `p` on.
static TARGET inline void read_literals_of_block(const __m512i table[CLASS_PASSES][CLASS_BYTES], const uint8_t *p, size_t left, size_t b, __mmask64 found[KIND_COUNT][LANES]) {
    __m512i text[CLASS_BYTES];
    // Behind the line may stand what will, for no literal goes on there; but the slack may not be passed.
    for (size_t i = 0; i < CLASS_BYTES; i++) text[i] = classes(load(p + (i < left ? i : left)));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        __m512i any = _mm512_setzero_si512();
        for (int pass = by_class.first_pass[kind]; pass < by_class.first_pass[kind + 1]; pass++) {
            __m512i hits = _mm512_permutexvar_epi8(text[0], table[pass][0]);
            for (int i = 1; i < by_class.bytes[kind]; i++) hits = _mm512_and_si512(hits, _mm512_permutexvar_epi8(text[i], table[pass][i]));
            any = _mm512_or_si512(any, hits);
        }
        found[kind][b] = _mm512_test_epi8_mask(any, any);
    }
}

static TARGET inline void read_literals(const martlet_scan_tables *t, const uint8_t *p, size_t left, size_t here, chunk *k) {
    __m512i table[CLASS_PASSES][CLASS_BYTES];  // stay in registers
    for (int pass = 0; pass < CLASS_PASSES; pass++)
        for (int i = 0; i < CLASS_BYTES; i++) table[pass][i] = load(t->whole[pass][i]);
    __mmask64 found[KIND_COUNT][LANES];
    for (size_t b = 0; b < here; b++) read_literals_of_block(table, p + b * 64, left - b * 64, b, found);
    // What is behind the line counts for nothing.
    __m512i counts = _mm512_maskz_set1_epi64((__mmask8)((1u << here) - 1), -1);
    counts = _mm512_mask_set1_epi64(counts, (__mmask8)(1u << (here - 1)), (long long)valid(left - (here - 1) * 64));
    for (int kind = 0; kind < KIND_COUNT; kind++) k->literal[kind] = (wide)_mm512_and_si512(counts, load(found[kind]));
}

static TARGET inline uint32_t *read_block(const uint8_t *p, size_t left, uint32_t start, uint32_t *quotes, __m512i *row, __m512i *any) {
    __builtin_prefetch(p + 1024);  // of the lines behind this one, which mostly follow it in memory
    __m512i v = load_part(p, left);
    *any = _mm512_or_si512(*any, v);
    *row = bitmaps_of(v);
    return write_offsets(quotes, equal(v, '"'), start);
}

// Reads the bitmaps of the `here` blocks from `start` on, and writes their quotes as if no backslash stood before one.
static TARGET inline void read_blocks(const uint8_t *line, size_t count, size_t start, size_t here, uint32_t *quotes, chunk *k) {
    for (int i = 0; i < LANES; i++) k->rows[i] = _mm512_setzero_si512();
    __m512i any = _mm512_setzero_si512();
    uint32_t *last = quotes;
    for (size_t b = 0, at = start; b < here; b++, at += 64) {
        last = quotes;
        quotes = read_block(line + at, count - at, (uint32_t)at, quotes, &k->rows[b], &any);
    }
    k->any = any;
    k->quotes = quotes;
    k->last_quotes = last;
}

// What of the last chunk the next one must know.
typedef struct {
    wide alnum, digit;  // the last block, in lane 7
    bool is_special;
} memory;

static TARGET inline wide behind(wide x, wide before) {
    __m512i shifted = _mm512_alignr_epi64((__m512i)x, (__m512i)before, 7);
    return (wide)_mm512_shldi_epi64((__m512i)x, shifted, 1);
}

// Fills the findings of a chunk; returns a bit for each block that has some.
static TARGET inline uint32_t find_in(const martlet_scan_tables *t, chunk *k, memory *m, findings *r) {
    const uint64_t all = ~(uint64_t)0;
    transpose(k->rows);
    wide digit = (wide)k->rows[0], upper = (wide)k->rows[1], lower = (wide)k->rows[2], space = (wide)k->rows[3];
    wide dash = (wide)k->rows[4], dot = (wide)k->rows[5], colon = (wide)k->rows[6], sign = (wide)k->rows[7];
    wide alnum = digit | upper | lower;
    byte_classes c = {
        .digit = digit, .upper = upper, .alnum = alnum, .sep = (space | dash) & ~sign, .dot = dot & ~sign,
        .word = alnum | ((dash ^ sign) & ~(space | dot | colon)),
        .colon = colon & ~sign, .dash = dash & ~sign, .paren = dash & sign,
    };
    shapes_found found = find_shapes_in(t->shapes, &c);
    bool is_special = _mm512_test_epi64_mask((__m512i)space, (__m512i)sign) != 0;
    wide alnum_behind = behind(alnum, m->alnum), digit_behind = behind(digit, m->digit);
    wide edge = ~alnum_behind | ((is_special | m->is_special) ? all : 0);
    wide edged = found.edged & edge;
    wide loose = found.loose | (found.ipv4 & digit_behind);
    if (t->shapes & MARTLET_SHAPE_AT) loose |= dot & sign & ahead(alnum, 1);
    wide literal = (((k->literal[KIND_TOKEN] & found.token) | k->literal[KIND_EDGE]) & edge) | k->literal[KIND_ANYWHERE];
    wide key = colon & alnum_behind & ~digit_behind;
    if (!t->has_key_endings) key = (wide){0};
    m->alnum = (wide)_mm512_permutexvar_epi64(_mm512_set1_epi64(LANES - 2), (__m512i)alnum);
    m->digit = (wide)_mm512_permutexvar_epi64(_mm512_set1_epi64(LANES - 2), (__m512i)digit);
    m->is_special = is_special;
    wide some = edged | loose | literal | key;
    memcpy(r->edged, &edged, sizeof edged);
    memcpy(r->loose, &loose, sizeof loose);
    memcpy(r->literal, &literal, sizeof literal);
    memcpy(r->key, &key, sizeof key);
    memcpy(r->digit, &digit, sizeof digit);
    r->digit[LANES] = 0;
    return _mm512_test_epi64_mask((__m512i)some, (__m512i)some);
}

static TARGET inline void scan(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                        uint32_t *candidates, martlet_line_index *result) {
    scan_input in = {t, line, count};
    scan_output out = {quotes, candidates, 0, 0};
    memory before = {.is_special = false};
    findings r;
    size_t blocks = (count + 63) / 64, own;
    for (size_t first = 0; first < blocks; first += own) {
        size_t here = blocks - first < LANES ? blocks - first : LANES;
        own = blocks - first <= LANES ? here : LANES - 1;
        chunk k;
        read_blocks(line, count, first * 64, here, out.quote, &k);
        read_literals(t, line + first * 64, count - first * 64, here, &k);
        uint32_t columns = find_in(t, &k, &before, &r) & ((1u << own) - 1);
        if (_mm512_movepi8_mask(k.any)) out.flags |= MARTLET_LINE_NON_ASCII;
        if (before.is_special | (out.odd != 0)) {
            write_quotes_slowly(line, count, first, first + own, &out);
        } else {
            out.quote = own < here ? k.last_quotes : k.quotes;
        }
        if (columns) out.candidate = write_candidates(&in, &r, first, columns, out.candidate);
    }
    *result = (martlet_line_index){(uint32_t)(out.quote - quotes), (uint32_t)(out.candidate - candidates), out.flags};
}

bool martlet_has_avx512(void) {
    return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("gfni") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("bmi2");
}

void martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                              uint32_t *candidates, martlet_line_index *out) {
    if (t) {
        scan(t, line, count, quotes, candidates, out);
    } else {
        scan_quotes(line, count, quotes, out);
    }
}

#else

bool martlet_has_avx512(void) { return false; }

void martlet_scan_line_avx512(const martlet_scan_tables *t, const uint8_t *line, size_t count, uint32_t *quotes,
                              uint32_t *candidates, martlet_line_index *out) {
    (void)t, (void)line, (void)count, (void)quotes, (void)candidates, (void)out;
}

#endif
