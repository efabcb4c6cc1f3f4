// RE2 for the patterns of users: linear in the text whatever the pattern, and with the literals that a match must
// hold, so that the pattern runs only where one of them stands.
#ifndef MARTLET_RE2_H
#define MARTLET_RE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct martlet_re2 martlet_re2;

// Compiles a pattern; NULL when RE2 does not take it, then `error` holds RE2's words (cut to `error_size`, with a
// final NUL). The result may be used by several threads at once.
martlet_re2 *martlet_re2_make(const char *pattern, size_t count, char *error, size_t error_size);
void martlet_re2_free(martlet_re2 *pattern);

// The leftmost match in text[from, count). With a group named `redact`, the group's part of it. False: none.
bool martlet_re2_find(const martlet_re2 *pattern, const uint8_t *text, size_t count, size_t from, size_t *start,
                      size_t *end);

// Whether the pattern matches the empty text.
bool martlet_re2_matches_empty(const martlet_re2 *pattern);

// The size of the compiled program: what a byte of text may cost at most grows with it.
int martlet_re2_program_size(const martlet_re2 *pattern);

// Literals of at least `least` bytes, in small letters, ASCII only, of which every match holds one (in either case).
// None: the pattern has no such set. `literal(i)` is valid as long as the pattern.
size_t martlet_re2_literal_count(const martlet_re2 *pattern);
const char *martlet_re2_literal(const martlet_re2 *pattern, size_t i, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
