// One module for both: minizip shows types of zlib, which can belong to one module alone.
#include <zlib.h>
#include <unzip.h>
