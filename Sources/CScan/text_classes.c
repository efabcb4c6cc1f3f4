#include <string.h>

#include "martlet_scan.h"

enum { BLOCK = 16 };
typedef uint8_t block __attribute__((vector_size(BLOCK)));

static inline void look(const uint8_t *p, block *sign, block *upper) {
    block v;
    memcpy(&v, p, BLOCK);
    *sign |= (block)((v == ':') | (v == '=') | (v == '['));
    *upper |= (block)((block)(v - 'A') < 26);
}

static inline int holds(block found) {
    uint64_t halves[2];
    memcpy(halves, &found, BLOCK);
    return (halves[0] | halves[1]) != 0;
}

uint32_t martlet_text_classes(const uint8_t *line, size_t count) {
    block sign = {0}, upper = {0};
    uint8_t copy[BLOCK] = {0};
    size_t i = 0;
    for (; i + BLOCK <= count; i += BLOCK) look(line + i, &sign, &upper);
    if (i > 0 && i < count) {  // the last block once more, from the end: what is seen twice does not matter
        look(line + count - BLOCK, &sign, &upper);
    } else if (i < count) {
        memcpy(copy, line, count);
        look(copy, &sign, &upper);
    }
    return (holds(sign) ? MARTLET_TEXT_SIGN : 0) | (holds(upper) ? MARTLET_TEXT_UPPER : 0);
}
