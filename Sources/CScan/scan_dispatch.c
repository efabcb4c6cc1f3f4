// Chooses the instruction set, once.
#include <stdlib.h>

#include "scan_internal.h"

typedef void (*kernel_function)(const martlet_scan_tables *, const uint8_t *, size_t, uint32_t *, uint32_t *, martlet_line_index *);

static bool always(void) { return true; }

static const struct {
    bool (*is_available)(void);
    kernel_function scan;
} kernels[] = {
    [MARTLET_KERNEL_SCALAR] = {always, martlet_scan_line_scalar},
    [MARTLET_KERNEL_SSSE3] = {martlet_has_ssse3, martlet_scan_line_ssse3},
    [MARTLET_KERNEL_AVX2] = {martlet_has_avx2, martlet_scan_line_avx2},
    [MARTLET_KERNEL_AVX512] = {martlet_has_avx512, martlet_scan_line_avx512},
    [MARTLET_KERNEL_NEON] = {martlet_has_neon, martlet_scan_line_neon},
};
static const char *const names[] = {"scalar", "ssse3", "avx2", "avx512", "neon"};
enum { KERNEL_COUNT = sizeof kernels / sizeof kernels[0] };

static martlet_kernel choose(void) {
    const char *wanted = getenv("MARTLET_KERNEL");
    for (int k = 0; wanted && k < KERNEL_COUNT; k++)
        if (strcmp(wanted, names[k]) == 0 && kernels[k].is_available()) return (martlet_kernel)k;
    const martlet_kernel best_first[] = {MARTLET_KERNEL_AVX512, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_NEON, MARTLET_KERNEL_SSSE3};
    for (int k = 0; k < 4; k++)
        if (kernels[best_first[k]].is_available()) return best_first[k];
    return MARTLET_KERNEL_SCALAR;
}

// Chosen + 1; 0: not yet. Threads that race choose the same.
static int chosen;

martlet_kernel martlet_scan_chosen_kernel(void) {
    int kernel = __atomic_load_n(&chosen, __ATOMIC_RELAXED);
    if (kernel == 0) {
        kernel = (int)choose() + 1;
        __atomic_store_n(&chosen, kernel, __ATOMIC_RELAXED);
    }
    return (martlet_kernel)(kernel - 1);
}

void martlet_scan_line(const martlet_scan_tables *tables, const uint8_t *line, size_t count, uint32_t *quotes,
                       uint32_t *candidates, martlet_line_index *out) {
    kernels[martlet_scan_chosen_kernel()].scan(tables, line, count, quotes, candidates, out);
}

bool martlet_scan_line_with(martlet_kernel kernel, const martlet_scan_tables *tables, const uint8_t *line,
                            size_t count, uint32_t *quotes, uint32_t *candidates, martlet_line_index *out) {
    if ((int)kernel < 0 || (int)kernel >= KERNEL_COUNT || !kernels[kernel].is_available()) return false;
    kernels[kernel].scan(tables, line, count, quotes, candidates, out);
    return true;
}
