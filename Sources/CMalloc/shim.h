/* The C library's knobs of its allocator, which Swift's module of the C library leaves out. */
#include <malloc.h>
