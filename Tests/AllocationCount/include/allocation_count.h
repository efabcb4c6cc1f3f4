// Counts heap allocations of the calling thread, so that tests can hold "allocates nothing" beside each other.
#ifndef MARTLET_ALLOCATION_COUNT_H
#define MARTLET_ALLOCATION_COUNT_H

#include <stdint.h>

// Allocations of this thread so far.
uint64_t allocation_count(void);
// Bytes that this thread has allocated and not freed; less than nothing where it frees what others allocated.
int64_t allocation_bytes(void);

#endif
