#ifndef BF_CARCHIVE_SHIM_H
#define BF_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
