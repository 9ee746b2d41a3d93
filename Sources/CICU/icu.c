#include "suoyin_icu.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
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
