// RE2::Set over all patterns at once: what a redactor made of regular expressions would run on every line.
#ifndef MARTLET_RE2_SET_H
#define MARTLET_RE2_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct re2_set re2_set;

re2_set *re2_set_make(void);
// False where RE2 does not take the pattern.
bool re2_set_add(re2_set *set, const char *pattern, size_t count);
bool re2_set_compile(re2_set *set);
// How many patterns match a line.
size_t re2_set_match(const re2_set *set, const uint8_t *line, size_t count);
void re2_set_free(re2_set *set);

#ifdef __cplusplus
}
#endif
#endif
