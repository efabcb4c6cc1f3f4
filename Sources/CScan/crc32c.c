// CRC-32C by the processor's own instructions: eight bytes each.
#include "martlet_crc32c.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>

bool martlet_crc32c_is_fast(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2")))
uint32_t martlet_crc32c(uint32_t register_, const void *bytes, size_t count) {
    const uint8_t *p = bytes;
    uint64_t crc = register_;
    for (; count >= 8; count -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    for (; count > 0; count--, p++) crc = _mm_crc32_u8((uint32_t)crc, *p);
    return (uint32_t)crc;
}

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>

bool martlet_crc32c_is_fast(void) { return true; }

uint32_t martlet_crc32c(uint32_t register_, const void *bytes, size_t count) {
    const uint8_t *p = bytes;
    uint32_t crc = register_;
    for (; count >= 8; count -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        crc = __crc32cd(crc, word);
    }
    for (; count > 0; count--, p++) crc = __crc32cb(crc, *p);
    return crc;
}

#else

bool martlet_crc32c_is_fast(void) { return false; }

uint32_t martlet_crc32c(uint32_t register_, const void *bytes, size_t count) {
    (void)bytes;
    (void)count;
    return register_;
}

#endif
