// gumbo's parser with bounds: on memory, on nesting, on the attributes of a tag.
//
// gumbo has no bounds of its own. It walks its stack of open elements at every tag and compares every attribute with
// those before it, so that a page nested 200,000 deep takes minutes, and what its formatting rules copy can outgrow any
// memory. Its own clean-up recurses, and would overflow the stack on such a tree. Here all its memory comes from one
// mapping, whose size is the bound, and goes back at once.
#ifndef SUOYIN_GUMBO_H
#define SUOYIN_GUMBO_H

#include <gumbo.h>
#include <stddef.h>

typedef struct suoyin_gumbo suoyin_gumbo;

// Parses a copy of a page in UTF-8. NULL when a bound was passed or memory ran out.
suoyin_gumbo *suoyin_gumbo_parse(const char *bytes, size_t count, size_t max_depth, size_t max_attributes);
// The root of the tree: a node of type GUMBO_NODE_DOCUMENT.
const GumboNode *suoyin_gumbo_document(const suoyin_gumbo *tree);
// The copy that `original_text` and the like point into.
const char *suoyin_gumbo_page(const suoyin_gumbo *tree);
// Memory the tree took, in bytes.
size_t suoyin_gumbo_memory(const suoyin_gumbo *tree);
void suoyin_gumbo_free(suoyin_gumbo *tree);

#endif
