#define _GNU_SOURCE
#include "allocation_counter.h"

#include <malloc.h>
#include <stddef.h>

// glibc's own allocator under its internal names: the program's `malloc` counts and passes on.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static __thread uint64_t allocations;
static __thread int64_t bytes;

static void *counted(void *memory) {
    allocations++;
    if (memory) bytes += (int64_t)malloc_usable_size(memory);
    return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size)); }

void *realloc(void *old, size_t size) {
    if (old) bytes -= (int64_t)malloc_usable_size(old);
    return counted(__libc_realloc(old, size));
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    *out = counted(__libc_memalign(alignment, size));
    return *out ? 0 : 12;
}

void free(void *memory) {
    if (memory) bytes -= (int64_t)malloc_usable_size(memory);
    __libc_free(memory);
}

uint64_t allocations_of_this_thread(void) { return allocations; }

int64_t bytes_of_this_thread(void) { return bytes; }
