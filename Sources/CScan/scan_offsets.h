// `write_offsets` for instruction sets that have nothing better: eight at a time, whether they are there or not, which
// saves a branch for each.
static TARGET inline uint32_t *write_offsets(uint32_t *to, uint64_t bits, uint32_t base) {
    int left = __builtin_popcountll(bits);
    uint32_t *end = to + left;
    for (; left > 0; left -= 8, to += 8)
        for (int i = 0; i < 8; i++) {
            // Bit 63 stands in for "none"; what is written then is overwritten or not counted.
            uint32_t bit = (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
            __asm__("" : "+r"(bit));  // else the compiler makes vectors of this, which is four times slower
            to[i] = base + bit;
            bits &= bits - 1;
        }
    return end;
}
