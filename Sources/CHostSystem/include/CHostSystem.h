/// The system calls of bf that Swift's Glibc module lacks, or that Swift cannot express (variadic calls, calls between clone and exec).
/// Every function follows the convention of the C library: -1 and `errno` on failure.
#pragma once

#include "attributes.h"
#include "clocks.h"
#include "files.h"
#include "locks.h"
#include "overlay.h"
#include "process.h"
#include "signals.h"
#include "spawn.h"
#include "terminal.h"
#include "tree.h"
#include "watch.h"
