#include "re2_set.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <string>
#include <vector>

struct re2_set {
    RE2::Set set;
    explicit re2_set(const RE2::Options &options) : set(options, RE2::UNANCHORED) {}
};

re2_set *re2_set_make(void) {
    RE2::Options options(RE2::Latin1);
    options.set_log_errors(false);
    options.set_max_mem(256 << 20);
    return new re2_set(options);
}

bool re2_set_add(re2_set *set, const char *pattern, size_t count) {
    return set->set.Add(re2::StringPiece(pattern, count), nullptr) >= 0;
}

bool re2_set_compile(re2_set *set) { return set->set.Compile(); }

size_t re2_set_match(const re2_set *set, const uint8_t *line, size_t count) {
    std::vector<int> matches;
    set->set.Match(re2::StringPiece(reinterpret_cast<const char *>(line), count), &matches);
    return matches.size();
}

void re2_set_free(re2_set *set) { delete set; }
