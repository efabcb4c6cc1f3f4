// Builds the tables: Teddy's nibble masks with literals grouped so that few false hits come through, the hash of
// first three bytes, and the chains for the full comparison.
#include <stdlib.h>

#include "scan_internal.h"

const martlet_scan_tables martlet_scan_no_tables = {.shapes = 0};

// How often each printable byte stands in service logs, per 10,000 (JSON lines, access logs, logfmt, stack traces);
// only the ratios matter.
static const uint16_t byte_weight[128] = {
    [' '] = 420, ['!'] = 2,   ['"'] = 980, ['#'] = 2,   ['$'] = 4,   ['%'] = 8,   ['&'] = 10,  ['\''] = 8,
    ['('] = 22,  [')'] = 22,  ['*'] = 4,   ['+'] = 8,   [','] = 320, ['-'] = 210, ['.'] = 190, ['/'] = 190,
    ['0'] = 360, ['1'] = 330, ['2'] = 330, ['3'] = 230, ['4'] = 230, ['5'] = 220, ['6'] = 210, ['7'] = 200,
    ['8'] = 200, ['9'] = 200, [':'] = 420, [';'] = 12,  ['<'] = 4,   ['='] = 60,  ['>'] = 8,   ['?'] = 10,
    ['@'] = 8,   ['A'] = 28,  ['B'] = 16,  ['C'] = 28,  ['D'] = 24,  ['E'] = 34,  ['F'] = 24,  ['G'] = 20,
    ['H'] = 14,  ['I'] = 26,  ['J'] = 6,   ['K'] = 10,  ['L'] = 18,  ['M'] = 20,  ['N'] = 22,  ['O'] = 22,
    ['P'] = 26,  ['Q'] = 4,   ['R'] = 22,  ['S'] = 32,  ['T'] = 52,  ['U'] = 14,  ['V'] = 8,   ['W'] = 10,
    ['X'] = 8,   ['Y'] = 6,   ['Z'] = 20,  ['['] = 14,  ['\\'] = 12, [']'] = 14,  ['_'] = 120, ['a'] = 410,
    ['b'] = 170, ['c'] = 330, ['d'] = 330, ['e'] = 640, ['f'] = 200, ['g'] = 140, ['h'] = 160, ['i'] = 350,
    ['j'] = 20,  ['k'] = 70,  ['l'] = 230, ['m'] = 190, ['n'] = 330, ['o'] = 360, ['p'] = 210, ['q'] = 30,
    ['r'] = 350, ['s'] = 390, ['t'] = 440, ['u'] = 170, ['v'] = 100, ['w'] = 60,  ['x'] = 50,  ['y'] = 80,
    ['z'] = 20,  ['{'] = 24,  ['}'] = 24,
};

typedef struct {
    uint16_t low[TEDDY_BYTES];   // a bit per half value
    uint16_t high[TEDDY_BYTES];
} bucket;

// The share of text positions that a bucket lets through, were bytes independent of each other.
static double hit_rate(const bucket *b) {
    double rate = 1;
    for (int position = 0; position < TEDDY_BYTES; position++) {
        double let_through = 0;
        for (int c = 0; c < 128; c++)
            if ((b->low[position] >> (c & 15) & 1) && (b->high[position] >> (c >> 4) & 1)) let_through += byte_weight[c];
        rate *= let_through / 10000;
    }
    return rate;
}

static bool folds(const martlet_literal *literal, size_t position) {
    uint8_t c = literal->bytes[position] | 0x20;
    return (literal->flags & MARTLET_LITERAL_FOLD) && c >= 'a' && c <= 'z';
}

static void add_to(bucket *b, const martlet_literal *literal) {
    for (size_t i = 0; i < TEDDY_BYTES; i++) {
        if (i >= literal->count) {  // a literal of two bytes: anything may follow
            b->low[i] = b->high[i] = 0xFFFF;
            continue;
        }
        uint8_t c = literal->bytes[i];
        b->low[i] |= (uint16_t)(1 << (c & 15));
        b->high[i] |= (uint16_t)(1 << (c >> 4));
        if (folds(literal, i)) b->high[i] |= (uint16_t)(1 << ((c ^ 0x20) >> 4));
    }
}

static int best_bucket(const bucket *buckets, const martlet_literal *literal) {
    int best = 0;
    double best_growth = 1e9;
    for (int k = 0; k < BUCKETS; k++) {
        bucket larger = buckets[k];
        add_to(&larger, literal);
        double growth = hit_rate(&larger) - hit_rate(&buckets[k]);
        if (growth < best_growth) {
            best_growth = growth;
            best = k;
        }
    }
    return best;
}

static void collect(bucket *into, int k, const martlet_literal *literals, const uint8_t *home, size_t count, int pass) {
    memset(into, 0, sizeof *into);
    for (size_t i = 0; i < count; i++)
        if (home[i] == pass * BUCKETS + k) add_to(into, &literals[i]);
}

// Greedy grouping, then rounds in which each literal may move to where it costs least.
static double group(martlet_scan_tables *t, const martlet_literal *literals, uint8_t *home, size_t count, int pass) {
    bucket buckets[BUCKETS] = {0};
    bool wants_edge = pass == PASS_EDGE;
    for (int round = 0; round < 6; round++) {
        for (size_t i = 0; i < count; i++) {
            if (((literals[i].flags & MARTLET_LITERAL_EDGE) != 0) != wants_edge) continue;
            int old = home[i] - pass * BUCKETS;
            home[i] = 0xFF;
            if (round > 0) collect(&buckets[old], old, literals, home, count, pass);
            int k = best_bucket(buckets, &literals[i]);
            add_to(&buckets[k], &literals[i]);
            home[i] = (uint8_t)(pass * BUCKETS + k);
        }
    }
    double total = 0;
    for (int k = 0; k < BUCKETS; k++) {
        total += hit_rate(&buckets[k]);
        for (int position = 0; position < TEDDY_BYTES; position++)
            for (int half = 0; half < 32; half++) {
                t->low[pass][position][half] |= (uint8_t)((buckets[k].low[position] >> (half & 15) & 1) << k);
                t->high[pass][position][half] |= (uint8_t)((buckets[k].high[position] >> (half & 15) & 1) << k);
            }
    }
    return total;
}

static void set_prefix(martlet_scan_tables *t, uint32_t prefix) {
    uint32_t h = prefix_hash(prefix);
    t->prefix_hash[h >> 3] |= (uint8_t)(1 << (h & 7));
}

// Marks every three bytes that the literal may begin with: both cases, and any third byte behind two.
static void add_prefixes(martlet_scan_tables *t, const martlet_literal *literal) {
    for (uint32_t cases = 0; cases < 8; cases++) {
        uint32_t prefix = 0;
        bool is_new = true;
        for (uint32_t i = 0; i < TEDDY_BYTES && i < literal->count; i++) {
            bool flip = cases >> i & 1;
            if (flip && !folds(literal, i)) is_new = false;
            prefix |= (uint32_t)(uint8_t)(literal->bytes[i] ^ (flip ? 0x20 : 0)) << (8 * i);
        }
        if (!is_new) continue;
        if (literal->count >= TEDDY_BYTES) set_prefix(t, prefix);
        for (uint32_t c = 0; literal->count < TEDDY_BYTES && c < 256; c++) set_prefix(t, prefix | c << 16);
    }
}

static void add_row(martlet_scan_tables *t, const martlet_literal *literal, uint16_t index) {
    literal_row *row = &t->rows[index];
    row->count = literal->count;
    row->flags = literal->flags;
    for (size_t i = 0; i < literal->count; i++) {
        row->value[i] = literal->bytes[i];
        row->mask[i] = folds(literal, i) ? 0xDF : 0xFF;
    }
    uint32_t chain = chain_of(row->value);
    row->next = t->heads[chain];
    t->heads[chain] = index;
}

martlet_scan_tables *martlet_scan_tables_make(const martlet_literal *literals, size_t count, uint32_t shapes) {
    if (count > 4000) return NULL;
    for (size_t i = 0; i < count; i++)
        if (literals[i].count < 2 || literals[i].count > MARTLET_LITERAL_MAX) return NULL;
    martlet_scan_tables *t = calloc(1, sizeof *t + count * sizeof(literal_row));
    uint8_t *home = malloc(count + 1);  // the bucket of each literal; 0xFF: none yet
    if (!t || !home) {
        free(t);
        free(home);
        return NULL;
    }
    memset(home, 0xFF, count + 1);
    t->shapes = shapes;
    t->literal_count = (uint32_t)count;
    memset(t->heads, 0xFF, sizeof t->heads);
    for (size_t i = count; i-- > 0;) {  // backwards, so that chains run in the order of the rows
        add_prefixes(t, &literals[i]);
        add_row(t, &literals[i], (uint16_t)i);
    }
    t->expected_hits = group(t, literals, home, count, PASS_EDGE) + group(t, literals, home, count, PASS_ANYWHERE);
    free(home);
    return t;
}

void martlet_scan_tables_free(martlet_scan_tables *tables) { free(tables); }

double martlet_scan_tables_expected_hits(const martlet_scan_tables *tables) { return tables->expected_hits; }

size_t martlet_scan_literals_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t offset,
                                uint16_t *literals, size_t limit) {
    size_t found = 0;
    if (offset >= count || !t->literal_count || !prefix_may_start_literal(t, line + offset)) return 0;
    for (uint16_t i = t->heads[chain_of(line + offset)]; i != NO_LITERAL && found < limit; i = t->rows[i].next)
        if (literal_matches(&t->rows[i], line, count, offset)) literals[found++] = i;
    return found;
}
