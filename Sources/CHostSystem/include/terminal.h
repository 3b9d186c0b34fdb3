/// Terminals: their size and their settings, and pseudo-terminals.
#pragma once

#include <termios.h>

int bf_terminal_size(int descriptor, int *columns, int *rows);

int bf_terminal_set_size(int descriptor, int columns, int rows);

/// Makes a terminal pass on every byte as it is typed. What was set before goes to `before`.
int bf_terminal_make_raw(int descriptor, struct termios *before);

int bf_terminal_restore(int descriptor, const struct termios *before);

/// A pseudo-terminal: the side of the program that looks after it, and that of the programs that run in it. Both close-on-exec.
int bf_terminal_open_pair(int *outer, int *inner);
