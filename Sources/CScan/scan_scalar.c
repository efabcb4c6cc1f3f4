// The plainest possible loops: what the vector kernels must equal, byte for byte.
#include "scan_internal.h"

typedef struct {
    const uint8_t *line;
    size_t count;
} text;

static bool digit_at(text t, size_t i) { return is_digit(byte_at(t.line, t.count, i)); }
static bool upper_at(text t, size_t i) { return is_upper(byte_at(t.line, t.count, i)); }
static bool alnum_at(text t, size_t i) { return is_alnum(byte_at(t.line, t.count, i)); }
static bool is_at(text t, size_t i, uint8_t c) { return i < t.count && t.line[i] == c; }
static bool paren_at(text t, size_t i) { return is_at(t, i, '(') || is_at(t, i, ')'); }
static bool sep_at(text t, size_t i) { return is_at(t, i, ' ') || is_at(t, i, '-'); }

static bool digits_at(text t, size_t i, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (!digit_at(t, i + k)) return false;
    return true;
}

static bool uppers_at(text t, size_t i, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (!upper_at(t, i + k)) return false;
    return true;
}

static bool is_long_run(text t, size_t i) {
    size_t length = 0;
    while (length < 20 && digit_at(t, i + length)) length++;
    return long_run_is_wanted(t.line, t.count, i, length);
}

static bool is_card_groups(text t, size_t i) {
    if (!digits_at(t, i, 4) || !sep_at(t, i + 4) || !digits_at(t, i + 5, 4)) return false;
    if (sep_at(t, i + 9) && digits_at(t, i + 10, 4)) return true;
    return digits_at(t, i + 9, 2) && sep_at(t, i + 11) && digits_at(t, i + 12, 4);
}

static bool is_dotted_id(text t, size_t i) {
    bool cpf = digits_at(t, i, 3) && is_at(t, i + 3, '.') && digits_at(t, i + 4, 3) && is_at(t, i + 7, '.')
        && digits_at(t, i + 8, 3) && sep_at(t, i + 11);
    bool ahv = digits_at(t, i, 3) && is_at(t, i + 3, '.') && digits_at(t, i + 4, 4) && is_at(t, i + 8, '.')
        && digits_at(t, i + 9, 4);
    bool cnpj = digits_at(t, i, 2) && is_at(t, i + 2, '.') && digits_at(t, i + 3, 3) && is_at(t, i + 6, '.')
        && digits_at(t, i + 7, 3) && digits_at(t, i + 11, 4);
    return cpf || ahv || cnpj;
}

static bool is_digit_id(text t, size_t i) {
    bool rrn = digits_at(t, i, 6) && sep_at(t, i + 6) && digits_at(t, i + 7, 7);
    bool hetu = digits_at(t, i, 6) && (sep_at(t, i + 6) || upper_at(t, i + 6))
        && digits_at(t, i + 7, 3) && (digit_at(t, i + 10) || upper_at(t, i + 10));
    bool dni = digits_at(t, i, 8) && (upper_at(t, i + 8) || (sep_at(t, i + 8) && upper_at(t, i + 9)));
    bool nir = digit_at(t, i) && sep_at(t, i + 1) && digits_at(t, i + 2, 2) && sep_at(t, i + 4)
        && digits_at(t, i + 5, 2) && sep_at(t, i + 7) && sep_at(t, i + 10) && digits_at(t, i + 11, 3);
    return rrn || hetu || dni || nir;
}

static bool is_lettered_id(text t, size_t i) {
    bool nie = upper_at(t, i) && ((digits_at(t, i + 1, 7) && upper_at(t, i + 8)) || (sep_at(t, i + 1) && digits_at(t, i + 2, 7)));
    bool fiscale = uppers_at(t, i, 6) && digits_at(t, i + 6, 2) && upper_at(t, i + 8) && digits_at(t, i + 9, 2);
    bool curp = uppers_at(t, i, 4) && digits_at(t, i + 4, 6) && upper_at(t, i + 10);
    return nie || fiscale || curp;
}

// A dot between digits that two more follow, each two to four bytes on.
static bool is_inner_dot(text t, size_t i) {
    return i > 0 && is_at(t, i, '.') && digit_at(t, i - 1) && digit_at(t, i + 1);
}

static bool is_ipv4(text t, size_t i) {
    if (!is_inner_dot(t, i)) return false;
    for (size_t j = i + 2; j <= i + 4; j++)
        for (size_t k = j + 2; is_inner_dot(t, j) && k <= j + 4; k++)
            if (is_inner_dot(t, k)) return true;
    return false;
}

static bool is_ipv6(text t, size_t i) {
    if (!is_at(t, i, ':')) return false;
    if (is_at(t, i + 1, ':')) return !is_at(t, i + 2, ':');
    for (size_t j = i + 2; j <= i + 5; j++)
        for (size_t k = j + 2; is_at(t, j, ':') && k <= j + 5; k++)
            if (is_at(t, k, ':')) return true;
    return false;
}

static bool is_mac(text t, size_t i) {
    bool pairs = alnum_at(t, i + 1) && alnum_at(t, i + 2);
    for (size_t k = 0; k < 5; k++) pairs = pairs && (is_at(t, i + 3 * k, ':') || is_at(t, i + 3 * k, '-'));
    bool cisco = is_at(t, i, '.') && is_at(t, i + 5, '.') && alnum_at(t, i + 1) && alnum_at(t, i + 4) && alnum_at(t, i + 6);
    return pairs || cisco;
}

static bool is_phone_groups(text t, size_t i) {
    bool separated = sep_at(t, i + 3) || is_at(t, i + 3, '.');
    bool again = sep_at(t, i + 7) || is_at(t, i + 7, '.');
    if (digits_at(t, i, 3) && separated && digits_at(t, i + 4, 3) && again && digits_at(t, i + 8, 4)) return true;
    return digits_at(t, i, 3) && paren_at(t, i + 3) && (digits_at(t, i + 4, 3) || (sep_at(t, i + 4) && digits_at(t, i + 5, 3)));
}

static bool shape_at(uint32_t shapes, text t, size_t i) {
    bool is_loose = (shapes & MARTLET_SHAPE_AT) && t.line[i] == '@' && alnum_at(t, i + 1);
    is_loose |= (shapes & MARTLET_SHAPE_NETWORK) && (is_ipv4(t, i) || is_ipv6(t, i) || is_mac(t, i));
    if (is_loose && loose_shape_is_wanted(t.line, t.count, i)) return true;
    if (!has_left_edge(t.line, i)) return false;
    if ((shapes & MARTLET_SHAPE_LONG_DIGITS) && is_long_run(t, i)) return true;
    if ((shapes & MARTLET_SHAPE_CARD_GROUPS) && is_card_groups(t, i)) return true;
    if ((shapes & MARTLET_SHAPE_SSN) && digits_at(t, i, 3) && sep_at(t, i + 3) && digits_at(t, i + 4, 2)
        && sep_at(t, i + 6) && digits_at(t, i + 7, 4)) return true;
    if ((shapes & MARTLET_SHAPE_IBAN) && uppers_at(t, i, 2) && digits_at(t, i + 2, 2)
        && (digit_at(t, i + 4) || upper_at(t, i + 4) || sep_at(t, i + 4))) return true;
    if ((shapes & MARTLET_SHAPE_PHONE_GROUPS) && is_phone_groups(t, i)) return true;
    return (shapes & MARTLET_SHAPE_NATIONAL) && (is_dotted_id(t, i) || is_digit_id(t, i) || is_lettered_id(t, i));
}

void martlet_scan_line_scalar(const martlet_scan_tables *tables, const uint8_t *line, size_t count, uint32_t *quotes,
                              uint32_t *candidates, martlet_line_index *out) {
    const martlet_scan_tables *t = tables ? tables : &martlet_scan_no_tables;
    text whole = {line, count};
    uint32_t quote_count = 0, candidate_count = 0, flags = 0;
    bool escaped = false;
    for (size_t i = 0; i < count; i++) {
        uint8_t c = line[i];
        if (c == '"' && !escaped) quotes[quote_count++] = (uint32_t)i;
        if (c == '\\') flags |= MARTLET_LINE_BACKSLASH;
        if (c < 0x20) flags |= MARTLET_LINE_CONTROL;
        if (c >= 0x80) flags |= MARTLET_LINE_NON_ASCII;
        escaped = c == '\\' && !escaped;
        bool literal = t->literal_count && some_literal_at(t, line, count, i);
        bool is_key = key_ends_at(t, line, count, i);
        if (literal || is_key || (t->shapes && shape_at(t->shapes, whole, i))) candidates[candidate_count++] = (uint32_t)i;
    }
    *out = (martlet_line_index){quote_count, candidate_count, flags};
}
