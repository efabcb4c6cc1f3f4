#include "martlet_journal.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

// Where one function goes and what it is called in the library.
struct symbol {
    size_t offset;
    const char *name;
    int is_required;
};

#define REQUIRED(field, name) {offsetof(martlet_journal_api, field), name, 1}
#define OPTIONAL(field, name) {offsetof(martlet_journal_api, field), name, 0}

static const struct symbol symbols[] = {
    REQUIRED(open, "sd_journal_open"),
    REQUIRED(open_directory, "sd_journal_open_directory"),
    REQUIRED(close, "sd_journal_close"),
    REQUIRED(set_data_threshold, "sd_journal_set_data_threshold"),
    REQUIRED(add_match, "sd_journal_add_match"),
    REQUIRED(add_disjunction, "sd_journal_add_disjunction"),
    REQUIRED(add_conjunction, "sd_journal_add_conjunction"),
    REQUIRED(flush_matches, "sd_journal_flush_matches"),
    REQUIRED(seek_head, "sd_journal_seek_head"),
    REQUIRED(seek_tail, "sd_journal_seek_tail"),
    REQUIRED(seek_realtime, "sd_journal_seek_realtime_usec"),
    REQUIRED(seek_cursor, "sd_journal_seek_cursor"),
    REQUIRED(test_cursor, "sd_journal_test_cursor"),
    REQUIRED(next, "sd_journal_next"),
    REQUIRED(previous, "sd_journal_previous"),
    REQUIRED(get_cursor, "sd_journal_get_cursor"),
    REQUIRED(get_realtime, "sd_journal_get_realtime_usec"),
    REQUIRED(enumerate, "sd_journal_enumerate_data"),
    REQUIRED(get_fd, "sd_journal_get_fd"),
    REQUIRED(process, "sd_journal_process"),
    OPTIONAL(open_namespace, "sd_journal_open_namespace"),
    OPTIONAL(enumerate_available, "sd_journal_enumerate_available_data"),
};

int martlet_journal_load(const char *path, martlet_journal_api *api, char *problem, size_t problem_size) {
    memset(api, 0, sizeof *api);
    const char *name = path ? path : "libsystemd.so.0";
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *reason = dlerror();
        snprintf(problem, problem_size, "%s", reason ? reason : name);
        return 0;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        void *function = dlsym(library, symbols[i].name);
        if (!function && symbols[i].is_required) {
            snprintf(problem, problem_size, "%s has no %s", name, symbols[i].name);
            dlclose(library);
            return 0;
        }
        // A function pointer is copied by its bytes: ISO C has no cast from void * to one.
        memcpy((char *)api + symbols[i].offset, &function, sizeof function);
    }
    return 1;
}
