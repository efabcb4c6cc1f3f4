#include "include/martlet_re2.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr int kLeastLiteral = 3;
constexpr int64_t kMaxMemory = 2 << 20;

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMaxMemory);
    return options;
}

bool is_ascii(const std::string &text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Whether the pattern might match a text that holds just these atoms.
bool may_match(const re2::FilteredRE2 &filter, const std::vector<int> &atoms) {
    std::vector<int> potentials;
    filter.AllPotentials(atoms, &potentials);
    return !potentials.empty();
}

std::vector<int> without(size_t count, const std::vector<int> &removed) {
    std::vector<int> rest;
    for (int i = 0; i < static_cast<int>(count); i++)
        if (std::find(removed.begin(), removed.end(), i) == removed.end()) rest.push_back(i);
    return rest;
}

// RE2's prefilter is a formula of ANDs and ORs over atoms. A set of atoms of which one is in every match is one
// without which the formula is false even when all others are there. Start with all usable atoms, drop the shortest
// ones as long as that holds.
std::vector<std::string> required_literals(const std::string &pattern) {
    re2::FilteredRE2 filter(kLeastLiteral);
    int id = 0;
    if (filter.Add(pattern, options(), &id) != RE2::NoError) return {};
    std::vector<std::string> atoms;
    filter.Compile(&atoms);
    std::vector<int> chosen;
    for (int i = 0; i < static_cast<int>(atoms.size()); i++)
        if (is_ascii(atoms[i]) && atoms[i].size() >= kLeastLiteral) chosen.push_back(i);
    if (chosen.empty() || may_match(filter, without(atoms.size(), chosen))) return {};
    std::vector<int> by_length = chosen;
    std::sort(by_length.begin(), by_length.end(), [&](int a, int b) { return atoms[a].size() < atoms[b].size(); });
    for (int candidate : by_length) {
        std::vector<int> fewer = chosen;
        fewer.erase(std::find(fewer.begin(), fewer.end(), candidate));
        if (!fewer.empty() && !may_match(filter, without(atoms.size(), fewer))) chosen = fewer;
    }
    std::vector<std::string> literals;
    for (int i : chosen) literals.push_back(atoms[i]);
    return literals;
}

}  // namespace

struct martlet_re2 {
    RE2 pattern;
    std::vector<std::string> literals;
    int group;

    explicit martlet_re2(const std::string &text) : pattern(text, options()), group(0) {
        if (!pattern.ok()) return;
        auto named = pattern.NamedCapturingGroups().find("redact");
        if (named != pattern.NamedCapturingGroups().end()) group = named->second;
        literals = required_literals(text);
    }
};

martlet_re2 *martlet_re2_make(const char *pattern, size_t count, char *error, size_t error_size) {
    std::unique_ptr<martlet_re2> made(new (std::nothrow) martlet_re2(std::string(pattern, count)));
    if (made && made->pattern.ok()) return made.release();
    if (error_size > 0) {
        std::string reason = made ? made->pattern.error() : "out of memory";
        size_t length = std::min(reason.size(), error_size - 1);
        std::memcpy(error, reason.data(), length);
        error[length] = 0;
    }
    return nullptr;
}

void martlet_re2_free(martlet_re2 *pattern) { delete pattern; }

bool martlet_re2_find(const martlet_re2 *pattern, const uint8_t *text, size_t count, size_t from, size_t *start,
                      size_t *end) {
    constexpr int kGroups = 17;
    re2::StringPiece groups[kGroups];
    int wanted = pattern->group + 1;
    if (wanted > kGroups) return false;
    re2::StringPiece whole(reinterpret_cast<const char *>(text), count);
    if (!pattern->pattern.Match(whole, from, count, RE2::UNANCHORED, groups, wanted)) return false;
    const re2::StringPiece &found = groups[pattern->group].data() ? groups[pattern->group] : groups[0];
    *start = static_cast<size_t>(found.data() - whole.data());
    *end = *start + found.size();
    return true;
}

bool martlet_re2_matches_empty(const martlet_re2 *pattern) { return RE2::FullMatch("", pattern->pattern); }

int martlet_re2_program_size(const martlet_re2 *pattern) { return pattern->pattern.ProgramSize(); }

size_t martlet_re2_literal_count(const martlet_re2 *pattern) { return pattern->literals.size(); }

const char *martlet_re2_literal(const martlet_re2 *pattern, size_t i, size_t *count) {
    *count = pattern->literals[i].size();
    return pattern->literals[i].data();
}
