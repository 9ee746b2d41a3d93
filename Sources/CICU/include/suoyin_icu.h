// One thin function per ICU call that Suoyin makes.
//
// ICU renames its functions by macro (u_charType becomes u_charType_72) and its headers clash with the copy of
// ICU inside Foundation, so Swift sees only this header: plain integers and opaque pointers. Status is ICU's
// UErrorCode: 0 or less is success. Ownership and threading are ICU's own: one breaker, one thread.
#ifndef SUOYIN_ICU_H
#define SUOYIN_ICU_H

#include <stdint.h>

typedef struct suoyin_normalizer suoyin_normalizer;
typedef struct suoyin_breaker suoyin_breaker;
typedef struct suoyin_transliterator suoyin_transliterator;
typedef struct suoyin_data suoyin_data;
typedef struct suoyin_converter suoyin_converter;
typedef struct suoyin_detector suoyin_detector;

// Versions of ICU and of the Unicode data it carries, as in "72.1" and "15.0"; 20 bytes each.
void suoyin_icu_version(char *buffer);
void suoyin_unicode_version(char *buffer);
const char *suoyin_error_name(int32_t status);

// unorm2: NFKC_Casefold and NFKC.
const suoyin_normalizer *suoyin_nfkc_casefold(int32_t *status);
const suoyin_normalizer *suoyin_nfkc(int32_t *status);
int32_t suoyin_normalize(const suoyin_normalizer *n, const uint16_t *text, int32_t length, uint16_t *output,
                         int32_t capacity, int32_t *status);
int8_t suoyin_has_boundary_before(const suoyin_normalizer *n, int32_t character);

// ubrk: word boundaries. The text must stay in place while the breaker walks it.
suoyin_breaker *suoyin_breaker_open(const char *locale, int32_t *status);
void suoyin_breaker_close(suoyin_breaker *b);
void suoyin_breaker_set_text(suoyin_breaker *b, const uint16_t *text, int32_t length, int32_t *status);
// Writes up to `capacity` boundaries after the current one; fewer than `capacity` means the end was reached.
int32_t suoyin_breaker_next(suoyin_breaker *b, int32_t *boundaries, int32_t capacity);

// udata: a dictionary of the word breaker, "cjdict" for instance. The content stays in place until it is closed; it
// is null-terminated by nothing, and says its own length.
suoyin_data *suoyin_dictionary_open(const char *name, int32_t *status);
void suoyin_dictionary_close(suoyin_data *d);
const int32_t *suoyin_dictionary_content(suoyin_data *d);

// utrans, for the generator of tables and the test that checks them.
suoyin_transliterator *suoyin_transliterator_open(const uint16_t *identifier, int32_t length, int32_t *status);
void suoyin_transliterator_close(suoyin_transliterator *t);
// Transforms text in place; gives the new length.
int32_t suoyin_transliterate(const suoyin_transliterator *t, uint16_t *text, int32_t length, int32_t capacity,
                             int32_t *status);

// uchar properties.
int8_t suoyin_general_category(int32_t character);
int8_t suoyin_is_default_ignorable(int32_t character);
// Whether the character's script is Han and NFKC leaves it as it is, whatever stands around it.
int8_t suoyin_is_inert_han(int32_t character);

// ucnv: text encodings. A converter stops at every sequence that it cannot decode or encode.
suoyin_converter *suoyin_converter_open(const char *name, int32_t *status);
void suoyin_converter_close(suoyin_converter *c);
const char *suoyin_converter_name(const suoyin_converter *c, int32_t *status);
// ICU's UConverterType.
int32_t suoyin_converter_type(const suoyin_converter *c);
void suoyin_converter_reset(suoyin_converter *c);
// Decodes from the front of `source`; gives the units written, each with the offset of the first byte of its
// character in `offsets` (-1 when that came in an earlier call), and the bytes `consumed`. Where it stopped at a
// sequence that it cannot decode, `invalid` is the length of the sequence, which ends at `consumed`; else it is 0.
int32_t suoyin_converter_decode(suoyin_converter *c, const uint8_t *source, int32_t length, int8_t is_end,
                                uint16_t *target, int32_t capacity, int32_t *offsets, int32_t *consumed,
                                int32_t *invalid, int32_t *status);
// Bytes consumed that have given no unit yet.
int32_t suoyin_converter_pending(const suoyin_converter *c);
int32_t suoyin_converter_encode(suoyin_converter *c, const uint16_t *text, int32_t length, uint8_t *output,
                                int32_t capacity, int32_t *status);

// ucsdet: guesses at the encoding of bytes, the likeliest first. Names live as long as the detector.
suoyin_detector *suoyin_detector_open(int32_t *status);
void suoyin_detector_close(suoyin_detector *d);
int32_t suoyin_detector_detect(suoyin_detector *d, const uint8_t *bytes, int32_t length, const char **names,
                               int32_t *confidences, int32_t capacity, int32_t *status);

#endif
