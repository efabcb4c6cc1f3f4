// Builds the tables: the hash of first bytes, and the chains for the full comparison.
#include <stdlib.h>

#include "scan_internal.h"

const martlet_scan_tables martlet_scan_no_tables = {.shapes = 0};

static prefix_kind prefix_kind_of(const martlet_literal *literal) {
    if (literal->count >= 8) return PREFIX_8;
    if (literal->count >= 6) return PREFIX_6;
    if (literal->count >= 4) return PREFIX_4;
    if (literal->count == 2) return PREFIX_2;
    return literal->word_bytes >= SHORT_TOKEN_WORD_BYTES ? PREFIX_3_WORD : PREFIX_3;
}

// Marks the beginning of a literal, as `prefix_may_start_literal` will see it.
static void add_prefix(martlet_scan_tables *t, const martlet_literal *literal) {
    uint64_t folded = 0;
    for (uint32_t i = 0; i < 8 && i < literal->count; i++) folded |= (uint64_t)(literal->bytes[i] | 0x20) << (8 * i);
    uint32_t h = prefix_hash(folded, prefix_kind_of(literal));
    t->prefixes[h >> 3] |= (uint8_t)(1 << (h & 7));
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
    // Aligned, so that no lookup of 64 bytes touches two cache lines.
    size_t size = (sizeof(martlet_scan_tables) + count * sizeof(literal_row) + 63) & ~(size_t)63;
    martlet_scan_tables *t = aligned_alloc(64, size);
    if (!t) return NULL;
    memset(t, 0, size);
    t->shapes = shapes;
    t->literal_count = (uint32_t)count;
    memset(t->heads, 0xFF, sizeof t->heads);
    for (size_t i = count; i-- > 0;) {  // backwards, so that chains run in the order of the rows
        add_prefix(t, &literals[i]);
        t->has_key_endings |= is_key_ending(&literals[i]);
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
