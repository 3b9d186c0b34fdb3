/* The least that can answer what bf-serve is asked: one thread, epoll, HTTP/1.1 with keep-alive, no routes, no checks, no limits.
 *
 *   http-peer PORT DATABASE
 *
 * GET answers one constant JSON text. POST stores its body as a row of an SQLite database (WAL, synchronous=FULL), and answers when the row
 * is on the disk; a row for each, one after the other. It prints a line when it listens. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 16384, EVENTS = 64 };

struct client {
    int socket;
    size_t length;
    char bytes[ROOM + 1];
};

static const char body[] = "{\"kind\":\"build\",\"id\":\"b-000000000000\",\"state\":\"pending\",\"jobs\":1,\"pending\":1,"
                           "\"created\":\"2026-01-01T00:00:00.000Z\"}\n";
static char answers[2][512];
static sqlite3_stmt *insert;

static void must(int holds, const char *what) {
    if (holds) return;
    perror(what);
    exit(1);
}

static void open_database(const char *path) {
    sqlite3 *database;
    must(sqlite3_open(path, &database) == SQLITE_OK, path);
    const char *setup = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS rows(id INTEGER PRIMARY KEY, body TEXT)";
    must(sqlite3_exec(database, setup, NULL, NULL, NULL) == SQLITE_OK, "setup");
    must(sqlite3_prepare_v2(database, "INSERT INTO rows(body) VALUES(?)", -1, &insert, NULL) == SQLITE_OK, "insert");
}

static void store(const char *text, size_t length) {
    sqlite3_bind_text(insert, 1, text, (int)length, SQLITE_STATIC);
    must(sqlite3_step(insert) == SQLITE_DONE, "insert");
    sqlite3_reset(insert);
}

static int listening(int port) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    must(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1024) == 0, "listen");
    return listener;
}

/* Answers every complete request there is; returns 0 if the connection is of no more use. */
static int answer(struct client *client) {
    char *start = client->bytes, *end;
    while ((end = strstr(start, "\r\n\r\n"))) {
        char *field = strcasestr(start, "\r\ncontent-length:");
        size_t length = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
        end += 4;
        if (length > (size_t)(client->bytes + client->length - end)) break;
        int stores = *start == 'P';
        if (stores) store(end, length);
        const char *text = answers[stores];
        if (send(client->socket, text, strlen(text), MSG_NOSIGNAL) < 0) return 0;
        start = end + length;
    }
    client->length -= start - client->bytes;
    memmove(client->bytes, start, client->length + 1);
    return client->length < ROOM;
}

static int serve(struct client *client) {
    ssize_t count = read(client->socket, client->bytes + client->length, ROOM - client->length);
    if (count <= 0) return 0;
    client->length += count;
    client->bytes[client->length] = 0;
    return answer(client);
}

int main(int count, char **arguments) {
    must(count == 3, "usage: http-peer PORT DATABASE");
    open_database(arguments[2]);
    const char *heads[2] = {"200 OK", "201 Created"};
    for (int i = 0; i < 2; i++)
        snprintf(answers[i], sizeof answers[i], "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", heads[i],
                 sizeof body - 1, body);
    int listener = listening(atoi(arguments[1])), poll = epoll_create1(0), one = 1;
    struct epoll_event event = {.events = EPOLLIN}, events[EVENTS];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    puts("listening");
    fflush(stdout);
    for (;;) {
        int found = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < found; i++) {
            struct client *client = events[i].data.ptr;
            if (!client) {
                client = calloc(1, sizeof *client);
                must(client && (client->socket = accept(listener, NULL, NULL)) >= 0, "accept");
                setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.data.ptr = client;
                epoll_ctl(poll, EPOLL_CTL_ADD, client->socket, &event);
            } else if (!serve(client)) {
                close(client->socket);
                free(client);
            }
        }
    }
}
