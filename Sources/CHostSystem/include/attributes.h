/// Extended attributes (xattr(7)), which the C library's own module leaves out.
#pragma once

#include <sys/xattr.h>
