// Builds the tables: the hash of first bytes, and the chains for the full comparison.
#include <stdlib.h>

#include "scan_internal.h"

const martlet_scan_tables martlet_scan_no_tables = {.shapes = 0};

static void add_row(martlet_scan_tables *t, const martlet_literal *literal, uint16_t index) {
    literal_row *row = &t->rows[index];
    uint8_t value[MARTLET_LITERAL_MAX] = {0}, mask[MARTLET_LITERAL_MAX] = {0};
    for (size_t i = 0; i < literal->count; i++) {
        mask[i] = literal_folds(literal, i) ? 0xDF : 0xFF;
        value[i] = literal->bytes[i];
    }
    row->value = load_8(value);
    row->mask = load_8(mask);
    memcpy(row->rest_value, value + 8, sizeof row->rest_value);
    memcpy(row->rest_mask, mask + 8, sizeof row->rest_mask);
    row->count = literal->count;
    row->flags = literal->flags;
    row->word_bytes = literal->word_bytes;
    uint16_t *head = literal->count == 2 ? &t->short_heads[short_head_of(row->value)] : &t->heads[head_of(row->value)];
    row->next = *head;
    *head = index;
}

// What the rows of a chain agree in.
static common_bytes common_of(const martlet_scan_tables *t, uint16_t first) {
    if (first == 0) return (common_bytes){~(uint64_t)0, ~(uint64_t)0};
    common_bytes common = {t->rows[first].value, t->rows[first].mask};
    for (uint16_t i = first; i != 0; i = t->rows[i].next)
        common.mask &= t->rows[i].mask & ~(t->rows[i].value ^ common.value);
    return common;
}

martlet_scan_tables *martlet_scan_tables_make(const martlet_literal *literals, size_t count, uint32_t shapes,
                                              const uint8_t *key_endings) {
    if (count > 4000) return NULL;
    for (size_t i = 0; i < count; i++)
        if (literals[i].count < 2 || literals[i].count > MARTLET_LITERAL_MAX || literals[i].word_bytes > 16) return NULL;
    // Aligned, so that no lookup of 64 bytes touches two cache lines.
    size_t rows_end = (sizeof(martlet_scan_tables) + (count + 1) * sizeof(literal_row) + 63) & ~(size_t)63;
    size_t common_end = rows_end + (count + 1) * sizeof(common_bytes);
    size_t size = (common_end + MARTLET_KEY_ENDINGS / 8 + 63) & ~(size_t)63;
    martlet_scan_tables *t = aligned_alloc(64, size);
    if (!t) return NULL;
    memset(t, 0, size);
    t->shapes = shapes;
    t->literal_count = (uint32_t)count;
    t->has_key_endings = key_endings != NULL;
    t->key_endings = (uint8_t *)t + common_end;
    if (key_endings) memcpy((uint8_t *)t + common_end, key_endings, MARTLET_KEY_ENDINGS / 8);
    for (size_t i = count; i > 0; i--) add_row(t, &literals[i - 1], (uint16_t)i);  // so chains run in the order of rows
    common_bytes *common = (common_bytes *)((uint8_t *)t + rows_end);
    t->common = common;
    for (size_t i = 0; i <= count; i++) common[i] = common_of(t, (uint16_t)i);
    t->expected_hits = martlet_scan_group_literals(t, literals, count);
    if (t->expected_hits >= 0) return t;
    free(t);
    return NULL;
}

void martlet_scan_tables_free(martlet_scan_tables *tables) { free(tables); }

double martlet_scan_tables_expected_hits(const martlet_scan_tables *tables) { return tables->expected_hits; }

static inline size_t list_chain(const martlet_scan_tables *t, uint16_t first, const uint8_t *line, size_t count, size_t offset,
                         uint16_t *literals, size_t limit) {
    size_t found = 0;
    for (uint16_t i = first; i != 0 && found < limit; i = t->rows[i].next)
        if (literal_matches(&t->rows[i], line, count, offset)) literals[found++] = (uint16_t)(i - 1);
    return found;
}

size_t martlet_scan_literals_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t offset,
                                uint16_t *literals, size_t limit) {
    if (offset >= count || !t->literal_count) return 0;
    uint64_t text = load_8(line + offset);
    uint16_t head = t->heads[head_of(text)], short_head = t->short_heads[short_head_of(text)];
    size_t found = list_chain(t, head, line, count, offset, literals, limit);
    return found + list_chain(t, short_head, line, count, offset, literals + found, limit - found);
}

uint32_t martlet_key_ending(const uint8_t end[4]) { return key_ending(end); }

bool martlet_scan_key_ends_at(const martlet_scan_tables *t, const uint8_t *line, size_t count, size_t offset) {
    return key_ends_at(t, line, count, offset);
}

size_t martlet_public_ipv4(const uint8_t *text, size_t count, size_t dot, size_t *start) {
    return public_ipv4(text, count, dot, start);
}
