// Counts what a program that links this allocates on the heap, thread by thread.
#ifndef MARTLET_ALLOCATION_COUNTER_H
#define MARTLET_ALLOCATION_COUNTER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Calls of malloc, calloc, realloc and posix_memalign by the calling thread so far.
uint64_t allocations_of_this_thread(void);

#ifdef __cplusplus
}
#endif
#endif
