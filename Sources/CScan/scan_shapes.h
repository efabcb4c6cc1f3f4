// Shapes of digits and letters as shifts and ANDs over bitmaps: one bit a byte, 64 bytes a lane.
//
// `ahead(x, k)` is "the byte k further on" of bitmaps side by side, for k below 24. Where an instruction shifts two
// words as one (HAS_DOUBLE_SHIFT), that is exact but in the last lane, which only lends its bits to the one before.
// Elsewhere it is a shift within the lane, exact in its first 40 bytes.

// Bitmaps side by side, as many as one vector of TARGET holds.
typedef uint64_t wide __attribute__((vector_size(8 * LANES)));

#ifndef HAS_DOUBLE_SHIFT
#define ahead(x, k) ((x) >> (k))
#endif

typedef struct {
    wide digit, upper, alnum, sep, dot, word;
    wide colon, dash, paren;  // only where network or phone shapes are wanted
} byte_classes;

// Shapes are products of the classes of single bytes. What two have in common the compiler computes once: of bitmaps side
// by side, where a shift of a product would take the product of the next lane too, these are the shifted classes;
// elsewhere the products.
#ifdef HAS_DOUBLE_SHIFT
#define AHEAD_2(x, k) (ahead(x, k) & ahead(x, (k) + 1))
#define AHEAD_3(x, k) (ahead(x, k) & ahead(x, (k) + 1) & ahead(x, (k) + 2))
#define INNER_DOT(k) (DIGIT((k) - 1) & DOT(k) & DIGIT((k) + 1))
#else
#define AHEAD_2(x, k) ahead((x) & ahead(x, 1), k)
#define AHEAD_3(x, k) ahead((x) & ahead(x, 1) & ahead(x, 2), k)
#define INNER_DOT(k) ahead(DIGIT(0) & DOT(1) & DIGIT(2), (k) - 1)
#endif
#define DIGIT(k) ahead(c->digit, k)
#define UPPER(k) ahead(c->upper, k)
#define SEP(k) ahead(c->sep, k)
#define DOT(k) ahead(c->dot, k)
#define DIGITS_2(k) AHEAD_2(c->digit, k)
#define DIGITS_3(k) AHEAD_3(c->digit, k)
#define UPPERS_3(k) AHEAD_3(c->upper, k)

// Runs of at least TOKEN_RUN letters, digits, dashes and underscores.
static TARGET inline wide find_token_runs(wide word) {
    wide w2 = word & ahead(word, 1);
    wide w4 = w2 & ahead(w2, 2);
    wide w8 = w4 & ahead(w4, 4);
    return w8 & ahead(w8, TOKEN_RUN - 8);
}

static TARGET inline wide find_numbers(uint32_t shapes, const byte_classes *c) {
    const uint32_t all = MARTLET_SHAPE_LONG_DIGITS | MARTLET_SHAPE_IBAN | MARTLET_SHAPE_CARD_GROUPS | MARTLET_SHAPE_SSN;
    const wide none = {0};
    wide d3 = DIGITS_3(0);
    wide long_run = d3 & DIGITS_3(3) & DIGITS_3(6) & DIGITS_3(9);
    wide iban = UPPER(0) & UPPER(1) & DIGITS_2(2) & (DIGIT(4) | UPPER(4) | SEP(4));
    wide last_group = (SEP(9) & DIGITS_3(10) & DIGIT(13)) | (DIGITS_2(9) & SEP(11) & DIGITS_3(12) & DIGIT(15));
    wide card = d3 & DIGIT(3) & SEP(4) & DIGITS_3(5) & DIGIT(8) & last_group;
    wide ssn = d3 & SEP(3) & DIGITS_2(4) & SEP(6) & DIGITS_3(7) & DIGIT(10);
    if ((shapes & all) == all) return long_run | iban | card | ssn;
    return (shapes & MARTLET_SHAPE_LONG_DIGITS ? long_run : none) | (shapes & MARTLET_SHAPE_IBAN ? iban : none)
        | (shapes & MARTLET_SHAPE_CARD_GROUPS ? card : none) | (shapes & MARTLET_SHAPE_SSN ? ssn : none);
}

// National ids that stand out by their form: CPF, CNPJ, AHV; RRN, HETU, DNI, NIR; NIE, codice fiscale, CURP.
static TARGET inline wide find_national(const byte_classes *c) {
    wide d3 = DIGITS_3(0), d6 = d3 & DIGITS_3(3), d3_dot_d3 = d3 & DOT(3) & DIGITS_3(4);
    wide cpf = d3_dot_d3 & DOT(7) & DIGITS_3(8) & SEP(11);
    wide ahv = d3_dot_d3 & DIGIT(7) & DOT(8) & DIGITS_3(9) & DIGIT(12);
    wide cnpj = DIGITS_2(0) & DOT(2) & DIGITS_3(3) & DOT(6) & DIGITS_3(7) & DIGITS_3(11) & DIGIT(14);
    wide hetu = d6 & (SEP(6) | UPPER(6)) & DIGITS_3(7) & (DIGIT(10) | UPPER(10));  // and RRN
    wide dni = d6 & DIGITS_2(6) & (UPPER(8) | (SEP(8) & UPPER(9)));
    wide nir = DIGIT(0) & SEP(1) & DIGITS_2(2) & SEP(4) & DIGITS_2(5) & SEP(7) & SEP(10) & DIGITS_3(11);
    wide nie = UPPER(0) & ((DIGITS_3(1) & DIGITS_3(4) & DIGIT(7) & UPPER(8)) | (SEP(1) & DIGITS_3(2) & DIGITS_3(5) & DIGIT(8)));
    wide fiscale = UPPERS_3(0) & UPPERS_3(3) & DIGITS_2(6) & UPPER(8) & DIGITS_2(9);
    wide curp = UPPERS_3(0) & UPPER(3) & DIGITS_3(4) & DIGITS_3(7) & UPPER(10);
    return cpf | ahv | cnpj | hetu | dni | nir | nie | fiscale | curp;
}

static TARGET inline wide find_phone_groups(const byte_classes *c) {
    wide plain = (SEP(3) | DOT(3)) & DIGITS_3(4) & (SEP(7) | DOT(7)) & DIGITS_3(8) & DIGIT(11);
    wide bracketed = ahead(c->paren, 3) & (DIGITS_3(4) | (SEP(4) & DIGITS_3(5)));
    return DIGITS_3(0) & (plain | bracketed);
}

// IPv6 by its first colon, MAC by its first separator.
static TARGET inline wide find_hexadecimal(const byte_classes *c) {
    wide gap = c->colon | c->dash;
    wide colons = c->colon & (ahead(c->colon, 2) | ahead(c->colon, 3) | ahead(c->colon, 4) | ahead(c->colon, 5));
    wide next = ahead(c->colon, 1);
    wide ipv6 = c->colon & ~(next & ahead(c->colon, 2))
        & (next | ahead(colons, 2) | ahead(colons, 3) | ahead(colons, 4) | ahead(colons, 5));
    wide mac = gap & ahead(c->alnum, 1) & ahead(c->alnum, 2) & ahead(gap, 3) & ahead(gap, 6) & ahead(gap, 9) & ahead(gap, 12);
    wide cisco = c->dot & ahead(c->dot, 5) & ahead(c->alnum, 1) & ahead(c->alnum, 4) & ahead(c->alnum, 6);
    return ipv6 | mac | cisco;
}

// IPv4 by its first dot, if a digit stands before it: two more dots between digits follow, each two to four bytes on.
static TARGET inline wide find_ipv4(const byte_classes *c) {
    wide chain = (INNER_DOT(2) & (INNER_DOT(4) | INNER_DOT(5) | INNER_DOT(6)))
        | (INNER_DOT(3) & (INNER_DOT(5) | INNER_DOT(6) | INNER_DOT(7)))
        | (INNER_DOT(4) & (INNER_DOT(6) | INNER_DOT(7) | INNER_DOT(8)));
    return DOT(0) & DIGIT(1) & chain;
}

typedef struct {
    wide edged;  // if a left edge stands before it
    wide ipv4;   // if a digit stands before it
    wide loose;
    wide token;  // where a token's literal may begin
} shapes_found;

static TARGET inline shapes_found find_shapes_in(uint32_t shapes, const byte_classes *c) {
    shapes_found found = {.edged = find_numbers(shapes, c), .token = find_token_runs(c->word)};
    if (shapes & MARTLET_SHAPE_NATIONAL) found.edged |= find_national(c);
    if (shapes & MARTLET_SHAPE_PHONE_GROUPS) found.edged |= find_phone_groups(c);
    if (shapes & MARTLET_SHAPE_NETWORK) {
        found.ipv4 = find_ipv4(c);
        found.loose = find_hexadecimal(c);
    }
    return found;
}
