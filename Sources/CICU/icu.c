#include "suoyin_icu.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
#include <unicode/udata.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utrans.h>
#include <unicode/uversion.h>

void suoyin_icu_version(char *buffer) {
    UVersionInfo version;
    u_getVersion(version);
    u_versionToString(version, buffer);
}

void suoyin_unicode_version(char *buffer) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    u_versionToString(version, buffer);
}

const char *suoyin_error_name(int32_t status) { return u_errorName((UErrorCode)status); }

const suoyin_normalizer *suoyin_nfkc_casefold(int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *n = unorm2_getNFKCCasefoldInstance(&code);
    *status = code;
    return (const suoyin_normalizer *)n;
}

const suoyin_normalizer *suoyin_nfkc(int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *n = unorm2_getNFKCInstance(&code);
    *status = code;
    return (const suoyin_normalizer *)n;
}

int32_t suoyin_normalize(const suoyin_normalizer *n, const uint16_t *text, int32_t length, uint16_t *output,
                         int32_t capacity, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t needed = unorm2_normalize((const UNormalizer2 *)n, (const UChar *)text, length, (UChar *)output,
                                      capacity, &code);
    *status = code;
    return needed;
}

int8_t suoyin_has_boundary_before(const suoyin_normalizer *n, int32_t character) {
    return unorm2_hasBoundaryBefore((const UNormalizer2 *)n, character);
}

suoyin_breaker *suoyin_breaker_open(const char *locale, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *b = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
    *status = code;
    return (suoyin_breaker *)b;
}

void suoyin_breaker_close(suoyin_breaker *b) { ubrk_close((UBreakIterator *)b); }

void suoyin_breaker_set_text(suoyin_breaker *b, const uint16_t *text, int32_t length, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    ubrk_setText((UBreakIterator *)b, (const UChar *)text, length, &code);
    *status = code;
}

int32_t suoyin_breaker_next(suoyin_breaker *b, int32_t *boundaries, int32_t capacity) {
    int32_t count = 0;
    while (count < capacity) {
        int32_t boundary = ubrk_next((UBreakIterator *)b);
        if (boundary == UBRK_DONE) break;
        boundaries[count++] = boundary;
    }
    return count;
}

static UBool is_dictionary(void *context, const char *type, const char *name, const UDataInfo *info) {
    (void)context, (void)type, (void)name;
    return info->size >= 20 && info->isBigEndian == U_IS_BIG_ENDIAN && info->charsetFamily == U_CHARSET_FAMILY &&
           info->dataFormat[0] == 'D' && info->dataFormat[1] == 'i' && info->dataFormat[2] == 'c' &&
           info->dataFormat[3] == 't' && info->formatVersion[0] == 1;
}

suoyin_data *suoyin_dictionary_open(const char *name, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    UDataMemory *d = udata_openChoice(U_ICUDATA_NAME "-brkitr", "dict", name, is_dictionary, NULL, &code);
    *status = code;
    return (suoyin_data *)d;
}

void suoyin_dictionary_close(suoyin_data *d) { udata_close((UDataMemory *)d); }

const int32_t *suoyin_dictionary_content(suoyin_data *d) { return udata_getMemory((UDataMemory *)d); }

suoyin_transliterator *suoyin_transliterator_open(const uint16_t *identifier, int32_t length, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    UTransliterator *t = utrans_openU((const UChar *)identifier, length, UTRANS_FORWARD, NULL, 0, NULL, &code);
    *status = code;
    return (suoyin_transliterator *)t;
}

void suoyin_transliterator_close(suoyin_transliterator *t) { utrans_close((UTransliterator *)t); }

int32_t suoyin_transliterate(const suoyin_transliterator *t, uint16_t *text, int32_t length, int32_t capacity,
                             int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t limit = length;
    utrans_transUChars((const UTransliterator *)t, (UChar *)text, &length, capacity, 0, &limit, &code);
    *status = code;
    return length;
}

int8_t suoyin_general_category(int32_t character) { return u_charType(character); }

int8_t suoyin_is_default_ignorable(int32_t character) {
    return u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

int8_t suoyin_is_inert_han(int32_t character) {
    UErrorCode code = U_ZERO_ERROR;
    return uscript_getScript(character, &code) == USCRIPT_HAN && u_getCombiningClass(character) == 0 &&
           u_getIntPropertyValue(character, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES;
}

suoyin_converter *suoyin_converter_open(const char *name, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    UConverter *c = ucnv_open(name, &code);
    if (c) ucnv_setToUCallBack(c, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (c) ucnv_setFromUCallBack(c, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (c && U_FAILURE(code)) {
        ucnv_close(c);
        c = NULL;
    }
    *status = code;
    return (suoyin_converter *)c;
}

void suoyin_converter_close(suoyin_converter *c) { ucnv_close((UConverter *)c); }

const char *suoyin_converter_name(const suoyin_converter *c, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    const char *name = ucnv_getName((const UConverter *)c, &code);
    *status = code;
    return name;
}

int32_t suoyin_converter_type(const suoyin_converter *c) { return ucnv_getType((const UConverter *)c); }

void suoyin_converter_reset(suoyin_converter *c) { ucnv_reset((UConverter *)c); }

int32_t suoyin_converter_decode(suoyin_converter *c, const uint8_t *source, int32_t length, int8_t is_end,
                                uint16_t *target, int32_t capacity, int32_t *offsets, int32_t *consumed,
                                int32_t *invalid, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    const char *from = (const char *)source;
    UChar *to = (UChar *)target;
    ucnv_toUnicode((UConverter *)c, &to, to + capacity, &from, from + length, offsets, is_end, &code);
    *consumed = (int32_t)(from - (const char *)source);
    *invalid = 0;
    if (code == U_INVALID_CHAR_FOUND || code == U_ILLEGAL_CHAR_FOUND || code == U_TRUNCATED_CHAR_FOUND ||
        code == U_ILLEGAL_ESCAPE_SEQUENCE || code == U_UNSUPPORTED_ESCAPE_SEQUENCE) {
        char bytes[32];
        int8_t count = sizeof bytes;
        code = U_ZERO_ERROR;
        ucnv_getInvalidChars((const UConverter *)c, bytes, &count, &code);
        *invalid = count > 0 ? count : 1;
    }
    *status = code;
    return (int32_t)(to - (UChar *)target);
}

int32_t suoyin_converter_pending(const suoyin_converter *c) {
    UErrorCode code = U_ZERO_ERROR;
    return ucnv_toUCountPending((const UConverter *)c, &code);
}

int32_t suoyin_converter_encode(suoyin_converter *c, const uint16_t *text, int32_t length, uint8_t *output,
                                int32_t capacity, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t needed =
        ucnv_fromUChars((UConverter *)c, (char *)output, capacity, (const UChar *)text, length, &code);
    *status = code;
    return needed;
}

suoyin_detector *suoyin_detector_open(int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    UCharsetDetector *d = ucsdet_open(&code);
    *status = code;
    return (suoyin_detector *)d;
}

void suoyin_detector_close(suoyin_detector *d) { ucsdet_close((UCharsetDetector *)d); }

int32_t suoyin_detector_detect(suoyin_detector *d, const uint8_t *bytes, int32_t length, const char **names,
                               int32_t *confidences, int32_t capacity, int32_t *status) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t found = 0;
    ucsdet_setText((UCharsetDetector *)d, (const char *)bytes, length, &code);
    const UCharsetMatch **matches = ucsdet_detectAll((UCharsetDetector *)d, &found, &code);
    int32_t count = 0;
    while (U_SUCCESS(code) && count < found && count < capacity) {
        names[count] = ucsdet_getName(matches[count], &code);
        confidences[count] = ucsdet_getConfidence(matches[count], &code);
        count++;
    }
    *status = code;
    return U_SUCCESS(code) ? count : 0;
}
