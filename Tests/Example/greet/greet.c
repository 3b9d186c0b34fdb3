#include "greet.h"

#include <stdio.h>

void greet(const char *name, char *text, int size) { snprintf(text, size, "Hello, %s!", name); }
