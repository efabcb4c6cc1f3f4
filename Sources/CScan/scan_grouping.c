// Puts literals into Teddy's buckets. A bucket knows, for each of a few positions, a set of bytes; it lets through
// what is in all of them, so literals that share bytes belong together. Two clusters at a time are joined, always those
// whose union lets the fewest more positions of ordinary text through, until there are as many as buckets.
//
// It is done twice: with sets of classes of bytes, and with sets of low halves times sets of high halves, which is what a
// 16-byte shuffle can look up.
#include <stdlib.h>

#include "scan_internal.h"

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
    // A bit a byte. For halves: `bits[0]` holds the low halves in 16 bits and the high halves in 16 above them.
    uint64_t bits[CLASS_BYTES][2];
} byte_sets;

typedef struct {
    bool is_halved;
    // The weight of eight bytes at a time: bytes 8k…8k+7 that are in the set of bits.
    float whole[16][256];
    // For high half h: the weight of its bytes with low halves 0…7, and 8…15, that are in the set of bits.
    float half[8][2][256];
} weights;

typedef struct {
    byte_sets sets;
    double rate;
    double best_growth;  // of the union with `best`
    int best;            // a cluster with a lower number; -1: none
    bool alive;
} cluster;

static void fill_weights(weights *w) {
    float total = 0;
    for (int c = 0; c < 128; c++) total += byte_weight[c];
    for (int k = 0; k < 16; k++)
        for (int set = 0; set < 256; set++) {
            float sum = 0;
            for (int bit = 0; bit < 8; bit++) sum += set >> bit & 1 ? byte_weight[8 * k + bit] / total : 0;
            w->whole[k][set] = sum;
            w->half[k / 2][k % 2][set] = sum;
        }
}

static double position_rate(const weights *w, const uint64_t bits[2]) {
    double sum = 0;
    if (!w->is_halved) {
        for (int k = 0; k < 16; k++) sum += w->whole[k][bits[k / 8] >> (8 * (k % 8)) & 255];
        return sum;
    }
    for (int high = 0; high < 8; high++)
        if (bits[0] >> (16 + high) & 1) sum += w->half[high][0][bits[0] & 255] + w->half[high][1][bits[0] >> 8 & 255];
    return sum;
}

static double union_rate(const weights *w, const byte_sets *a, const byte_sets *b) {
    double rate = 1;
    for (int i = 0; i < CLASS_BYTES; i++) {
        uint64_t bits[2] = {a->bits[i][0] | b->bits[i][0], a->bits[i][1] | b->bits[i][1]};
        rate *= position_rate(w, bits);
    }
    return rate;
}

static void add_byte(byte_sets *sets, int position, uint8_t c, bool is_halved) {
    if (is_halved) {
        sets->bits[position][0] |= (uint64_t)1 << (c & 15) | (uint64_t)1 << (16 + (c >> 4));
    } else {
        for (int other = 0; other < 128; other++)
            if (class_of((uint8_t)other) == class_of(c)) sets->bits[position][other >> 6] |= (uint64_t)1 << (other & 63);
    }
}

static const teddy_layout *layout_of(bool is_halved) { return is_halved ? &by_halves : &by_class; }

static byte_sets sets_of(const martlet_literal *literal, int kind, bool is_halved) {
    byte_sets sets = {0};
    for (int i = 0; i < CLASS_BYTES; i++) {
        if (i >= literal->count || i >= layout_of(is_halved)->bytes[kind]) {  // anything may follow
            sets.bits[i][0] = sets.bits[i][1] = ~(uint64_t)0;
            continue;
        }
        add_byte(&sets, i, literal->bytes[i], is_halved);
        if (literal_folds(literal, (size_t)i)) add_byte(&sets, i, literal->bytes[i] ^ 0x20, is_halved);
    }
    return sets;
}

static void consider(const weights *w, cluster *all, int i, int j) {
    double growth = union_rate(w, &all[i].sets, &all[j].sets) - all[i].rate - all[j].rate;
    if (growth >= all[i].best_growth) return;
    all[i].best_growth = growth;
    all[i].best = j;
}

static void find_best(const weights *w, cluster *all, int i) {
    all[i].best = -1;
    all[i].best_growth = 1e9;
    for (int j = 0; j < i; j++)
        if (all[j].alive) consider(w, all, i, j);
}

// Joins clusters until at most `groups` are alive; returns how many slots are in use.
static int join(const weights *w, cluster *all, int count, int groups) {
    int alive = count;
    for (int i = 0; i < count; i++) find_best(w, all, i);
    while (alive > groups) {
        int i = -1;
        for (int k = 0; k < count; k++)
            if (all[k].alive && all[k].best >= 0 && (i < 0 || all[k].best_growth < all[i].best_growth)) i = k;
        int j = all[i].best;
        for (int p = 0; p < CLASS_BYTES; p++)
            for (int half = 0; half < 2; half++) all[i].sets.bits[p][half] |= all[j].sets.bits[p][half];
        byte_sets none = {0};
        all[i].rate = union_rate(w, &all[i].sets, &none);
        all[j].alive = false;
        alive--;
        for (int k = 0; k < count; k++) {
            if (!all[k].alive) continue;
            if (k == i || all[k].best == j || all[k].best == i) {
                find_best(w, all, k);
            } else if (k > i) {
                consider(w, all, k, i);
            }
        }
    }
    return count;
}

static void enter(martlet_scan_tables *t, const byte_sets *sets, int kind, int group, bool is_halved) {
    uint8_t bucket = (uint8_t)(1 << group % BUCKETS);
    int pass = layout_of(is_halved)->first_pass[kind] + group / BUCKETS;
    for (int i = 0; i < layout_of(is_halved)->bytes[kind]; i++) {
        for (int c = 0; !is_halved && c < 128; c++)
            if (sets->bits[i][c >> 6] >> (c & 63) & 1) t->whole[pass][i][class_of((uint8_t)c)] |= bucket;
        for (int half = 0; is_halved && half < 32; half++) {
            if (sets->bits[i][0] >> (half & 15) & 1) t->low[pass][i][half] |= bucket;
            if (sets->bits[i][0] >> (16 + (half & 15)) & 1) t->high[pass][i][half] |= bucket;
        }
    }
}

static double group(martlet_scan_tables *t, const weights *w, const martlet_literal *literals, size_t count, int kind,
                    cluster *all) {
    int used = 0;
    byte_sets none = {0};
    for (size_t i = 0; i < count; i++) {
        if (kind_of(&literals[i]) != kind) continue;
        byte_sets sets = sets_of(&literals[i], kind, w->is_halved);
        bool is_known = false;
        for (int k = 0; k < used && !is_known; k++) is_known = memcmp(&all[k].sets, &sets, sizeof sets) == 0;
        if (is_known) continue;
        all[used] = (cluster){.sets = sets, .rate = union_rate(w, &sets, &none), .alive = true};
        used++;
    }
    const int *first_pass = layout_of(w->is_halved)->first_pass;
    used = join(w, all, used, (first_pass[kind + 1] - first_pass[kind]) * BUCKETS);
    double total = 0;
    int group = 0;
    for (int i = 0; i < used; i++) {
        if (!all[i].alive) continue;
        total += all[i].rate;
        enter(t, &all[i].sets, kind, group++, w->is_halved);
    }
    return total;
}

double martlet_scan_group_literals(martlet_scan_tables *t, const martlet_literal *literals, size_t count) {
    weights *w = malloc(sizeof *w);
    cluster *all = malloc((count + 1) * sizeof *all);
    double total = -1;
    if (w && all) {
        fill_weights(w);
        total = 0;
        for (int kind = 0; kind < KIND_COUNT; kind++) {
            w->is_halved = true;
            group(t, w, literals, count, kind, all);
            w->is_halved = false;
            double rate = group(t, w, literals, count, kind, all);
            if (kind != KIND_TOKEN) total += rate;
        }
    }
    free(w);
    free(all);
    return total;
}
