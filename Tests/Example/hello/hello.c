#include <greet.h>
#include <stdio.h>

int main(int count, char **arguments) {
    char text[100];
    greet(count > 1 ? arguments[1] : "farm", text, sizeof text);
    puts(text);
    return 0;
}
