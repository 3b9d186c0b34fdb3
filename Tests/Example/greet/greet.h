/* Writes a greeting for `name` into `text`, at most `size` bytes with the final zero. */
void greet(const char *name, char *text, int size);
