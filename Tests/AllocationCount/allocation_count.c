#define _GNU_SOURCE
#include "allocation_count.h"

#include <errno.h>
#include <malloc.h>
#include <stddef.h>

#if defined(__GLIBC__)

// glibc's own allocator under its internal names: the program's `malloc` counts and passes on.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Thread_local uint64_t count __attribute__((tls_model("initial-exec")));
static _Thread_local int64_t bytes __attribute__((tls_model("initial-exec")));

static void *counted(void *memory) {
    count++;
    if (memory) bytes += (int64_t)malloc_usable_size(memory);
    return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }

void *calloc(size_t members, size_t size) { return counted(__libc_calloc(members, size)); }

void *realloc(void *old, size_t size) {
    if (old) bytes -= (int64_t)malloc_usable_size(old);
    return counted(__libc_realloc(old, size));
}

void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }

int posix_memalign(void **out, size_t alignment, size_t size) {
    *out = counted(__libc_memalign(alignment, size));
    return *out ? 0 : ENOMEM;
}

void free(void *memory) {
    if (memory) bytes -= (int64_t)malloc_usable_size(memory);
    __libc_free(memory);
}

uint64_t allocation_count(void) { return count; }
int64_t allocation_bytes(void) { return bytes; }

#else

uint64_t allocation_count(void) { return 0; }
int64_t allocation_bytes(void) { return 0; }

#endif
