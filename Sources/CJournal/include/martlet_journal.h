// libsystemd's journal functions, found at run time: a binary that links libsystemd does not start where there is
// none. Declared here rather than taken from systemd's headers, so that building needs no libsystemd either.
#ifndef MARTLET_JOURNAL_H
#define MARTLET_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A handle of libsystemd: of one thread at a time.
typedef struct sd_journal martlet_journal;

enum {
    MARTLET_JOURNAL_LOCAL_ONLY = 1,  // SD_JOURNAL_LOCAL_ONLY: this machine's files only
};

// Every function returns a negative errno when it fails, as libsystemd does. The last two are NULL where the
// library is too old for them, all others are always there.
typedef struct {
    int (*open)(martlet_journal **out, int flags);
    int (*open_directory)(martlet_journal **out, const char *path, int flags);
    void (*close)(martlet_journal *journal);
    int (*set_data_threshold)(martlet_journal *journal, size_t bytes);
    int (*add_match)(martlet_journal *journal, const void *data, size_t size);
    int (*add_disjunction)(martlet_journal *journal);
    int (*add_conjunction)(martlet_journal *journal);
    void (*flush_matches)(martlet_journal *journal);
    int (*seek_head)(martlet_journal *journal);
    int (*seek_tail)(martlet_journal *journal);
    int (*seek_realtime)(martlet_journal *journal, uint64_t microseconds);
    int (*seek_cursor)(martlet_journal *journal, const char *cursor);
    int (*test_cursor)(martlet_journal *journal, const char *cursor);
    int (*next)(martlet_journal *journal);
    int (*previous)(martlet_journal *journal);
    int (*get_cursor)(martlet_journal *journal, char **out);  // the caller frees it
    int (*get_realtime)(martlet_journal *journal, uint64_t *microseconds);
    int (*enumerate)(martlet_journal *journal, const void **data, size_t *size);
    int (*get_fd)(martlet_journal *journal);
    int (*process)(martlet_journal *journal);
    int (*open_namespace)(martlet_journal **out, const char *name, int flags);                  // since 245
    int (*enumerate_available)(martlet_journal *journal, const void **data, size_t *size);      // since 246
} martlet_journal_api;

// Opens the library and fills `api`. `path` names the library, NULL is the system's `libsystemd.so.0`.
// False: it is missing or too old; `problem` (of `problem_size` bytes) then says so in words.
// The library stays open until the process ends.
int martlet_journal_load(const char *path, martlet_journal_api *api, char *problem, size_t problem_size);

#ifdef __cplusplus
}
#endif
#endif
