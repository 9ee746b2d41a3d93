#define _GNU_SOURCE
#include "suoyin_gumbo.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// Lies at the front of its own mapping; the page and gumbo's blocks follow.
struct suoyin_gumbo {
    size_t used;
    size_t capacity;
    size_t max_depth;
    size_t max_attributes;
    // Blocks of an attribute's size since the last of a node's size.
    size_t attributes;
    // Blocks of a node's size so far.
    size_t nodes;
    // The last of them, and the one before. A string can have the same size, so that they need not be nodes.
    const GumboNode *last;
    const GumboNode *before;
    const char *page;
    GumboOutput *output;
    jmp_buf exceeded;
};

// The densest of honest pages, of one-letter paragraphs, take 90 bytes of tree for one of text.
static const size_t base_capacity = 16u << 20;
static const size_t capacity_per_byte = 256;
static const size_t padding = 64;
// Depth is measured at every 16th node, and so up to 16 late.
static const size_t nodes_between_checks = 16;

// The parse that is going on in this thread.
static _Thread_local suoyin_gumbo *current;

// gumbo is built with its assertions, and there are pages that fail one (a section of CDATA in `math` in a table). A page must
// never end the process, so a failure inside the parser gives up the page instead; its memory is the mapping's, and
// nothing else is left behind. Any other failure ends the process as libc's own function does. The dynamic linker takes
// this definition, the program's, before libc's.
void __assert_fail(const char *assertion, const char *file, unsigned int line, const char *function) {
    if (current != NULL) longjmp(current->exceeded, 1);
    fprintf(stderr, "%s:%u: %s: assertion failed: %s\n", file, line, function, assertion);
    abort();
}

static int is_too_deep(const suoyin_gumbo *tree, const GumboNode *lowest) {
    uintptr_t start = (uintptr_t)tree + sizeof *tree, end = (uintptr_t)tree + tree->used;
    uintptr_t node = (uintptr_t)lowest;
    for (size_t depth = 0; depth <= tree->max_depth; depth++) {
        // Whatever `lowest` is, only aligned memory of this mapping is read.
        if (node < start || node % sizeof(void *) != 0 || node + sizeof(GumboNode) > end) return 0;
        node = (uintptr_t)((const GumboNode *)node)->parent;
    }
    return 1;
}

static void *allocate(void *userdata, size_t size) {
    suoyin_gumbo *tree = userdata;
    if (size > tree->capacity - tree->used - 16) longjmp(tree->exceeded, 1);
    void *block = (char *)tree + tree->used;
    if (size == sizeof(GumboNode)) {
        // Of the two nodes before one at least is in its place by now: an element is made before the text in front of it
        // is, and put into its place after.
        if (tree->nodes++ % nodes_between_checks == 0 && (is_too_deep(tree, tree->last) || is_too_deep(tree, tree->before)))
            longjmp(tree->exceeded, 1);
        tree->before = tree->last;
        tree->last = block;
        tree->attributes = 0;
    } else if (size == sizeof(GumboAttribute)) {
        if (++tree->attributes > tree->max_attributes) longjmp(tree->exceeded, 1);
    }
    tree->used += (size + 15) & ~(size_t)15;
    return block;
}

static void deallocate(void *userdata, void *block) {
    (void)userdata;
    (void)block;
}

suoyin_gumbo *suoyin_gumbo_parse(const char *bytes, size_t count, size_t max_depth, size_t max_attributes) {
    if (count > (SIZE_MAX >> 9)) return NULL;
    size_t capacity = base_capacity + count * (capacity_per_byte + 1);
    // Only pages that are written to are ever given memory.
    suoyin_gumbo *tree =
        mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (tree == MAP_FAILED) return NULL;
    tree->used = (sizeof *tree + 15) & ~(size_t)15;
    // gumbo looks a byte beyond the end of a page that ends in a reference: let there be a zero.
    char *page = (char *)tree + tree->used;
    if (count > 0) memcpy(page, bytes, count);
    tree->page = page;
    tree->used += (count + padding + 15) & ~(size_t)15;
    tree->capacity = capacity;
    tree->max_depth = max_depth;
    tree->max_attributes = max_attributes;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = tree;
    // An error that is kept takes a copy of the stack of open elements.
    options.max_errors = 0;
    current = tree;
    if (setjmp(tree->exceeded) != 0) {
        current = NULL;
        munmap(tree, capacity);
        return NULL;
    }
    tree->output = gumbo_parse_with_options(&options, page, count);
    current = NULL;
    return tree;
}

const GumboNode *suoyin_gumbo_document(const suoyin_gumbo *tree) { return tree->output->document; }

const char *suoyin_gumbo_page(const suoyin_gumbo *tree) { return tree->page; }

size_t suoyin_gumbo_memory(const suoyin_gumbo *tree) { return tree->used; }

void suoyin_gumbo_free(suoyin_gumbo *tree) { munmap(tree, tree->capacity); }
