#define _GNU_SOURCE
#include "include/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int bf_terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int bf_terminal_set_size(int descriptor, int columns, int rows) {
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    return ioctl(descriptor, TIOCSWINSZ, &size);
}

int bf_terminal_make_raw(int descriptor, struct termios *before) {
    if (tcgetattr(descriptor, before) < 0) return -1;
    struct termios raw = *before;
    cfmakeraw(&raw);
    return tcsetattr(descriptor, TCSADRAIN, &raw);
}

int bf_terminal_restore(int descriptor, const struct termios *before) { return tcsetattr(descriptor, TCSADRAIN, before); }

int bf_terminal_open_pair(int *outer, int *inner) {
    char name[64];
    *inner = -1;
    *outer = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*outer < 0) return -1;
    if (grantpt(*outer) == 0 && unlockpt(*outer) == 0 && ptsname_r(*outer, name, sizeof name) == 0)
        *inner = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*inner >= 0) return 0;
    int error = errno;
    close(*outer);
    errno = error;
    return -1;
}
