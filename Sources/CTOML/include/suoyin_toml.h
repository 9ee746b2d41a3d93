// toml++'s parser behind C: a document is told as a row of events, each with the line that it begins on.
//
// toml++ is a C++ library of headers only. Its values are C++ containers; events need none of that, and Swift makes of them
// what it likes.
#ifndef SUOYIN_TOML_H
#define SUOYIN_TOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What an event is about. Tables and arrays are followed by what is in them, and an end.
enum suoyin_toml_kind {
    SUOYIN_TOML_TABLE,
    SUOYIN_TOML_ARRAY,
    SUOYIN_TOML_END,
    SUOYIN_TOML_STRING,
    SUOYIN_TOML_INTEGER,
    SUOYIN_TOML_FLOAT,
    SUOYIN_TOML_BOOLEAN,
    SUOYIN_TOML_DATE,
    // The document is none: `text` says why.
    SUOYIN_TOML_ERROR,
};

typedef struct {
    enum suoyin_toml_kind kind;
    // The line that the value begins on, from 1; 0 for an end.
    uint32_t line;
    // The member's key in UTF-8; NULL for elements, ends and the document itself.
    const char *key;
    size_t key_length;
    // Of a string: what it says. Of a date or time: the same as RFC 3339 writes it. Of an error: the reason.
    const char *text;
    size_t text_length;
    // Of an integer, or a boolean: 0 or 1.
    int64_t integer;
} suoyin_toml_event;

// Parses a document and tells its events, in order of keys; what they point to is valid during the call.
void suoyin_toml_parse(
    const char *bytes, size_t count, void *context, void (*tell)(void *context, const suoyin_toml_event *event));

#ifdef __cplusplus
}
#endif

#endif
