#include "martlet_codec.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// What a library has to offer; null functions where it is absent.
typedef struct {
    void *(*make)(int level);
    void (*release)(void *state);
    size_t (*bound)(void *state, size_t length);
    size_t (*compress)(void *state, const uint8_t *input, size_t length, uint8_t *output, size_t capacity);
} functions;

struct martlet_gzip {
    const functions *functions;
    void *state;
};

// MARK: zlib

static void *zlib_make(int level) {
    if (level < 1 || level > 9) return NULL;
    z_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    // 15 + 16: the largest window, with a gzip header.
    if (deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

static void zlib_release(void *state) {
    deflateEnd(state);
    free(state);
}

static size_t zlib_bound(void *state, size_t length) { return deflateBound(state, length); }

static size_t zlib_compress(void *state, const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
    z_stream *stream = state;
    if (length > UINT32_MAX || capacity > UINT32_MAX || deflateReset(stream) != Z_OK) return 0;
    stream->next_in = (Bytef *)input;
    stream->avail_in = (uInt)length;
    stream->next_out = output;
    stream->avail_out = (uInt)capacity;
    return deflate(stream, Z_FINISH) == Z_STREAM_END ? capacity - stream->avail_out : 0;
}

static const functions zlib_functions = {zlib_make, zlib_release, zlib_bound, zlib_compress};

// MARK: libdeflate (the interface of libdeflate.so.0; unchanged since 1.0)

static void *(*libdeflate_make_function)(int);
static void (*libdeflate_release_function)(void *);
static size_t (*libdeflate_bound_function)(void *, size_t);
static size_t (*libdeflate_compress_function)(void *, const void *, size_t, void *, size_t);

static void *libdeflate_make(int level) {
    return level >= 1 && level <= 12 ? libdeflate_make_function(level) : NULL;
}
static void libdeflate_release(void *state) { libdeflate_release_function(state); }
static size_t libdeflate_bound(void *state, size_t length) { return libdeflate_bound_function(state, length); }
static size_t libdeflate_compress(
    void *state, const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
    return libdeflate_compress_function(state, input, length, output, capacity);
}

static functions libdeflate_functions;

static void open_libdeflate(void) {
    void *library = dlopen("libdeflate.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    libdeflate_make_function = (void *(*)(int))dlsym(library, "libdeflate_alloc_compressor");
    libdeflate_release_function = (void (*)(void *))dlsym(library, "libdeflate_free_compressor");
    libdeflate_bound_function = (size_t(*)(void *, size_t))dlsym(library, "libdeflate_gzip_compress_bound");
    libdeflate_compress_function =
        (size_t(*)(void *, const void *, size_t, void *, size_t))dlsym(library, "libdeflate_gzip_compress");
    if (!libdeflate_make_function || !libdeflate_release_function || !libdeflate_bound_function ||
        !libdeflate_compress_function)
        return;
    libdeflate_functions =
        (functions){libdeflate_make, libdeflate_release, libdeflate_bound, libdeflate_compress};
}

// MARK: igzip (ISA-L 2.x)

// The head of `struct isal_zstream`: what a caller may touch. Its tail (82,320 bytes in 2.30) is the library's
// own; IGZIP_STREAM_BYTES leaves it twice that, and the caller proves each codec with a round trip before use.
typedef struct {
    const uint8_t *next_in;
    uint32_t avail_in;
    uint32_t total_in;
    uint8_t *next_out;
    uint32_t avail_out;
    uint32_t total_out;
    void *hufftables;
    uint32_t level;
    uint32_t level_buf_size;
    uint8_t *level_buf;
    uint16_t end_of_stream;
    uint16_t flush;
    uint16_t gzip_flag;
    uint16_t hist_bits;
} igzip_head;

_Static_assert(sizeof(void *) != 8 || sizeof(igzip_head) == 64, "the head of isal_zstream is 64 bytes");

enum {
    IGZIP_STREAM_BYTES = 192 * 1024,
    IGZIP_LEVEL_BYTES = 282624,  // ISAL_DEF_LVL1_DEFAULT
    IGZIP_GZIP = 1,
    IGZIP_OK = 0,
    STORED_BLOCK_BYTES = 65535,
};

static void (*igzip_init_function)(void *);
static int (*igzip_compress_function)(void *);

typedef struct {
    uint8_t *stream;
    uint8_t *level_buffer;
} igzip_state;

static void igzip_release(void *pointer) {
    igzip_state *state = pointer;
    free(state->stream);
    free(state->level_buffer);
    free(state);
}

static void *igzip_make(int level) {
    if (level != 1) return NULL;
    igzip_state *state = calloc(1, sizeof *state);
    if (!state) return NULL;
    state->stream = aligned_alloc(64, IGZIP_STREAM_BYTES);
    state->level_buffer = aligned_alloc(64, IGZIP_LEVEL_BYTES);
    if (!state->stream || !state->level_buffer) {
        igzip_release(state);
        return NULL;
    }
    return state;
}

static void igzip_begin(igzip_state *state, void (*init)(void *)) {
    init(state->stream);
    igzip_head *head = (igzip_head *)state->stream;
    head->level = 1;
    head->level_buf = state->level_buffer;
    head->level_buf_size = IGZIP_LEVEL_BYTES;
    head->gzip_flag = IGZIP_GZIP;
    head->flush = 0;
}

static size_t igzip_bound(void *state, size_t length) {
    (void)state;
    // Stored blocks (5 bytes each), the gzip header and trailer (18), and a little to spare.
    return length + 5 * (length / STORED_BLOCK_BYTES + 1) + 64;
}

static size_t igzip_compress(void *pointer, const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
    igzip_state *state = pointer;
    if (length > UINT32_MAX || capacity > UINT32_MAX) return 0;
    igzip_begin(state, igzip_init_function);
    igzip_head *head = (igzip_head *)state->stream;
    head->end_of_stream = 1;
    head->next_in = input;
    head->avail_in = (uint32_t)length;
    head->next_out = output;
    head->avail_out = (uint32_t)capacity;
    if (igzip_compress_function(state->stream) != IGZIP_OK || head->avail_in != 0) return 0;
    return head->total_out;
}

// With a state from call to call.
static void (*igzip_stream_init_function)(void *);
static int (*igzip_stream_function)(void *);

static functions igzip_functions;

static void open_igzip(void) {
    void *library = dlopen("libisal.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    igzip_init_function = (void (*)(void *))dlsym(library, "isal_deflate_stateless_init");
    igzip_compress_function = (int (*)(void *))dlsym(library, "isal_deflate_stateless");
    if (!igzip_init_function || !igzip_compress_function) return;
    igzip_stream_init_function = (void (*)(void *))dlsym(library, "isal_deflate_init");
    igzip_stream_function = (int (*)(void *))dlsym(library, "isal_deflate");
    igzip_functions = (functions){igzip_make, igzip_release, igzip_bound, igzip_compress};
}

// MARK: the face

static const functions *library(martlet_gzip_codec codec) {
    static pthread_once_t libdeflate_once = PTHREAD_ONCE_INIT;
    static pthread_once_t igzip_once = PTHREAD_ONCE_INIT;
    switch (codec) {
    case MARTLET_GZIP_ZLIB:
        return &zlib_functions;
    case MARTLET_GZIP_LIBDEFLATE:
        pthread_once(&libdeflate_once, open_libdeflate);
        return &libdeflate_functions;
    case MARTLET_GZIP_IGZIP:
        pthread_once(&igzip_once, open_igzip);
        return &igzip_functions;
    }
    return NULL;
}

martlet_gzip *martlet_gzip_new(martlet_gzip_codec codec, int level) {
    const functions *functions = library(codec);
    if (!functions || !functions->make) return NULL;
    martlet_gzip *gzip = calloc(1, sizeof *gzip);
    if (!gzip) return NULL;
    gzip->functions = functions;
    gzip->state = functions->make(level);
    if (gzip->state) return gzip;
    free(gzip);
    return NULL;
}

void martlet_gzip_free(martlet_gzip *gzip) {
    if (!gzip) return;
    gzip->functions->release(gzip->state);
    free(gzip);
}

size_t martlet_gzip_bound(martlet_gzip *gzip, size_t length) {
    return gzip->functions->bound(gzip->state, length);
}

size_t martlet_gzip_compress(
    martlet_gzip *gzip, const uint8_t *input, size_t length, uint8_t *output, size_t capacity) {
    return gzip->functions->compress(gzip->state, input, length, output, capacity);
}

// MARK: piece by piece

struct martlet_gzip_stream {
    // One of the two.
    igzip_state *igzip;
    z_stream *zlib;
};

martlet_gzip_stream *martlet_gzip_stream_new(martlet_gzip_codec codec) {
    const functions *functions = library(codec);
    if (!functions || !functions->make) return NULL;
    if (codec == MARTLET_GZIP_LIBDEFLATE) return NULL;
    if (codec == MARTLET_GZIP_IGZIP && (!igzip_stream_init_function || !igzip_stream_function)) return NULL;
    martlet_gzip_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    void *state = functions->make(1);
    if (!state) {
        free(stream);
        return NULL;
    }
    if (codec == MARTLET_GZIP_IGZIP) {
        stream->igzip = state;
        igzip_begin(state, igzip_stream_init_function);
    } else {
        stream->zlib = state;
    }
    return stream;
}

void martlet_gzip_stream_free(martlet_gzip_stream *stream) {
    if (!stream) return;
    if (stream->igzip) igzip_release(stream->igzip);
    if (stream->zlib) zlib_release(stream->zlib);
    free(stream);
}

int64_t martlet_gzip_stream_add(
    martlet_gzip_stream *stream, const uint8_t *input, size_t *length, int is_last, uint8_t *output, size_t capacity) {
    if (*length > UINT32_MAX || capacity > UINT32_MAX) return -1;
    if (stream->igzip) {
        igzip_head *head = (igzip_head *)stream->igzip->stream;
        head->end_of_stream = is_last ? 1 : 0;
        head->next_in = input;
        head->avail_in = (uint32_t)*length;
        head->next_out = output;
        head->avail_out = (uint32_t)capacity;
        if (igzip_stream_function(stream->igzip->stream) != IGZIP_OK) return -1;
        *length = head->avail_in;
        return (int64_t)capacity - head->avail_out;
    }
    z_stream *zlib = stream->zlib;
    zlib->next_in = (Bytef *)input;
    zlib->avail_in = (uInt)*length;
    zlib->next_out = output;
    zlib->avail_out = (uInt)capacity;
    int status = deflate(zlib, is_last ? Z_FINISH : Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) return -1;
    *length = zlib->avail_in;
    return (int64_t)capacity - zlib->avail_out;
}
