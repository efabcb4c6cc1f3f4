// Shapes of digits and letters as shifts and ANDs over bitmaps, LANES blocks of 64 bytes at a time.
//
// A shape may run from one block into the next. Instead of carrying bits through every shift, each block is looked
// at twice: once as it is, for shapes that begin in its first 40 bytes, and once as a window over its second half
// and the first half of the next block, for the rest. So "the byte k further on" is one shift.

// Bitmaps side by side, as many as one vector of TARGET holds.
typedef uint64_t wide __attribute__((vector_size(8 * LANES)));

typedef struct {
    wide digit, upper, sep, dot;
    wide d2, d3, d4, d7, d8, u2, u4;  // runs of at least so many digits and capitals that begin here
} window;

typedef struct {
    wide wanted;  // some shape begins here, if a left edge does
    wide hint;    // a rare shape may begin near here
} common_shapes;

static TARGET inline wide wide_at(const uint64_t *bits) {
    wide v;
    memcpy(&v, bits, sizeof v);
    return v;
}

static TARGET inline bool any(wide v) {
    uint64_t bits = 0;
    for (int i = 0; i < LANES; i++) bits |= v[i];
    return bits != 0;
}

static TARGET inline void derive_runs(window *w) {
    w->d2 = w->digit & w->digit >> 1;
    w->d3 = w->d2 & w->d2 >> 1;
    w->d4 = w->d2 & w->d2 >> 2;
    w->d7 = w->d4 & w->d3 >> 4;
    w->d8 = w->d4 & w->d4 >> 4;
    w->u2 = w->upper & w->upper >> 1;
    w->u4 = w->u2 & w->u2 >> 2;
}

static TARGET inline window first_window(const bitmaps *c, size_t b) {
    window w = {
        .digit = wide_at(c->digit + b), .upper = wide_at(c->upper + b),
        .sep = wide_at(c->sep + b), .dot = wide_at(c->dot + b),
    };
    derive_runs(&w);
    return w;
}

static TARGET inline wide halves(const uint64_t *bits) { return wide_at(bits) >> 32 | wide_at(bits + 1) << 32; }

static TARGET inline window second_window(const bitmaps *c, size_t b) {
    window w = {
        .digit = halves(c->digit + b), .upper = halves(c->upper + b),
        .sep = halves(c->sep + b), .dot = halves(c->dot + b),
    };
    derive_runs(&w);
    return w;
}

static TARGET inline wide join_windows(wide first, wide second) {
    const uint64_t first_40 = ((uint64_t)1 << 40) - 1;
    return (first & first_40) | (second << 32 & ~first_40);
}

static TARGET inline wide wanted_if(uint32_t shapes, uint32_t flag, wide bits) {
    return bits & (shapes & flag ? ~(uint64_t)0 : 0);
}

// The cheap shapes, and whether the expensive ones are worth a look. A hint needs no left edge and may lie anywhere
// in the shape; it only has to be there whenever the shape is.
static TARGET inline common_shapes find_common_shapes(uint32_t shapes, const window *w) {
    wide iban = w->u2 & w->d2 >> 2 & (w->digit | w->upper | w->sep) >> 4;
    wide card = w->d4 & w->sep >> 4 & w->d4 >> 5;
    wide ssn = w->d3 & w->sep >> 3 & w->d2 >> 4 & w->sep >> 6 & w->d4 >> 7;
    wide dotted = w->dot & w->d3 >> 1 & (w->dot >> 4 | w->d4 >> 1);     // CPF, CNPJ, AHV, dotted phone numbers
    // DNI, NIE; but not the last seven digits of a time in nanoseconds, `.123456789Z`.
    wide seven = w->d7 & (w->upper >> 7 | (w->sep >> 7 & w->upper >> 8)) & ~(w->digit << 2 & w->dot << 3);
    wide six = (w->sep | w->upper) & w->d3 >> 1 & w->d4 << 4 & w->d2 << 6;  // RRN, HETU
    wide seven_behind = w->sep & w->d7 >> 1;                            // NIE
    wide letters = w->u4 & w->d2 >> 4;                                  // codice fiscale, CURP
    wide spaced = w->sep & w->d2 >> 1 & w->sep >> 3 & w->d2 >> 4 & w->sep >> 6;  // NIR
    common_shapes found;
    found.wanted = wanted_if(shapes, MARTLET_SHAPE_LONG_DIGITS, w->d8 & w->d4 >> 8) | wanted_if(shapes, MARTLET_SHAPE_IBAN, iban)
        | wanted_if(shapes, MARTLET_SHAPE_CARD_GROUPS, card) | wanted_if(shapes, MARTLET_SHAPE_SSN, ssn);
    found.hint = wanted_if(shapes, MARTLET_SHAPE_NATIONAL, dotted | seven | six | seven_behind | letters | spaced);
    return found;
}

// National ids that stand out by their form: CPF, CNPJ, AHV; RRN, HETU, DNI, NIR; NIE, codice fiscale, CURP.
static TARGET wide find_national(const window *w) {
    wide two_groups = w->dot >> 3 & w->dot >> 7;
    wide cpf = w->d3 & two_groups & w->d3 >> 4 & w->d3 >> 8 & w->sep >> 11;
    wide ahv = w->d3 & w->dot >> 3 & w->d4 >> 4 & w->dot >> 8 & w->d4 >> 9;
    wide cnpj = w->d2 & w->dot >> 2 & w->d3 >> 3 & w->dot >> 6 & w->d3 >> 7 & w->d4 >> 11;
    wide d6 = w->d4 & w->d2 >> 4;
    wide rrn = d6 & w->sep >> 6 & w->d7 >> 7;
    wide alnum_10 = w->digit >> 10 | w->upper >> 10;
    wide hetu = d6 & (w->sep | w->upper) >> 6 & w->d3 >> 7 & alnum_10;
    wide dni = w->d8 & (w->upper >> 8 | (w->sep >> 8 & w->upper >> 9));
    wide nir = w->digit & w->sep >> 1 & w->d2 >> 2 & w->sep >> 4 & w->d2 >> 5 & w->sep >> 7 & w->sep >> 10 & w->d3 >> 11;
    wide nie = w->upper & ((w->d7 >> 1 & w->upper >> 8) | (w->sep >> 1 & w->d7 >> 2));
    wide fiscale = w->u4 & w->u2 >> 4 & w->d2 >> 6 & w->upper >> 8 & w->d2 >> 9;
    wide curp = w->u4 & w->d4 >> 4 & w->d2 >> 8 & w->upper >> 10;
    wide national = cpf | ahv | cnpj | rrn | hetu | dni | nir | nie | fiscale | curp;
    return national;
}

typedef struct {
    wide ipv4;  // if a digit stands before it
    wide other;
} network_shapes;

static TARGET inline network_shapes find_network(wide digit, wide dot, wide colon, wide dash, wide alnum) {
    wide before_digit = dot & digit >> 1;
    wide inner = before_digit & digit << 1;
    wide pair = inner & (inner >> 2 | inner >> 3 | inner >> 4);
    wide colons = colon & (colon >> 2 | colon >> 3 | colon >> 4 | colon >> 5);
    wide ipv6 = colon & (colon >> 1 | colons >> 2 | colons >> 3 | colons >> 4 | colons >> 5);
    wide gap = colon | dash;
    wide mac = gap & gap >> 3 & gap >> 6 & gap >> 9 & gap >> 12;
    wide cisco = dot & dot >> 5 & alnum >> 1 & alnum >> 4 & alnum >> 6;
    return (network_shapes){before_digit & (pair >> 2 | pair >> 3 | pair >> 4), ipv6 | mac | cisco};
}

static TARGET wide find_network_shapes(const bitmaps *c, size_t b) {
    network_shapes first = find_network(wide_at(c->digit + b), wide_at(c->dot + b), wide_at(c->colon + b),
                                        wide_at(c->dash + b), wide_at(c->alnum + b));
    network_shapes second = find_network(halves(c->digit + b), halves(c->dot + b), halves(c->colon + b),
                                         halves(c->dash + b), halves(c->alnum + b));
    wide behind_digit = wide_at(c->digit + b) << 1 | wide_at(c->digit + b - 1) >> 63;
    return (join_windows(first.ipv4, second.ipv4) & behind_digit) | join_windows(first.other, second.other);
}

static TARGET inline wide find_phone_groups(const window *w, wide paren) {
    wide gap = w->sep | w->dot;
    wide plain = w->d3 & gap >> 3 & w->d3 >> 4 & gap >> 7 & w->d4 >> 8;
    wide bracketed = w->d3 & paren >> 3 & (w->d3 >> 4 | (w->sep >> 4 & w->d3 >> 5));
    return plain | bracketed;
}

static TARGET inline wide behind(const uint64_t *bits, int k) {
    return wide_at(bits) << k | wide_at(bits - 1) >> (64 - k);
}

static TARGET inline wide ahead(const uint64_t *bits, int k) {
    return wide_at(bits) >> k | wide_at(bits + 1) << (64 - k);
}

// Where literals of `is_key_ending` may begin.
static TARGET inline wide find_key_endings(const bitmaps *c, size_t b) {
    wide letter = ahead(c->alnum + b, 1) & ~ahead(c->digit + b, 1);
    return letter & ahead(c->operator_ + b, 2);
}

// Fills LANES columns of the findings from `b` on. Where bits of `loose_edges` are set, every byte is an edge.
static TARGET inline void find_shapes(const martlet_scan_tables *t, const bitmaps *c, size_t b, uint64_t loose_edges, findings *r) {
    uint32_t shapes = t->shapes;
    wide edge = ~behind(c->alnum + b, 1) | loose_edges;
    wide next_alnum = wide_at(c->alnum + b) >> 1 | wide_at(c->alnum + b + 1) << 63;
    wide loose = wanted_if(shapes, MARTLET_SHAPE_AT, wide_at(c->at + b) & next_alnum);
    window first = first_window(c, b), second = second_window(c, b);
    common_shapes in_first = find_common_shapes(shapes, &first), in_second = find_common_shapes(shapes, &second);
    wide edged = join_windows(in_first.wanted, in_second.wanted);
    if (any(in_first.hint | in_second.hint)) edged |= join_windows(find_national(&first), find_national(&second));
    if (shapes & MARTLET_SHAPE_PHONE_GROUPS)
        edged |= join_windows(find_phone_groups(&first, wide_at(c->paren + b)), find_phone_groups(&second, halves(c->paren + b)));
    if (shapes & MARTLET_SHAPE_NETWORK) loose |= find_network_shapes(c, b);
    edged &= edge;
    wide all = edged | loose | (wide_at(c->literal[KIND_EDGE] + b) & edge) | wide_at(c->literal[KIND_ANYWHERE] + b);
    if (t->has_key_endings) all |= find_key_endings(c, b);
    memcpy(r->edged + b, &edged, sizeof edged);
    memcpy(r->loose + b, &loose, sizeof loose);
    memcpy(r->candidate + b, &all, sizeof all);
}
