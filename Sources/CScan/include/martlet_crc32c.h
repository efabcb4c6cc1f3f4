#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for CRC-32C (Castagnoli).
bool martlet_crc32c_is_fast(void);

/// Goes on from a register over `count` bytes; only where `martlet_crc32c_is_fast`.
///
/// The register is as it stands inside of the algorithm: not inverted at either end.
uint32_t martlet_crc32c(uint32_t register_, const void *bytes, size_t count);
