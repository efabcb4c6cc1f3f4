// Builds the tables: the hash of first three bytes, and the chains for the full comparison.
#include <stdlib.h>

#include "scan_internal.h"

const martlet_scan_tables martlet_scan_no_tables = {.shapes = 0};

static void set_prefix(martlet_scan_tables *t, uint32_t prefix) {
    uint32_t h = prefix_hash(prefix);
    t->prefix_hash[h >> 3] |= (uint8_t)(1 << (h & 7));
}

// Marks every three (or two) bytes that the literal may begin with: both cases of letters.
static void add_prefixes(martlet_scan_tables *t, const martlet_literal *literal) {
    for (uint32_t cases = 0; cases < 8; cases++) {
        uint32_t prefix = 0;
        bool is_new = true;
        for (uint32_t i = 0; i < TEDDY_BYTES && i < literal->count; i++) {
            bool flip = cases >> i & 1;
            if (flip && !literal_folds(literal, i)) is_new = false;
            prefix |= (uint32_t)(uint8_t)(literal->bytes[i] ^ (flip ? 0x20 : 0)) << (8 * i);
        }
        if (!is_new) continue;
        if (literal->count >= TEDDY_BYTES) set_prefix(t, prefix);
        else t->pairs[prefix >> 3] |= (uint8_t)(1 << (prefix & 7));
    }
}

static void add_row(martlet_scan_tables *t, const martlet_literal *literal, uint16_t index) {
    literal_row *row = &t->rows[index];
    row->count = literal->count;
    row->flags = literal->flags;
    row->word_bytes = literal->word_bytes;
    for (size_t i = 0; i < literal->count; i++) {
        row->value[i] = literal->bytes[i];
        row->mask[i] = literal_folds(literal, i) ? 0xDF : 0xFF;
    }
    uint32_t chain = chain_of(row->value);
    row->next = t->heads[chain];
    t->heads[chain] = index;
}

martlet_scan_tables *martlet_scan_tables_make(const martlet_literal *literals, size_t count, uint32_t shapes) {
    if (count > 4000) return NULL;
    for (size_t i = 0; i < count; i++)
        if (literals[i].count < 2 || literals[i].count > MARTLET_LITERAL_MAX || literals[i].word_bytes > 16) return NULL;
    martlet_scan_tables *t = calloc(1, sizeof *t + count * sizeof(literal_row));
    if (!t) return NULL;
    t->shapes = shapes;
    t->literal_count = (uint32_t)count;
    memset(t->heads, 0xFF, sizeof t->heads);
    for (size_t i = count; i-- > 0;) {  // backwards, so that chains run in the order of the rows
        add_prefixes(t, &literals[i]);
        add_row(t, &literals[i], (uint16_t)i);
    }
    t->expected_hits = martlet_scan_group_literals(t, literals, count);
    if (t->expected_hits >= 0) return t;
    free(t);
    return NULL;
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
