// Compression libraries behind one small face. gzip comes from igzip or libdeflate where this host has them
// (opened with dlopen, so that the binary runs where it does not), else from zlib, which is linked.
#ifndef MARTLET_CODEC_H
#define MARTLET_CODEC_H

#include <snappy-c.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    MARTLET_GZIP_ZLIB = 0,
    MARTLET_GZIP_LIBDEFLATE = 1,
    MARTLET_GZIP_IGZIP = 2,
} martlet_gzip_codec;

// One compressor with its memory; used by one thread at a time, for any number of members.
typedef struct martlet_gzip martlet_gzip;

// Null when this host does not have the library, the level is not one of its own, or there is no memory.
// Levels: zlib 1…9, libdeflate 1…12, igzip 1.
martlet_gzip *martlet_gzip_new(martlet_gzip_codec codec, int level);
void martlet_gzip_free(martlet_gzip *gzip);

// Room that one member of `length` input bytes may need.
size_t martlet_gzip_bound(martlet_gzip *gzip, size_t length);

// Writes one whole gzip member; returns its length, or 0 when it failed or `capacity` did not suffice.
size_t martlet_gzip_compress(
    martlet_gzip *gzip, const uint8_t *input, size_t length, uint8_t *output, size_t capacity);

// One gzip member that is written piece by piece; used by one thread at a time.
typedef struct martlet_gzip_stream martlet_gzip_stream;

// By igzip or zlib; null when this host does not have the library or there is no memory.
martlet_gzip_stream *martlet_gzip_stream_new(martlet_gzip_codec codec);
void martlet_gzip_stream_free(martlet_gzip_stream *stream);

// Takes `*length` bytes of input, of which it leaves those that it could not take yet, and writes to `output`; returns
// how many bytes. Call again with the rest while the output was filled. `is_last`: nothing comes behind this input.
// -1: it failed.
int64_t martlet_gzip_stream_add(
    martlet_gzip_stream *stream, const uint8_t *input, size_t *length, int is_last, uint8_t *output, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
