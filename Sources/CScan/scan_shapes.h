// Shapes of digits and letters as shifts and ANDs over bitmaps, STRIDE blocks of 64 bytes at a time.
//
// A shape may run from one block into the next. `ahead(x, k)` is "the byte k further on" of bitmaps side by side.
// Where an instruction shifts two words as one (HAS_DOUBLE_SHIFT), the last of LANES blocks only lends its bits to
// the one before. Elsewhere each block is looked at twice: as it is, for shapes that begin in its first 40 bytes, and
// as a window over its second half and the first half of the next block, for the rest; so "the byte k further on" is
// one shift.

// Bitmaps side by side, as many as one vector of TARGET holds.
typedef uint64_t wide __attribute__((vector_size(8 * LANES)));

#ifdef HAS_DOUBLE_SHIFT
enum { STRIDE = LANES - 1 };
#else
enum { STRIDE = LANES };
#define ahead(x, k) ((x) >> (k))
#endif

static TARGET inline wide wide_at(const uint64_t *bits) {
    wide v;
    memcpy(&v, bits, sizeof v);
    return v;
}

// Blocks from `b` on, or windows that begin in the middle of these: bitmaps are little-endian.
typedef struct {
    size_t b;
    bool is_window;
} place;

static TARGET inline wide bits_at(const uint64_t *columns, place at) {
    wide v;
    memcpy(&v, (const uint8_t *)(columns + at.b) + (at.is_window ? 4 : 0), sizeof v);
    return v;
}

static TARGET inline wide join_windows(wide first, wide second) {
    const uint64_t first_40 = ((uint64_t)1 << 40) - 1;
    return (first & first_40) | (second << 32 & ~first_40);
}

typedef struct {
    wide digit, upper, sep, dot;
    wide d2, d3, d4, d7, d8, u2, u4;  // runs of at least so many digits and capitals that begin here
} runs;

static TARGET inline runs runs_at(const bitmaps *c, place at) {
    runs w = {
        .digit = bits_at(c->digit, at), .upper = bits_at(c->upper, at),
        .sep = bits_at(c->sep, at), .dot = bits_at(c->dot, at),
    };
    w.d2 = w.digit & ahead(w.digit, 1);
    w.d3 = w.d2 & ahead(w.d2, 1);
    w.d4 = w.d2 & ahead(w.d2, 2);
    w.d7 = w.d4 & ahead(w.d3, 4);
    w.d8 = w.d4 & ahead(w.d4, 4);
    w.u2 = w.upper & ahead(w.upper, 1);
    w.u4 = w.u2 & ahead(w.u2, 2);
    return w;
}

static TARGET inline wide wanted_if(uint32_t shapes, uint32_t flag, wide bits) {
    return bits & (shapes & flag ? ~(uint64_t)0 : 0);
}

static TARGET inline wide find_numbers(uint32_t shapes, const runs *w) {
    wide iban = w->u2 & ahead(w->d2, 2) & ahead(w->digit | w->upper | w->sep, 4);
    wide sep_d4 = w->sep & ahead(w->d4, 1);
    wide last_group = ahead(sep_d4, 9) | (ahead(w->d2, 9) & ahead(sep_d4, 11));
    wide card = w->d4 & ahead(sep_d4, 4) & last_group;
    wide ssn = w->d3 & ahead(w->sep & ahead(w->d2, 1), 3) & ahead(sep_d4, 6);
    return wanted_if(shapes, MARTLET_SHAPE_LONG_DIGITS, w->d8 & ahead(w->d4, 8)) | wanted_if(shapes, MARTLET_SHAPE_IBAN, iban)
        | wanted_if(shapes, MARTLET_SHAPE_CARD_GROUPS, card) | wanted_if(shapes, MARTLET_SHAPE_SSN, ssn);
}

// National ids that stand out by their form: CPF, CNPJ, AHV; RRN, HETU, DNI, NIR; NIE, codice fiscale, CURP.
static TARGET inline wide find_national(const runs *w) {
    wide d3_dot = w->d3 & ahead(w->dot, 3);
    wide d4_dot = w->d4 & ahead(w->dot, 4);
    wide cpf = d3_dot & ahead(d3_dot, 4) & ahead(w->d3, 8) & ahead(w->sep, 11);
    wide ahv = d3_dot & ahead(d4_dot, 4) & ahead(w->d4, 9);
    wide cnpj = w->d2 & ahead(w->dot, 2) & ahead(d3_dot, 3) & ahead(w->d3, 7) & ahead(w->d4, 11);
    wide d6 = w->d4 & ahead(w->d2, 4);
    wide letter_or_digit = w->digit | w->upper;
    wide hetu = d6 & ahead(w->sep | w->upper, 6) & ahead(w->d3, 7) & ahead(letter_or_digit, 10);  // and RRN
    wide dni = w->d8 & ahead(w->upper | (w->sep & ahead(w->upper, 1)), 8);
    wide sep_d2 = w->sep & ahead(w->d2, 1);
    wide nir = w->digit & ahead(sep_d2, 1) & ahead(sep_d2, 4) & ahead(w->sep, 7) & ahead(w->sep & ahead(w->d3, 1), 10);
    wide nie = w->upper & (ahead(w->d7 & ahead(w->upper, 7), 1) | ahead(w->sep & ahead(w->d7, 1), 1));
    wide fiscale = w->u4 & ahead(w->u2, 4) & ahead(w->d2, 6) & ahead(w->upper & ahead(w->d2, 1), 8);
    wide curp = w->u4 & ahead(w->d4, 4) & ahead(w->d2, 8) & ahead(w->upper, 10);
    return cpf | ahv | cnpj | hetu | dni | nir | nie | fiscale | curp;
}

static TARGET inline wide find_phone_groups(const runs *w, wide paren) {
    wide gap = w->sep | w->dot;
    wide plain = w->d3 & ahead(gap & ahead(w->d3, 1), 3) & ahead(gap & ahead(w->d4, 1), 7);
    wide bracketed = w->d3 & ahead(paren & ahead(w->d3 | (w->sep & ahead(w->d3, 1)), 1), 3);
    return plain | bracketed;
}

// IPv6 by its first colon, MAC by its first separator.
static TARGET inline wide find_hexadecimal(const bitmaps *c, place at, const runs *w) {
    wide colon = bits_at(c->colon, at), gap = colon | bits_at(c->dash, at), alnum = bits_at(c->alnum, at);
    wide colons = colon & (ahead(colon, 2) | ahead(colon, 3) | ahead(colon, 4) | ahead(colon, 5));
    wide next = ahead(colon, 1);
    wide ipv6 = colon & ~(next & ahead(colon, 2)) & (next | ahead(colons, 2) | ahead(colons, 3) | ahead(colons, 4) | ahead(colons, 5));
    wide pair = gap & ahead(gap, 3);
    wide mac = pair & ahead(alnum, 1) & ahead(alnum, 2) & ahead(pair, 6) & ahead(gap, 12);
    wide cisco = w->dot & ahead(w->dot, 5) & ahead(alnum, 1) & ahead(alnum, 4) & ahead(alnum, 6);
    return ipv6 | mac | cisco;
}

// IPv4 by its first dot, if a digit stands before it.
static TARGET inline wide find_ipv4(const runs *w) {
    wide before_digit = w->dot & ahead(w->digit, 1);
    wide two_on = ahead(w->digit & ahead(before_digit, 1), 1);  // a dot between digits, two bytes further on
    wide soon = two_on | ahead(two_on, 1) | ahead(two_on, 2);   // … two to four bytes
    wide chain = two_on & ahead(soon, 2);
    return before_digit & (chain | ahead(chain, 1) | ahead(chain, 2));
}

static TARGET inline wide behind(const uint64_t *bits, int k) {
    return wide_at(bits) << k | wide_at(bits - 1) >> (64 - k);
}

typedef struct {
    wide edged;  // if a left edge stands before it
    wide ipv4;   // if a digit stands before it
    wide loose;
} shapes_found;

static TARGET inline shapes_found find_shapes_at(uint32_t shapes, const bitmaps *c, place at) {
    runs w = runs_at(c, at);
    shapes_found found = {.edged = find_numbers(shapes, &w)};
    if (shapes & MARTLET_SHAPE_NATIONAL) found.edged |= find_national(&w);
    if (shapes & MARTLET_SHAPE_PHONE_GROUPS) found.edged |= find_phone_groups(&w, bits_at(c->paren, at));
    if (shapes & MARTLET_SHAPE_NETWORK) {
        found.ipv4 = find_ipv4(&w);
        found.loose = find_hexadecimal(c, at, &w);
    }
    return found;
}

static TARGET inline shapes_found find_all_shapes(uint32_t shapes, const bitmaps *c, size_t b) {
    shapes_found first = find_shapes_at(shapes, c, (place){b, false});
#ifndef HAS_DOUBLE_SHIFT
    shapes_found second = find_shapes_at(shapes, c, (place){b, true});
    first.edged = join_windows(first.edged, second.edged);
    first.ipv4 = join_windows(first.ipv4, second.ipv4);
    first.loose = join_windows(first.loose, second.loose);
#endif
    return first;
}

// Fills STRIDE columns of the findings from `b` on. Where bits of `loose_edges` are set, every byte is an edge.
static TARGET inline void find_shapes(const martlet_scan_tables *t, const bitmaps *c, size_t b, uint64_t loose_edges, findings *r) {
    const uint64_t all = ~(uint64_t)0;
    wide alnum_behind = behind(c->alnum + b, 1), digit_behind = behind(c->digit + b, 1);
    wide edge = ~alnum_behind | loose_edges;
    wide next_alnum = wide_at(c->alnum + b) >> 1 | wide_at(c->alnum + b + 1) << 63;
    shapes_found found = find_all_shapes(t->shapes, c, b);
    wide edged = found.edged & edge;
    wide at = wide_at(c->at + b) & next_alnum & (t->shapes & MARTLET_SHAPE_AT ? all : 0);
    wide loose = at | found.loose | (found.ipv4 & digit_behind);
    wide literal = (wide_at(c->literal[KIND_EDGE] + b) & edge) | wide_at(c->literal[KIND_ANYWHERE] + b);
    wide key = wide_at(c->operator_ + b) & alnum_behind & ~digit_behind & (t->has_key_endings ? all : 0);
    memcpy(r->edged + b, &edged, sizeof edged);
    memcpy(r->loose + b, &loose, sizeof loose);
    memcpy(r->literal + b, &literal, sizeof literal);
    memcpy(r->key + b, &key, sizeof key);
}
