/// The size of a terminal.
#pragma once

int bf_terminal_size(int descriptor, int *columns, int *rows);
